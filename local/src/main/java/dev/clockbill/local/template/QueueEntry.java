package dev.clockbill.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue of the template.
 *
 * @param visibility after which time a message that could not be handled comes again
 * @param retention after which time a message is dropped
 * @param redrive where a message goes that was received too often; empty if it stays
 * @param consumer logical id of the function that takes from it; empty if messages stay
 */
public record QueueEntry(
    String logicalId,
    String arn,
    Duration visibility,
    Duration retention,
    Optional<Redrive> redrive,
    Optional<String> consumer) {

  /**
   * A queue for messages that cannot be handled.
   *
   * @param to its ARN
   * @param mostReceives how often a message is received before it goes there
   */
  public record Redrive(String to, int mostReceives) {}
}
