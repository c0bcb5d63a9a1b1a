package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Status;
import java.util.Optional;

/**
 * How money changes an invoice: pure rules.
 *
 * <p>A payment is one row, whatever tells of it and how often. Its status goes on from processing
 * to settled or failed and never back; money that arrives after all wins over a failure that was
 * told before. An invoice is paid if and only if what was settled, less what was refunded, is at
 * least its total; what is only processing pays nothing. A void invoice keeps what arrives, and
 * stays void; one that is being sent gets its state when it was mailed.
 */
final class PaymentRules {

  /**
   * What an event changes.
   *
   * @param status the payment's from now on
   * @param amountPaid the invoice's, minor units
   * @param state the invoice's
   */
  record Change(Status status, long amountPaid, InvoiceState state) {
    /** Whether the invoice is paid by it. */
    boolean pays(Invoice before) {
      return state == InvoiceState.PAID && before.state() != InvoiceState.PAID;
    }

    /** Whether the invoice was paid and is no more. */
    boolean reopens(Invoice before) {
      return before.state() == InvoiceState.PAID && state != InvoiceState.PAID;
    }
  }

  private PaymentRules() {}

  /**
   * What is to be booked when an event tells how a payment stands.
   *
   * @param before the payment's row, if there is one
   * @param told its status by the event
   * @param amount of the payment, minor units
   * @return nothing if the event is old news
   */
  static Optional<Change> told(
      Invoice invoice, Optional<Payment> before, Status told, long amount) {
    if (before.isPresent() && before.get().status().compareTo(told) >= 0) {
      return Optional.empty();
    }
    long amountPaid =
        switch (told) {
          case SETTLED -> invoice.amountPaid() + amount;
          case PROCESSING, FAILED -> invoice.amountPaid();
        };
    return Optional.of(new Change(told, amountPaid, state(invoice, amountPaid)));
  }

  /**
   * What money changes that is there or gone for sure.
   *
   * @param amount minor units; below zero for money that is gone
   */
  static Change moved(Invoice invoice, long amount) {
    long amountPaid = invoice.amountPaid() + amount;
    return new Change(Status.SETTLED, amountPaid, state(invoice, amountPaid));
  }

  private static InvoiceState state(Invoice invoice, long amountPaid) {
    InvoiceState paid = InvoiceState.byPayment(invoice.total(), amountPaid);
    return switch (invoice.state()) {
      case DRAFT, SENDING, VOID -> invoice.state();
      case UNDELIVERABLE -> paid == InvoiceState.SENT ? InvoiceState.UNDELIVERABLE : paid;
      case SENT, PARTLY_PAID, PAID -> paid;
    };
  }
}
