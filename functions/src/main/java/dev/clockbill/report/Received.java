package dev.clockbill.report;

import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.table.Item;

/**
 * A payment, refund or dispute with its currency.
 *
 * @param currency ISO 4217 code, that of its invoice
 */
record Received(Payment payment, String currency) {

  /** Reads a row's item. */
  static Received of(Item item) {
    return new Received(PaymentItem.of(item), item.text("currency"));
  }
}
