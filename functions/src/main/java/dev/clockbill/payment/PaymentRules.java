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
   * @param amountPaid the invoice's, minor units
   * @param state the invoice's
   */
  record Change(long amountPaid, InvoiceState state) {
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
   * Whether a payment has come further.
   *
   * @param before the payment as it was booked before, if it was
   * @param reported its status by the event
   */
  static boolean further(Optional<Payment> before, Status reported) {
    return before.isEmpty() || before.get().status().compareTo(reported) < 0;
  }

  /**
   * What changes when money has arrived, or was given back.
   *
   * @param amount minor units; below zero for money that was given back
   */
  static Change change(Invoice invoice, long amount) {
    long amountPaid = invoice.amountPaid() + amount;
    return new Change(amountPaid, state(invoice, amountPaid));
  }

  private static InvoiceState state(Invoice invoice, long amountPaid) {
    InvoiceState paid = InvoiceState.byPayment(invoice.total(), amountPaid);
    return switch (invoice.state()) {
      case DRAFT, SENDING, VOID -> invoice.state();
      case UNDELIVERABLE -> paid == InvoiceState.SENT ? InvoiceState.UNDELIVERABLE : paid;
      case SENT, PARTLY_PAID, PAID -> paid;
    };
  }

  /**
   * What the owner has to know of a row: that money did not arrive, went away, or came though
   * nobody asked for it.
   *
   * @param row as it is now
   * @param change the invoice's
   * @param ending how it is known that it failed
   */
  static Optional<InvoiceNotice> notice(Invoice before, Payment row, Change change, Ending ending) {
    return Optional.ofNullable(
        switch (row.kind()) {
          case PAYMENT ->
              switch (row.status()) {
                case PROCESSING -> null;
                case FAILED ->
                    switch (ending) {
                      case TOLD -> InvoiceNotice.PAYMENT_FAILED;
                      case UNKNOWN -> InvoiceNotice.PAYMENT_UNKNOWN;
                    };
                case SETTLED -> unasked(before, change);
              };
          case REFUND ->
              switch (row.status()) {
                case PROCESSING, SETTLED -> null;
                case FAILED ->
                    switch (ending) {
                      case TOLD -> InvoiceNotice.REFUND_FAILED;
                      case UNKNOWN -> InvoiceNotice.REFUND_UNKNOWN;
                    };
              };
          case DISPUTE ->
              switch (row.status()) {
                case PROCESSING -> InvoiceNotice.DISPUTE_OPENED;
                case SETTLED -> InvoiceNotice.DISPUTE_LOST;
                case FAILED -> InvoiceNotice.DISPUTE_WON;
              };
        });
  }

  private static InvoiceNotice unasked(Invoice before, Change change) {
    if (before.state() == InvoiceState.VOID) {
      return InvoiceNotice.PAID_AFTER_VOID;
    }
    return change.amountPaid() > before.total() ? InvoiceNotice.OVERPAID : null;
  }
}
