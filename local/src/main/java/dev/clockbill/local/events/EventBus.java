package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;

/** The default event bus: what is put there reaches every function with a rule that fits. */
@FunctionalInterface
public interface EventBus {

  /**
   * Puts an event; it is delivered on threads of its own, and the stack's clock is not moved on
   * before that has ended.
   *
   * @param source such as {@code aws.ses}
   * @param detailType such as {@code Email Delivered}
   * @param detail as the source's documentation has it
   */
  void put(String source, String detailType, JsonNode detail);
}
