package dev.clockbill.payment;

import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A charge as the ledgers of its invoices show it: on each the payment, and rows for what was taken
 * back of it. There are none before the payment itself is booked.
 *
 * @param payments as they are booked, by the ids of their invoices; none before that
 * @param currency the invoices'
 */
record ChargeRows(ChargeLedger ledger, Map<String, Payment> payments, String currency) {

  /** How far the payment has come; it is one for all invoices. */
  Optional<Payment> payment() {
    return payments.values().stream().findFirst();
  }

  /** Whether a dispute is to be decided: meanwhile the processor refunds nothing. */
  boolean disputeOpen() {
    return ledger.disputes().stream()
        .anyMatch(dispute -> dispute.state() == ChargeLedger.DisputeState.OPEN);
  }

  /** The rows of one of its invoices. */
  OfInvoice of(String invoiceId) {
    Optional<Payment> payment = Optional.ofNullable(payments.get(invoiceId));
    return new OfInvoice(
        payment,
        payment
            .map(
                paid ->
                    ChargeSplit.of(ledger, currency).getOrDefault(invoiceId, List.of()).stream()
                        .map(part -> row(paid, part))
                        .toList())
            .orElse(List.of()));
  }

  private Payment row(Payment paid, ChargeSplit.Part part) {
    long amount =
        part.units() == null ? paid.amount() : ProcessorUnits.minor(part.units(), currency);
    return Payment.givenBack(paid, part.rowId(), part.kind(), part.status(), amount, part.at());
  }

  /**
   * What one invoice shows of a charge.
   *
   * @param payment as it is booked; empty before that
   * @param takenBack refunds and disputes
   */
  record OfInvoice(Optional<Payment> payment, List<Payment> takenBack) {

    /** All rows. */
    List<Payment> all() {
      return Stream.concat(payment.stream(), takenBack.stream()).toList();
    }

    /**
     * What the invoice has of this charge, minor units: the payment less what was taken back, and
     * never less than nothing, since what is refunded and disputed both is still owed only once.
     */
    long paid() {
      return Math.max(0, all().stream().mapToLong(Payment::net).sum());
    }

    /** Whether some of it is disputed, or was and that is lost. */
    boolean disputed() {
      return takenBack.stream()
          .filter(row -> row.kind() == Kind.DISPUTE)
          .anyMatch(row -> row.status() != Payment.Status.FAILED);
    }

    /** What can still be refunded, minor units: refunds that are under way are taken off. */
    long refundable() {
      long back =
          takenBack.stream()
              .filter(
                  row ->
                      switch (row.status()) {
                        case SETTLED -> true;
                        case PROCESSING -> row.kind() == Kind.REFUND;
                        case FAILED -> false;
                      })
              .mapToLong(Payment::amount)
              .sum();
      long arrived = payment.map(Payment::net).orElse(0L);
      return Math.max(0, arrived - back);
    }
  }
}
