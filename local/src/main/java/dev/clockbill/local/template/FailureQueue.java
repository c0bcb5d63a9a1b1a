package dev.clockbill.local.template;

import java.time.Duration;

/**
 * A queue for the events that a function has failed at for good, from which they come again.
 *
 * @param from logical id of the function whose failures go there
 * @param to logical id of the function that takes them from there
 * @param arn the queue's
 * @param visibility after which time a message that could not be handled comes again
 * @param retention after which time a message is dropped
 */
public record FailureQueue(
    String from, String to, String arn, Duration visibility, Duration retention) {}
