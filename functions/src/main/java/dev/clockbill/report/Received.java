package dev.clockbill.report;

import dev.clockbill.invoice.Payment;
import dev.clockbill.shared.Item;

/**
 * A payment, refund or dispute with its currency.
 *
 * @param currency ISO 4217 code, that of its invoice
 */
record Received(Payment payment, String currency) {

  /** Reads a row's item. */
  static Received of(Item item) {
    return new Received(Payment.of(item), item.text("currency"));
  }
}
