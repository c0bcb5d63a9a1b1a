package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceWorkflow;

/** Changes the amount paid of an invoice and, with it, its state. */
final class AmountPaid {
  private final InvoiceWorkflow workflow;

  AmountPaid(InvoiceWorkflow workflow) {
    this.workflow = workflow;
  }

  /**
   * Adds what a payment changes to an invoice's change. If it pays or reopens the invoice, the
   * workflow continues.
   */
  void change(InvoiceChange invoice, PaymentRules.Change change) {
    Invoice before = invoice.before();
    invoice.write().set("amountPaid", change.amountPaid());
    if (change.state() != before.state()) {
      invoice.to(change.state());
    }
    if (change.reopens(before)) {
      // When it is paid again, another receipt is mailed.
      DueReceipt.nextTime(invoice.write());
    }
    if (change.pays(before) || change.reopens(before)) {
      String firm = invoice.work().firm();
      invoice.pushLater();
      invoice
          .work()
          .afterwards(
              () -> workflow.push(firm, before.invoiceId()), "invoiceId", before.invoiceId());
    }
  }
}
