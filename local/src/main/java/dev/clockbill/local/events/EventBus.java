package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;

/** The default event bus: an event reaches every function that has a matching rule. */
@FunctionalInterface
public interface EventBus {

  /**
   * Puts an event. It is delivered on new threads, and the clock does not advance before the
   * functions have finished.
   *
   * @param source such as {@code aws.ses}
   * @param detailType such as {@code Email Delivered}
   * @param detail as documented by the source
   */
  void put(String source, String detailType, JsonNode detail);
}
