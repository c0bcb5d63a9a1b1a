package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Status;
import dev.clockbill.invoice.mail.InvoiceNotice;
import java.util.Optional;

/**
 * How money changes an invoice: pure rules.
 *
 * <p>A payment is booked once, however many events report it. Its status moves from processing to
 * failed or settled, and never back; money that arrives after all replaces a failure that was
 * reported before. An invoice is paid if and only if what was settled, less what was refunded, is
 * at least its total; a payment that is only processing pays nothing. Money for a void invoice is
 * booked, and the invoice stays void; an invoice that is being sent gets its state once it was
 * mailed.
 */
final class PaymentRules {

  /**
   * What changes.
   *
   * @param status the payment's from now on
   * @param amountPaid the invoice's, minor units
   * @param state the invoice's
   */
  record Change(Status status, long amountPaid, InvoiceState state) {
    /** Whether the invoice becomes paid. */
    boolean pays(Invoice before) {
      return state == InvoiceState.PAID && before.state() != InvoiceState.PAID;
    }

    /** Whether the invoice was paid and no longer is. */
    boolean reopens(Invoice before) {
      return before.state() == InvoiceState.PAID && state != InvoiceState.PAID;
    }
  }

  private PaymentRules() {}

  /**
   * What changes when the status of a payment is reported.
   *
   * @param before the payment as it was booked before, if it was
   * @param reported its status by the event
   * @param amount of the payment, minor units
   * @return empty if the payment has come as far or further
   */
  static Optional<Change> report(
      Invoice invoice, Optional<Payment> before, Status reported, long amount) {
    if (before.isPresent() && before.get().status().compareTo(reported) >= 0) {
      return Optional.empty();
    }
    long arrived =
        switch (reported) {
          case SETTLED -> amount;
          case PROCESSING, FAILED -> 0;
        };
    return Optional.of(change(invoice, reported, arrived));
  }

  /**
   * What changes when money has arrived, or was given back.
   *
   * @param amount minor units; below zero for money that was given back
   */
  static Change settle(Invoice invoice, long amount) {
    return change(invoice, Status.SETTLED, amount);
  }

  private static Change change(Invoice invoice, Status status, long arrived) {
    long amountPaid = invoice.amountPaid() + arrived;
    return new Change(status, amountPaid, state(invoice, amountPaid));
  }

  private static InvoiceState state(Invoice invoice, long amountPaid) {
    InvoiceState paid = InvoiceState.byPayment(invoice.total(), amountPaid);
    return switch (invoice.state()) {
      case DRAFT, SENDING, VOID -> invoice.state();
      case UNDELIVERABLE -> paid == InvoiceState.SENT ? InvoiceState.UNDELIVERABLE : paid;
      case SENT, PARTLY_PAID, PAID -> paid;
    };
  }

  /** What the owner has to know: that a payment failed, or that nobody asked for the money. */
  static Optional<InvoiceNotice> notice(Invoice before, Change change) {
    return switch (change.status()) {
      case PROCESSING -> Optional.empty();
      case FAILED -> Optional.of(InvoiceNotice.PAYMENT_FAILED);
      case SETTLED -> {
        if (before.state() == InvoiceState.VOID) {
          yield Optional.of(InvoiceNotice.PAID_AFTER_VOID);
        }
        boolean tooMuch = change.amountPaid() > before.total();
        yield tooMuch ? Optional.of(InvoiceNotice.OVERPAID) : Optional.empty();
      }
    };
  }
}
