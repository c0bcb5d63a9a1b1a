package dev.clockbill.local.processor;

import java.util.List;

/**
 * Something that happened at the processor.
 *
 * @param entry what it happened to, as it is now
 * @param eventIds the events that tell of it, not yet delivered
 */
record Change(StripeObjects.Entry entry, List<String> eventIds) {}
