package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.mail.InvoiceMail;
import dev.clockbill.invoice.send.InvoiceNumber;
import dev.clockbill.table.DueQueue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  @Test
  void aNumberHasFourDigitsAtLeast() {
    LocalDate day = LocalDate.of(2026, 11, 25);
    assertThat(InvoiceNumber.printed("INV-", day, 7)).isEqualTo("INV-0007");
    assertThat(InvoiceNumber.printed("INV-", day, 12_345)).isEqualTo("INV-12345");
  }

  @Test
  void aNumberNamesTheYearOfIssue() {
    assertThat(InvoiceNumber.printed("{yyyy}/", LocalDate.of(2027, 1, 1), 1))
        .isEqualTo("2027/0001");
  }

  @Test
  void anInvoiceThatComesToNothingIsPaidAtOnce() {
    assertThat(InvoiceState.byPayment(0, 0)).isEqualTo(InvoiceState.PAID);
  }

  @Test
  void anInvoiceIsPaidWhenAllOfItIs() {
    assertThat(InvoiceState.byPayment(100, 0)).isEqualTo(InvoiceState.SENT);
    assertThat(InvoiceState.byPayment(100, 99)).isEqualTo(InvoiceState.PARTLY_PAID);
    assertThat(InvoiceState.byPayment(100, 100)).isEqualTo(InvoiceState.PAID);
    assertThat(InvoiceState.byPayment(100, 101)).isEqualTo(InvoiceState.PAID);
  }

  @Test
  void everyStateButDraftIsFrozen() {
    assertThat(List.of(InvoiceState.values()).stream().filter(state -> !state.frozen()))
        .containsExactly(InvoiceState.DRAFT);
  }

  @Test
  void aDeliveryNeverGoesBack() {
    assertThat(DeliveryStatus.SENT.replaces(DeliveryStatus.QUEUED)).isTrue();
    assertThat(DeliveryStatus.BOUNCED.replaces(DeliveryStatus.QUEUED)).isTrue();
    assertThat(DeliveryStatus.COMPLAINED.replaces(DeliveryStatus.DELIVERED)).isTrue();
    assertThat(DeliveryStatus.SENT.replaces(DeliveryStatus.DELIVERED)).isFalse();
    assertThat(DeliveryStatus.DELIVERED.replaces(DeliveryStatus.BOUNCED)).isFalse();
    assertThat(DeliveryStatus.DELIVERED.replaces(DeliveryStatus.DELIVERED)).isFalse();
  }

  @Test
  void aRestartThatFailsAgainWaitsLongerAndLonger() {
    assertThat(List.of(1L, 2L, 3L, 4L, 40L).stream().map(DueQueue::backoff))
        .containsExactly(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(1));
  }

  @Test
  void minutesArePrintedSoThatTheyCanBeMultiplied() {
    assertThat(InvoiceMail.minutes(1)).isEqualTo("1\u00a0min");
    assertThat(InvoiceMail.minutes(59)).isEqualTo("59\u00a0min");
    assertThat(InvoiceMail.minutes(485)).isEqualTo("8\u00a0h\u00a005\u00a0min (485\u00a0min)");
  }
}
