package dev.clockbill.office;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.PaymentsByHand;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;

/** The calls about payments that a person records. */
final class HandPayments {
  private final Table table;
  private final InvoiceResponses invoices;
  private final IdempotencyKeys keys;
  private final PaymentsByHand payments;

  HandPayments(
      Table table, InvoiceResponses invoices, IdempotencyKeys keys, PaymentsByHand payments) {
    this.table = table;
    this.invoices = invoices;
    this.keys = keys;
    this.payments = payments;
  }

  /** {@code POST /invoices/{invoiceId}/payments}. */
  Response record(Request request) {
    FirmSettings firm = invoices.firm(request);
    return keys.create(
        request,
        () -> {
          Invoice invoice = invoices.matching(request).invoice();
          UnitOfWork work = table.begin(firm.firmId());
          Payment payment = payments.record(work, request, firm, invoice);
          return new Creation(work, Response.json(201, InvoiceJson.payment(payment)));
        });
  }

  /** {@code DELETE /invoices/{invoiceId}/payments/{paymentId}}. */
  Response takeBack(Request request) {
    return Retry.onConflict(
        () -> {
          FullInvoice full = invoices.matching(request);
          Payment payment = asked(full, request);
          UnitOfWork work = table.begin(request.caller().firm());
          payments.takeBack(
              work,
              full.invoice(),
              payment,
              FirmItem.texts(table, work.firm()),
              request.caller().name());
          work.commit();
          return Response.noContent();
        });
  }

  /**
   * The payment of an invoice that a request is about.
   *
   * @throws Problem 404 {@code payment-not-found}
   */
  static Payment asked(FullInvoice full, Request request) {
    String paymentId = Json.text(request.pathParameters(), "paymentId");
    return full.payments().stream()
        .filter(row -> row.paymentId().equals(paymentId))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("payment"));
  }
}
