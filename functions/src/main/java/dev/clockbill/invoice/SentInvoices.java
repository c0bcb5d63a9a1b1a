package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.payment.HandPayments;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests.Creation;
import dev.clockbill.shared.Response;
import java.util.Optional;

/** The calls about invoices that no longer change: mailing again, voiding, revising, payments. */
final class SentInvoices {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final InvoiceAnswers answers;
  private final Creating creating;
  private final InvoiceWorkflow workflow;
  private final Resending resending;
  private final Voiding voiding;
  private final StaleCheckouts checkouts;
  private final HandPayments payments;

  SentInvoices(
      Ledger ledger,
      Environment environment,
      InvoiceAnswers answers,
      Creating creating,
      InvoiceWorkflow workflow) {
    this.ledger = ledger;
    this.answers = answers;
    this.creating = creating;
    this.workflow = workflow;
    this.resending = new Resending(ledger, new QueuedMails(ledger, environment));
    this.checkouts = new StaleCheckouts(ledger, new Processor(environment));
    this.voiding = new Voiding(ledger, workflow, checkouts);
    this.payments = new HandPayments(checkouts);
  }

  /** {@code POST /invoices/{invoiceId}/resend}. */
  Response resend(Request request) {
    Fields fields = request.fields();
    Optional<String> email = Optional.ofNullable(fields.email("email"));
    fields.check();
    return Again.ifOvertaken(
        TRIES,
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
    return Again.ifOvertaken(
        TRIES,
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
    return creating.once(
        request,
        () -> {
          InvoiceStore.Whole whole = answers.seen(request);
          Editing.Made made = voiding.revised(firm, whole, request.caller().name());
          return new Creation(
              made.writes(),
              answers.shown(201, firm, made.whole()),
              () -> {
                workflow.tryToPush(firm.firmId(), made.whole().invoice().invoiceId());
                voiding.ended(firm.firmId(), whole.invoice());
              });
        });
  }

  /** {@code POST /invoices/{invoiceId}/payments}. */
  Response recordPayment(Request request) {
    FirmSettings firm = answers.firm(request);
    return creating.once(
        request,
        () -> {
          Invoice invoice = answers.seen(request).invoice();
          HandPayments.Booked booked = payments.recorded(request, firm, invoice);
          return new Creation(
              booked.writes(),
              Response.json(201, InvoiceJson.payment(booked.payment())),
              () -> booked(firm.firmId(), invoice, booked));
        });
  }

  /** {@code DELETE /invoices/{invoiceId}/payments/{paymentId}}. */
  Response takeBack(Request request) {
    String firm = request.caller().firm();
    String paymentId = Json.text(request.pathParameters(), "paymentId");
    return Again.ifOvertaken(
        TRIES,
        () -> {
          InvoiceStore.Whole whole = answers.seen(request);
          Payment payment =
              whole.payments().stream()
                  .filter(row -> row.paymentId().equals(paymentId))
                  .findFirst()
                  .orElseThrow(() -> Problem.notFound("payment"));
          HandPayments.Booked booked =
              payments.takenBack(firm, whole.invoice(), payment, request.caller().name());
          ledger.write(booked.writes());
          booked(firm, whole.invoice(), booked);
          return Response.noContent();
        });
  }

  /** Tells those who have to know of money that was booked; what fails is pushed later. */
  private void booked(String firm, Invoice before, HandPayments.Booked booked) {
    if (booked.pushes()) {
      workflow.tryToPush(firm, before.invoiceId());
    }
    checkouts.tryToEnd(firm, before);
  }
}
