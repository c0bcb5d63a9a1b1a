package dev.clockbill.office;

import dev.clockbill.http.Fields;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.Refunds;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;

/** The call by which an owner gives a payment back at the processor. */
final class RefundPayments {
  private final Table table;
  private final InvoiceResponses invoices;
  private final IdempotencyKeys keys;
  private final Refunds refunds;

  RefundPayments(Table table, InvoiceResponses invoices, IdempotencyKeys keys, Refunds refunds) {
    this.table = table;
    this.invoices = invoices;
    this.keys = keys;
    this.refunds = refunds;
  }

  /** {@code POST /invoices/{invoiceId}/payments/{paymentId}/refund}. */
  Response answer(Request request) {
    request.caller().mustOwn("refund payments");
    Fields fields = request.fields();
    Long amount = fields.number("amount", 1, Fields.MOST);
    fields.check();
    return keys.create(
        request,
        () -> {
          FullInvoice full = invoices.matching(request);
          Payment payment = HandPayments.asked(full, request);
          UnitOfWork work = table.begin(request.caller().firm());
          Payment refund =
              refunds.ask(work, full.invoice(), payment, amount, request.caller().name());
          return new Creation(work, Response.json(202, InvoiceJson.payment(refund)));
        });
  }
}
