package dev.clockbill.local.processor;

import java.util.List;

/**
 * A change at the processor.
 *
 * @param entry the changed object
 * @param eventIds the events about it, not yet delivered
 */
record Change(StripeObjects.Entry entry, List<String> eventIds) {}
