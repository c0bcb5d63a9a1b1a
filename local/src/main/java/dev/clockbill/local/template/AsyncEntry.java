package dev.clockbill.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * How a function is invoked asynchronously.
 *
 * @param retries how often an event at which it failed is tried again: at most twice
 * @param maximumAge how old an event may be when it is tried again
 * @param onFailure ARN of the queue for what it fails at for good; empty if that is dropped
 */
public record AsyncEntry(int retries, Duration maximumAge, Optional<String> onFailure) {
  /** Lambda's own settings (Lambda's guide, "Configuring error handling settings"). */
  public static final AsyncEntry STANDARD =
      new AsyncEntry(2, Duration.ofHours(6), Optional.empty());
}
