package dev.clockbill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.report.Overview.Month;
import dev.clockbill.report.Overview.Sum;
import dev.clockbill.report.Samples.Draft;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  private static final YearMonth NOW = YearMonth.from(TODAY);

  /** 10,000 and 10 percent tax. */
  private static Draft draft() {
    return Draft.of(Line.fixed("Filing fee", 10_000, true));
  }

  private static Overview of(List<Invoice> invoices, Received... received) {
    return Overview.of(Samples.firm(), TODAY, 2, invoices, List.of(), List.of(received));
  }

  private static Month month(Overview overview, YearMonth month) {
    return overview.months().stream()
        .filter(one -> one.month().equals(month))
        .findFirst()
        .orElseThrow();
  }

  private static Received dollars(String kind, String status, long amount, String at) {
    return new Received(Samples.payment(kind, status, amount, at), "USD");
  }

  @Test
  void theLastTwelveMonthsEndWithThePresentOne() {
    assertThat(of(List.of()).months())
        .hasSize(12)
        .first()
        .isEqualTo(new Month(YearMonth.of(2025, 12), 0, 0));
    assertThat(of(List.of()).months()).last().isEqualTo(new Month(NOW, 0, 0));
    assertThat(Overview.firstMonth(TODAY)).isEqualTo(YearMonth.of(2025, 12));
  }

  @Test
  void draftsAreCountedWithTheirTotals() {
    Invoice draft = draft().in(InvoiceState.DRAFT).issued(null).made();
    Overview overview = of(List.of(draft, draft, draft().made()));
    assertThat(overview.drafts()).isEqualTo(new Sum(2, 22_000));
  }

  @Test
  void overdueIsWhatIsStillDueFromTheDayAfterItWasDue() {
    Overview overview =
        of(
            List.of(
                draft().issued("2026-11-10").made(),
                draft().issued("2026-11-11").made(),
                draft().issued("2026-11-10").paid(1_000).made(),
                draft().issued("2026-11-10").in(InvoiceState.PAID).made(),
                draft().issued("2026-11-10").in(InvoiceState.VOID).made()));
    assertThat(overview.overdue()).isEqualTo(new Sum(2, 21_000));
  }

  @Test
  void aMonthIsBilledWhatWasIssuedInItAndIsNotVoid() {
    Overview overview =
        of(
            List.of(
                draft().issued("2026-11-01").made(),
                draft().issued("2026-11-25").in(InvoiceState.PAID).made(),
                draft().issued("2026-10-31").in(InvoiceState.UNDELIVERABLE).made(),
                draft().issued("2026-10-31").in(InvoiceState.VOID).made(),
                draft().issued(null).in(InvoiceState.SENDING).made(),
                draft().issued("2025-11-30").made()));
    assertThat(month(overview, NOW).billed()).isEqualTo(22_000);
    assertThat(month(overview, NOW.minusMonths(1)).billed()).isEqualTo(11_000);
    assertThat(overview.months().stream().mapToLong(Month::billed).sum()).isEqualTo(33_000);
  }

  @Test
  void aMonthIsPaidWhatWasSettledInItWhereTheFirmIs() {
    Overview overview =
        of(
            List.of(),
            dollars("payment", "settled", 5_000, "2026-10-31T10:59:59Z"),
            dollars("payment", "settled", 700, "2026-10-31T11:00:00Z"),
            dollars("payment", "processing", 90_000, "2026-11-05T00:00:00Z"),
            dollars("payment", "failed", 90_000, "2026-11-05T00:00:00Z"),
            dollars("refund", "settled", 1_000, "2026-11-05T00:00:00Z"),
            dollars("dispute", "settled", 10, "2026-11-05T00:00:00Z"),
            dollars("dispute", "processing", 90_000, "2026-11-05T00:00:00Z"));
    assertThat(month(overview, NOW.minusMonths(1)).paid()).isEqualTo(5_000);
    assertThat(month(overview, NOW).paid()).isEqualTo(700 - 1_000 - 10);
  }

  @Test
  void otherCurrenciesAreCountedAndNotAddedUp() {
    Invoice draft = draft().in(InvoiceState.DRAFT).issued(null).in("EUR").made();
    Overview overview =
        Overview.of(
            Samples.firm(),
            TODAY,
            0,
            List.of(draft, draft().in("EUR").made()),
            List.of(
                Samples.time("1", "ada", "returns", "priya", 60),
                Samples.time("2", "ada", "returns", "priya", 60, "EUR")),
            List.of(
                new Received(
                    Samples.payment("payment", "settled", 100, "2026-11-05T00:00:00Z"), "EUR")));
    assertThat(overview.drafts()).isEqualTo(new Sum(1, 0));
    assertThat(overview.unbilled()).isEqualTo(new Sum(2, 25_000));
    assertThat(month(overview, NOW)).isEqualTo(new Month(NOW, 0, 0));
  }
}
