package dev.clockbill.invoice;

import java.util.List;

/**
 * An invoice with its payments and its history.
 *
 * @param payments oldest first
 * @param history oldest first
 */
public record FullInvoice(Invoice invoice, List<Payment> payments, List<HistoryEvent> history) {}
