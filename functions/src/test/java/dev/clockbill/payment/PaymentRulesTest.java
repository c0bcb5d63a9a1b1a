package dev.clockbill.payment;

import static dev.clockbill.invoice.Payment.Status.FAILED;
import static dev.clockbill.invoice.Payment.Status.PROCESSING;
import static dev.clockbill.invoice.Payment.Status.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Status;
import dev.clockbill.payment.PaymentRules.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentRulesTest {
  private static final long TOTAL = 10_000;

  private static Invoice invoice(InvoiceState state, long amountPaid) {
    return Samples.invoice(state, TOTAL, amountPaid);
  }

  private static Optional<Payment> row(Status status) {
    return Optional.of(Payment.inCheckout("cs_1", "pi_1", status, TOTAL, "card", Instant.EPOCH));
  }

  /** What changes when the status of a payment is reported; empty if it has come as far. */
  private static Optional<Change> report(
      Invoice invoice, Optional<Payment> before, Status reported, long amount) {
    return PaymentRules.further(before, reported)
        ? Optional.of(PaymentRules.change(invoice, reported == SETTLED ? amount : 0))
        : Optional.empty();
  }

  @ParameterizedTest
  @CsvSource({
    "SENT, 0, 10000, PAID",
    "SENT, 0, 9999, PARTLY_PAID",
    "PARTLY_PAID, 4000, 6000, PAID",
    "PARTLY_PAID, 4000, 5999, PARTLY_PAID",
    "UNDELIVERABLE, 0, 10000, PAID",
    "UNDELIVERABLE, 0, 1, PARTLY_PAID",
    "PAID, 10000, 10000, PAID",
    "SENDING, 0, 10000, SENDING",
    "VOID, 0, 10000, VOID"
  })
  void isPaidIfAndOnlyIfTheTotalIsSettled(
      InvoiceState before, long amountPaid, long amount, InvoiceState after) {
    assertThat(report(invoice(before, amountPaid), Optional.empty(), SETTLED, amount))
        .contains(new Change(amountPaid + amount, after));
  }

  @Test
  void processingIsNotPaid() {
    assertThat(report(invoice(InvoiceState.SENT, 0), Optional.empty(), PROCESSING, TOTAL))
        .contains(new Change(0, InvoiceState.SENT));
  }

  @Test
  void aFailureLeavesItDue() {
    assertThat(report(invoice(InvoiceState.UNDELIVERABLE, 0), row(PROCESSING), FAILED, TOTAL))
        .contains(new Change(0, InvoiceState.UNDELIVERABLE));
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void nothingUndoesASettledPayment(Status told) {
    assertThat(report(invoice(InvoiceState.PAID, TOTAL), row(SETTLED), told, TOTAL)).isEmpty();
  }

  @Test
  void lateNewsOfProcessingDoesNotHideAFailure() {
    assertThat(report(invoice(InvoiceState.SENT, 0), row(FAILED), PROCESSING, TOTAL)).isEmpty();
  }

  @Test
  void moneyThatArrivesAfterAllCounts() {
    assertThat(report(invoice(InvoiceState.SENT, 0), row(FAILED), SETTLED, TOTAL))
        .contains(new Change(TOTAL, InvoiceState.PAID));
  }

  @Property
  void whateverIsToldInWhateverOrderCountsOnceAndOnlyIfSettled(
      @ForAll @Size(max = 8) List<Status> told,
      @ForAll @LongRange(min = 1, max = 20_000) long amount) {
    Optional<Payment> row = Optional.empty();
    Invoice invoice = invoice(InvoiceState.SENT, 0);
    for (Status status : told) {
      Optional<Change> change = report(invoice, row, status, amount);
      if (change.isPresent()) {
        row = row(status);
        invoice = invoice(change.get().state(), change.get().amountPaid());
      }
    }
    boolean settled = told.contains(SETTLED);
    assertThat(invoice.amountPaid()).isEqualTo(settled ? amount : 0);
    assertThat(invoice.state() == InvoiceState.PAID).isEqualTo(settled && amount >= TOTAL);
  }
}
