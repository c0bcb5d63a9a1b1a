package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.LocalTexts;
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
   * Records the payment that a request has. More than is due is accepted only where the request
   * says that the customer overpaid: it may be a slip of the pen, and a receipt for it would go out
   * at once.
   *
   * @throws Problem 400, or 409 {@code not-sent}, {@code invoice-void} or {@code more-than-due}
   */
  public Payment record(UnitOfWork work, Request request, FirmSettings firm, Invoice invoice) {
    Fields fields = request.fields();
    boolean receipt = otherwise(fields.bool("receipt"), true);
    boolean overpaid = otherwise(fields.bool("overpaid"), false);
    fields.notNull("receipt", "overpaid");
    Payment payment = payment(fields, firm, invoice);
    StateRules.in(invoice.state()).payment().allows();
    if (payment.amount() > invoice.amountDue() && !overpaid) {
      throw moreThanDue(firm, invoice);
    }
    work.add(PaymentItem.added(work.firm(), invoice, payment));
    String what =
        "Payment of " + text(firm.texts(), payment, invoice) + " recorded: " + payment.method();
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .history(request.caller().name(), receipt ? what : what + ", without a receipt");
    change(change, payment.amount());
    boolean pays = invoice.amountDue() > 0 && payment.amount() >= invoice.amountDue();
    if (pays && !receipt) {
      DueReceipt.notWanted(change.write());
    }
    return payment;
  }

  private static boolean otherwise(Boolean given, boolean otherwise) {
    return given == null ? otherwise : given;
  }

  private static Problem moreThanDue(FirmSettings firm, Invoice invoice) {
    String due = firm.texts().money(invoice.amountDue(), invoice.currency());
    return Problem.of(
            409,
            "more-than-due",
            (invoice.amountDue() == 0 ? "Nothing is due any more." : "Only " + due + " is due.")
                + " Correct the amount, or say that the customer overpaid.")
        .with("amountDue", invoice.amountDue());
  }

  private static Payment payment(Fields fields, FirmSettings firm, Invoice invoice) {
    Long amount = fields.requiredNumber("amount", 1, Fields.MOST);
    String method = fields.requiredText("method", METHOD);
    LocalDate receivedOn = fields.requiredDate("receivedOn");
    String reference = fields.text("reference", Fields.NAME);
    Instant now = Time.now();
    LocalDate today = firm.day(now);
    if (receivedOn != null && receivedOn.isAfter(today)) {
      fields.refuse("receivedOn", "This is in the future.");
    }
    LocalDate issuedOn = invoice.issuedOn() == null ? today : invoice.issuedOn();
    if (receivedOn != null && receivedOn.isBefore(issuedOn.minusYears(1))) {
      fields.refuse("receivedOn", "This is more than a year before the invoice. Check the year.");
    }
    fields.check();
    Instant at =
        receivedOn.equals(today) ? now : receivedOn.atStartOfDay(firm.timeZone()).toInstant();
    return Payment.byHand(Ids.next(), amount, method, at, reference);
  }

  /**
   * Takes back a payment that was recorded by hand.
   *
   * @param texts the firm's
   * @param who the name of the person
   * @throws Problem 409 {@code not-by-hand}, {@code not-sent} or {@code invoice-void}
   */
  public void takeBack(
      UnitOfWork work, Invoice invoice, Payment payment, LocalTexts texts, String who) {
    if (!payment.byHand()) {
      throw Problem.of(
          409,
          "not-by-hand",
          "This payment was told by the processor. Give the money back there, and it shows here.");
    }
    StateRules.in(invoice.state()).payment().allows();
    work.add(PaymentItem.takenBack(work.firm(), invoice, payment));
    String what =
        "Payment of " + text(texts, payment, invoice) + " taken back: " + payment.method();
    InvoiceChange change = InvoiceChange.of(work, invoice).history(who, what);
    change(change, -payment.amount());
    if (invoice.state() != InvoiceState.PAID) {
      DueReceipt.wanted(change.write());
    }
  }

  private void change(InvoiceChange invoice, long amount) {
    amountPaid.change(invoice, PaymentRules.change(invoice.before(), amount));
    checkouts.end(invoice);
  }

  private static String text(LocalTexts texts, Payment payment, Invoice invoice) {
    return texts.money(payment.amount(), invoice.currency());
  }
}
