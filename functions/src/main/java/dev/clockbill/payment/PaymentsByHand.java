package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.payment.PaymentRules.Change;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Payments that a person records: money received elsewhere than at the processor. */
public final class PaymentsByHand {
  private static final int METHOD = 40;

  private final StaleCheckouts checkouts;

  /** Records payments; a checkout that then charges too much is ended. */
  public PaymentsByHand(StaleCheckouts checkouts) {
    this.checkouts = checkouts;
  }

  /**
   * A payment and the transaction that records it, or takes it back.
   *
   * @param pushes whether the invoice's workflow has to hear of it
   */
  public record Booked(Payment payment, List<Write> writes, boolean pushes) {}

  /**
   * Prepares what a request records.
   *
   * @throws Problem 400, or 409 {@code not-sent} or {@code invoice-void}
   */
  public Booked recorded(Request request, FirmSettings firm, Invoice invoice) {
    Fields fields = request.fields();
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
    StateRules.in(invoice.state()).payment().allows();
    Instant at =
        receivedOn.equals(today) ? now : receivedOn.atStartOfDay(firm.timeZone()).toInstant();
    Payment payment = Payment.byHand(Ids.next(), amount, method, at, reference);
    Write row = PaymentItem.added(firm.firmId(), invoice, payment);
    String what = "Payment of " + text(payment, invoice) + " recorded: " + method;
    return booked(firm.firmId(), invoice, payment, row, amount, request.caller().name(), what);
  }

  /**
   * Prepares to take back a payment that was recorded by hand.
   *
   * @throws Problem 409 {@code not-by-hand}, {@code not-sent} or {@code invoice-void}
   */
  public Booked takenBack(String firm, Invoice invoice, Payment payment, String who) {
    if (!payment.byHand()) {
      throw Problem.of(
          409,
          "not-by-hand",
          "This payment was told by the processor. Give the money back there, and it shows here.");
    }
    StateRules.in(invoice.state()).payment().allows();
    Write row = PaymentItem.takenBack(firm, invoice, payment);
    String what = "Payment of " + text(payment, invoice) + " taken back: " + payment.method();
    return booked(firm, invoice, payment, row, -payment.amount(), who, what);
  }

  private Booked booked(
      String firm,
      Invoice invoice,
      Payment payment,
      Write row,
      long amount,
      String who,
      String what) {
    Change change = PaymentRules.moved(invoice, amount);
    Write written = PaymentBooking.invoice(firm, invoice, change);
    List<Write> writes = new ArrayList<>(List.of(row, written));
    checkouts.ended(firm, invoice, written).ifPresent(writes::add);
    writes.add(HistoryEvent.now(firm, invoice.invoiceId(), who, what));
    return new Booked(payment, writes, change.pays(invoice) || change.reopens(invoice));
  }

  private static String text(Payment payment, Invoice invoice) {
    return Money.text(payment.amount(), invoice.currency());
  }
}
