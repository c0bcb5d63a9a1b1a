package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.payment.PaymentsByHand;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Optional;

/** The calls about invoices that no longer change: mailing again, voiding, revising, payments. */
final class SentInvoiceRoutes {

  private final Table table;
  private final InvoiceResponses answers;
  private final IdempotencyKeys keys;
  private final Resend resending;
  private final VoidOrRevise voiding;
  private final StaleCheckouts checkouts;
  private final PaymentsByHand payments;

  SentInvoiceRoutes(
      Table table,
      Environment environment,
      InvoiceResponses answers,
      IdempotencyKeys keys,
      InvoiceWorkflow workflow) {
    this.table = table;
    this.answers = answers;
    this.keys = keys;
    this.resending = new Resend(table, new QueuedMails(table, environment));
    this.checkouts = new StaleCheckouts(table, new Processor(environment));
    this.voiding = new VoidOrRevise(table, workflow, checkouts);
    this.payments = new PaymentsByHand(checkouts, workflow);
  }

  /** {@code POST /invoices/{invoiceId}/resend}. */
  Response resend(Request request) {
    Fields fields = request.fields();
    Optional<String> email = Optional.ofNullable(fields.email("email"));
    fields.check();
    return Retry.onConflict(
        () -> {
          resending.resend(request.caller(), answers.seen(request).invoice(), email);
          return answers.now(202, request);
        });
  }

  /** {@code POST /invoices/{invoiceId}/void}. */
  Response giveUp(Request request) {
    Fields fields = request.fields();
    String reason = fields.text("reason", Fields.NOTE);
    fields.check();
    return Retry.onConflict(
        () -> {
          voiding.giveUp(
              request.caller().firm(), answers.seen(request), request.caller().name(), reason);
          return answers.now(200, request);
        });
  }

  /** {@code POST /invoices/{invoiceId}/revise}. */
  Response revise(Request request) {
    request.fields().check();
    FirmSettings firm = answers.firm(request);
    return keys.create(
        request,
        () -> {
          InvoiceStore.Whole whole = answers.seen(request);
          UnitOfWork work = table.begin(firm.firmId());
          InvoiceStore.Whole draft = voiding.revise(work, firm, whole, request.caller().name());
          return new Creation(work, answers.shown(201, firm, draft));
        });
  }

  /** {@code POST /invoices/{invoiceId}/payments}. */
  Response recordPayment(Request request) {
    FirmSettings firm = answers.firm(request);
    return keys.create(
        request,
        () -> {
          Invoice invoice = answers.seen(request).invoice();
          UnitOfWork work = table.begin(firm.firmId());
          Payment payment = payments.record(work, request, firm, invoice);
          return new Creation(work, Response.json(201, InvoiceJson.payment(payment)));
        });
  }

  /** {@code DELETE /invoices/{invoiceId}/payments/{paymentId}}. */
  Response takeBack(Request request) {
    String firm = request.caller().firm();
    String paymentId = Json.text(request.pathParameters(), "paymentId");
    return Retry.onConflict(
        () -> {
          InvoiceStore.Whole whole = answers.seen(request);
          Payment payment =
              whole.payments().stream()
                  .filter(row -> row.paymentId().equals(paymentId))
                  .findFirst()
                  .orElseThrow(() -> Problem.notFound("payment"));
          UnitOfWork work = table.begin(firm);
          payments.takeBack(work, whole.invoice(), payment, request.caller().name());
          work.commit();
          return Response.noContent();
        });
  }
}
