package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.UnitOfWork;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Payments that a person records: money received elsewhere than at the processor.
 *
 * <p>Both methods add everything to a unit of work: the payment, the invoice with its history, the
 * end of a checkout that charges the former amount, and what follows the commit.
 */
public final class PaymentsByHand {
  private static final int METHOD = 40;

  private final StaleCheckouts checkouts;
  private final AmountPaid amountPaid;

  /** Records payments, ends checkouts that then charge too much, and continues the workflow. */
  public PaymentsByHand(StaleCheckouts checkouts, InvoiceWorkflow workflow) {
    this.checkouts = checkouts;
    this.amountPaid = new AmountPaid(workflow);
  }

  /**
   * Records the payment that a request has.
   *
   * @throws Problem 400, or 409 {@code not-sent} or {@code invoice-void}
   */
  public Payment record(UnitOfWork work, Request request, FirmSettings firm, Invoice invoice) {
    Payment payment = payment(request.fields(), firm);
    StateRules.in(invoice.state()).payment().allows();
    work.add(PaymentItem.added(work.firm(), invoice, payment));
    String what = "Payment of " + text(payment, invoice) + " recorded: " + payment.method();
    change(
        InvoiceChange.of(work, invoice).history(request.caller().name(), what), payment.amount());
    return payment;
  }

  private static Payment payment(Fields fields, FirmSettings firm) {
    Long amount = fields.requiredNumber("amount", 1, Fields.MOST);
    String method = fields.requiredText("method", METHOD);
    LocalDate receivedOn = fields.requiredDate("receivedOn");
    String reference = fields.text("reference", Fields.NAME);
    Instant now = Time.now();
    LocalDate today = firm.day(now);
    if (receivedOn != null && receivedOn.isAfter(today)) {
      fields.refuse("receivedOn", "This is in the future.");
    }
    fields.check();
    Instant at =
        receivedOn.equals(today) ? now : receivedOn.atStartOfDay(firm.timeZone()).toInstant();
    return Payment.byHand(Ids.next(), amount, method, at, reference);
  }

  /**
   * Takes back a payment that was recorded by hand.
   *
   * @param who the name of the person
   * @throws Problem 409 {@code not-by-hand}, {@code not-sent} or {@code invoice-void}
   */
  public void takeBack(UnitOfWork work, Invoice invoice, Payment payment, String who) {
    if (!payment.byHand()) {
      throw Problem.of(
          409,
          "not-by-hand",
          "This payment was told by the processor. Give the money back there, and it shows here.");
    }
    StateRules.in(invoice.state()).payment().allows();
    work.add(PaymentItem.takenBack(work.firm(), invoice, payment));
    String what = "Payment of " + text(payment, invoice) + " taken back: " + payment.method();
    change(InvoiceChange.of(work, invoice).history(who, what), -payment.amount());
  }

  private void change(InvoiceChange invoice, long amount) {
    amountPaid.change(invoice, PaymentRules.change(invoice.before(), amount));
    checkouts.end(invoice);
  }

  private static String text(Payment payment, Invoice invoice) {
    return Money.text(payment.amount(), invoice.currency());
  }
}
