package dev.clockbill.payment;

import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Kind;
import dev.clockbill.invoice.Payment.Status;
import dev.clockbill.payment.ChargeLedger.Dispute;
import dev.clockbill.payment.ChargeLedger.Refund;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A charge as the ledger of its invoice shows it: the payment, and rows for what was taken back of
 * it. There are none before the payment itself is booked.
 *
 * @param payment as it is booked; empty before that
 * @param currency the invoice's
 */
record ChargeRows(ChargeLedger ledger, Optional<Payment> payment, String currency) {

  /** What comes after the payment's id in the id of the row for refunds without a name. */
  private static final String UNNAMED = "-refunded";

  /** All rows. */
  List<Payment> all() {
    return Stream.concat(payment.stream(), takenBack().stream()).toList();
  }

  /** The rows of refunds and disputes. */
  List<Payment> takenBack() {
    return payment
        .map(
            paid ->
                Stream.of(
                        ledger.refunds().stream().map(refund -> row(paid, refund)),
                        unnamed(paid).stream(),
                        ledger.disputes().stream().flatMap(dispute -> row(paid, dispute).stream()))
                    .flatMap(rows -> rows)
                    .toList())
        .orElse(List.of());
  }

  private Payment row(Payment paid, Refund refund) {
    Status status =
        switch (refund.state()) {
          case PENDING -> Status.PROCESSING;
          case SUCCEEDED -> Status.SETTLED;
          case FAILED -> Status.FAILED;
        };
    return Payment.givenBack(
        paid, refund.rowId(), Kind.REFUND, status, minor(refund.units()), refund.at());
  }

  private Optional<Payment> unnamed(Payment paid) {
    long amount = minor(ledger.unnamed());
    return amount == 0
        ? Optional.empty()
        : Optional.of(
            Payment.givenBack(
                paid,
                ledger.paymentId() + UNNAMED,
                Kind.REFUND,
                Status.SETTLED,
                amount,
                ledger.refundedAt()));
  }

  /** Whether a row stands for refunds whose own events have not come yet. */
  static boolean unnamed(String rowId) {
    return rowId.endsWith(UNNAMED);
  }

  /** An inquiry has no row: no money has moved. */
  private Optional<Payment> row(Payment paid, Dispute dispute) {
    Optional<Status> status =
        switch (dispute.state()) {
          case INQUIRY, INQUIRY_CLOSED -> Optional.empty();
          case OPEN -> Optional.of(Status.PROCESSING);
          case LOST -> Optional.of(Status.SETTLED);
          case WON -> Optional.of(Status.FAILED);
        };
    return status.map(
        word ->
            Payment.givenBack(
                paid,
                dispute.disputeId(),
                Kind.DISPUTE,
                word,
                amount(paid, dispute),
                dispute.at()));
  }

  /** In another currency than the invoice's, all that was paid is disputed. */
  private long amount(Payment paid, Dispute dispute) {
    return currency.toLowerCase(Locale.ROOT).equals(dispute.currency())
        ? minor(dispute.units())
        : paid.amount();
  }

  private long minor(long units) {
    return ProcessorUnits.minor(units, currency);
  }

  /**
   * What the invoice has of this charge, minor units: the payment less what was taken back, and
   * never less than nothing, since what is refunded and disputed both is still owed only once.
   */
  long paid() {
    return Math.max(0, all().stream().mapToLong(Payment::net).sum());
  }

  /** Whether a dispute is to be decided: meanwhile the processor refunds nothing. */
  boolean disputeOpen() {
    return ledger.disputes().stream()
        .anyMatch(dispute -> dispute.state() == ChargeLedger.DisputeState.OPEN);
  }

  /** What can still be refunded, minor units: refunds that are under way are taken off. */
  long refundable() {
    long back =
        takenBack().stream()
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
