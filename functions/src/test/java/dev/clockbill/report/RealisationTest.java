package dev.clockbill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Line.Named;
import dev.clockbill.invoice.Line.Price;
import dev.clockbill.report.Realisation.By;
import dev.clockbill.report.Realisation.Facts;
import dev.clockbill.report.Realisation.Row;
import dev.clockbill.report.Samples.Draft;
import dev.clockbill.timer.TimeEntry;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RealisationTest {
  private static final TimeEntry RETURN = Samples.time("1", "ada", "returns", "priya", 60);
  private static final TimeEntry AUDIT = Samples.time("2", "ada", "audits", "sam", 30);
  private static final TimeEntry OTHER = Samples.time("3", "bob", "audits", "priya", 6);

  private static final Map<String, String> NAMES =
      Map.of(
          "ada", "Ada Lovelace",
          "bob", "Bob",
          "returns", "Tax Returns",
          "audits", "Audits",
          "priya", "Priya",
          "sam", "Sam");

  private static List<Row> rows(By by, List<Invoice> invoices, TimeEntry... entries) {
    Map<String, TimeEntry> byId =
        Arrays.stream(entries)
            .collect(Collectors.toMap(TimeEntry::timeEntryId, Function.identity()));
    return report(by, byId, List.of(), invoices).rows();
  }

  private static Realisation report(
      By by, Map<String, TimeEntry> billed, List<TimeEntry> notBilled, List<Invoice> invoices) {
    LocalDate day = LocalDate.of(2026, 11, 20);
    Facts facts = new Facts(new Period(day, day), billed, notBilled, Set.of("returns"), invoices);
    return Realisation.of(by, facts, NAMES);
  }

  /** A row of time that was billed by the hour. */
  private static Row row(
      String id, String name, long seconds, long minutes, long billed, long paid, String currency) {
    return new Row(id, name, seconds, minutes, billed, paid, currency, 0, 0, 0);
  }

  private static TimeEntry notBilled(TimeEntry entry) {
    return entry.withInvoiceId(null).withState(TimeEntry.State.NON_BILLABLE).withAmount(0);
  }

  private static Draft both() {
    return Draft.of(
        Line.ofTime(RETURN), Line.ofTime(AUDIT), Line.fixed("Filing fee", 12_500, true));
  }

  @Test
  void timeIsPutTogetherByCustomerByServiceAndByStaff() {
    List<Invoice> invoices =
        List.of(both().made(), Draft.of(Line.ofTime(OTHER)).paid(2_750).made());
    assertThat(rows(By.CUSTOMER, invoices, RETURN, AUDIT, OTHER))
        .containsExactly(
            row("ada", "Ada Lovelace", 5_360, 90, 37_500, 0, "USD"),
            row("bob", "Bob", 340, 6, 2_500, 2_500, "USD"));
    assertThat(rows(By.SERVICE, invoices, RETURN, AUDIT, OTHER))
        .containsExactly(
            row("audits", "Audits", 2_120, 36, 15_000, 2_500, "USD"),
            row("returns", "Tax Returns", 3_580, 60, 25_000, 0, "USD"));
    assertThat(rows(By.STAFF, invoices, RETURN, AUDIT, OTHER))
        .containsExactly(
            row("priya", "Priya", 3_920, 66, 27_500, 2_500, "USD"),
            row("sam", "Sam", 1_780, 30, 12_500, 0, "USD"));
  }

  @Test
  void theDiscountIsSharedOverAllLinesAndTaxesAreLeftOut() {
    // 50,000 less 10 % is 45,000, and 10 % tax on that makes 49,500; half of it is paid.
    List<Invoice> invoices = List.of(both().less("10").paid(24_750).made());
    assertThat(rows(By.SERVICE, invoices, RETURN, AUDIT))
        .containsExactly(
            row("audits", "Audits", 1_780, 30, 11_250, 5_625, "USD"),
            row("returns", "Tax Returns", 3_580, 60, 22_500, 11_250, "USD"));
  }

  @Test
  void noMoreIsPaidThanWasBilled() {
    List<Invoice> invoices = List.of(both().paid(1_000_000).made());
    assertThat(rows(By.CUSTOMER, invoices, RETURN, AUDIT).getFirst().paid()).isEqualTo(37_500);
  }

  @Test
  void whatCostsNothingIsPaid() {
    List<Invoice> invoices = List.of(both().less("100").made());
    assertThat(rows(By.CUSTOMER, invoices, RETURN, AUDIT))
        .containsExactly(row("ada", "Ada Lovelace", 5_360, 90, 0, 0, "USD"));
    Draft takenBack = Draft.of(Line.ofTime(RETURN), Line.fixed("Goodwill", -25_000, true));
    assertThat(rows(By.CUSTOMER, List.of(takenBack.made()), RETURN))
        .containsExactly(row("ada", "Ada Lovelace", 3_580, 60, 25_000, 25_000, "USD"));
  }

  @Test
  void currenciesAreNotAddedUp() {
    TimeEntry yen = Samples.time("4", "ada", "returns", "priya", 6, "JPY");
    List<Invoice> invoices = List.of(both().made(), Draft.of(Line.ofTime(yen)).in("JPY").made());
    assertThat(rows(By.CUSTOMER, invoices, RETURN, AUDIT, yen))
        .extracting(Row::currency, Row::billed)
        .containsExactly(tuple("JPY", 2_500L), tuple("USD", 37_500L));
  }

  @Test
  void linesOfTimeThatIsNotAskedAboutAreLeftOut() {
    assertThat(rows(By.CUSTOMER, List.of(both().made()), AUDIT))
        .containsExactly(row("ada", "Ada Lovelace", 1_780, 30, 12_500, 0, "USD"));
  }

  private static Line returns(String quantity) {
    Price price = new Price(new BigDecimal(quantity), 45_000);
    return Line.fixed("Return", new Named("returns", "Tax Returns"), price, 0, true);
  }

  @Test
  void whatIsBilledByAPriceIsTheCustomersAndTheServicesAndNobodysWork() {
    Map<String, TimeEntry> billed = Map.of("2", AUDIT);
    List<TimeEntry> kept = List.of(notBilled(RETURN), notBilled(OTHER));
    List<Invoice> invoices =
        List.of(
            Draft.of(Line.ofTime(AUDIT), returns("2"), Line.fixed("Filing fee", 12_500, true))
                .less("10")
                .made());
    Realisation customers = report(By.CUSTOMER, billed, kept, invoices);
    assertThat(customers.rows())
        .containsExactly(
            new Row("ada", "Ada Lovelace", 5_360, 30, 11_250, 0, "USD", 81_000, 0, 3_580),
            new Row("bob", "Bob", 340, 0, 0, 0, "USD", 0, 340, 0));
    // 11,250 and 81,000 in 5,360 seconds.
    assertThat(customers.rows().getFirst().perHour(By.CUSTOMER)).isEqualTo(61_959);
    assertThat(customers.rows().getLast().perHour(By.CUSTOMER)).isZero();
    assertThat(report(By.SERVICE, billed, kept, invoices).rows())
        .containsExactly(
            new Row("audits", "Audits", 2_120, 30, 11_250, 0, "USD", 0, 340, 0),
            new Row("returns", "Tax Returns", 3_580, 0, 0, 0, "USD", 81_000, 0, 3_580));
    List<Row> staff = report(By.STAFF, billed, kept, invoices).rows();
    assertThat(staff)
        .containsExactly(
            new Row("priya", "Priya", 3_920, 0, 0, 0, "USD", 0, 340, 3_580),
            new Row("sam", "Sam", 1_780, 30, 11_250, 0, "USD", 0, 0, 0));
    assertThat(staff.getFirst().perHour(By.STAFF)).isZero();
    assertThat(staff.getLast().perHour(By.STAFF)).isEqualTo(22_753);
  }

  @Test
  void onlyWhatIsPaidOfTimeCountsAsPaid() {
    Draft draft = Draft.of(Line.ofTime(AUDIT), returns("2")).less("10");
    List<Invoice> invoices = List.of(draft.paid(draft.made().total()).made());
    assertThat(rows(By.CUSTOMER, invoices, AUDIT))
        .containsExactly(
            new Row("ada", "Ada Lovelace", 1_780, 30, 11_250, 11_250, "USD", 81_000, 0, 0));
  }

  @Test
  void anHourOfAMemberOfStaffIsOneThatIsNotOfAFixedPrice() {
    Map<String, TimeEntry> billed = Map.of("3", OTHER);
    List<Invoice> invoices = List.of(Draft.of(Line.ofTime(OTHER)).made());
    List<TimeEntry> kept = List.of(notBilled(RETURN));
    Row row = report(By.STAFF, billed, kept, invoices).rows().getFirst();
    assertThat(row).isEqualTo(new Row("priya", "Priya", 3_920, 6, 2_500, 0, "USD", 0, 0, 3_580));
    // 2,500 in 340 seconds.
    assertThat(row.perHour(By.STAFF)).isEqualTo(26_471);
    assertThat(report(By.STAFF, Map.of(), kept, List.of()).rows().getFirst().perHour(By.STAFF))
        .as("there is no other time")
        .isNull();
  }

  @Test
  void aPriceCountsOnTheDayOfItsInvoiceAndNeedsNoTime() {
    Draft draft = Draft.of(returns("1"));
    List<Row> rows = rows(By.SERVICE, List.of(draft.made()));
    assertThat(rows)
        .containsExactly(new Row("returns", "Tax Returns", 0, 0, 0, 0, "USD", 45_000, 0, 0));
    assertThat(rows.getFirst().perHour(By.SERVICE)).as("there is no hour").isNull();
    assertThat(rows(By.SERVICE, List.of(draft.issued("2026-11-21").made()))).isEmpty();
    assertThat(rows(By.SERVICE, List.of(draft.in(InvoiceState.VOID).made()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(InvoiceState.class)
  void onlyFrozenInvoicesThatAreNotVoidCount(InvoiceState state) {
    boolean counts =
        switch (state) {
          case DRAFT, VOID -> false;
          case SENDING, SENT, PARTLY_PAID, PAID, UNDELIVERABLE -> true;
        };
    assertThat(rows(By.CUSTOMER, List.of(both().in(state).made()), RETURN)).hasSize(counts ? 1 : 0);
  }

  @Property
  void allTimeOfAnInvoiceIsTheInvoiceLessDiscountAndTaxes(
      @ForAll @Size(min = 1, max = 5) List<@LongRange(min = 1, max = 2_000) Long> minutes,
      @ForAll @IntRange(max = 99) int percent,
      @ForAll @IntRange(max = 120) int paidPercent) {
    TimeEntry[] entries = new TimeEntry[minutes.size()];
    for (int at = 0; at < entries.length; at++) {
      entries[at] = Samples.time("" + at, "ada", "returns", "priya", minutes.get(at));
    }
    Draft draft =
        Draft.of(Arrays.stream(entries).map(Line::ofTime).toArray(Line[]::new)).less("" + percent);
    long total = draft.made().total();
    Invoice invoice = draft.paid(total * paidPercent / 100).made();
    Row row = rows(By.CUSTOMER, List.of(invoice), entries).getFirst();
    assertThat(row.billed()).isEqualTo(invoice.subtotal() - invoice.discount().amount());
    assertThat(row.paid()).isBetween(0L, row.billed());
    if (paidPercent >= 100) {
      assertThat(row.paid()).isEqualTo(row.billed());
    }
  }
}
