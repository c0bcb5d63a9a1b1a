package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Write;

/** Leads from a payment at the processor to its invoice: refunds and disputes name nothing else. */
final class ChargeItem {
  private ChargeItem() {}

  /** Adds it, in the transaction that adds the payment. */
  static Write added(String firm, String paymentId, String invoiceId) {
    return Write.put(firm, "CHARGE#" + paymentId, Json.object("invoiceId", invoiceId)).ifAbsent();
  }
}
