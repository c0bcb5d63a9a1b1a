package dev.clockbill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.report.Realisation.By;
import dev.clockbill.report.Realisation.Row;
import dev.clockbill.report.Samples.Draft;
import dev.clockbill.timer.TimeEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    return Realisation.of(by, byId, invoices, NAMES).rows();
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
            new Row("ada", "Ada Lovelace", 5_360, 90, 37_500, 0, "USD"),
            new Row("bob", "Bob", 340, 6, 2_500, 2_500, "USD"));
    assertThat(rows(By.SERVICE, invoices, RETURN, AUDIT, OTHER))
        .containsExactly(
            new Row("audits", "Audits", 2_120, 36, 15_000, 2_500, "USD"),
            new Row("returns", "Tax Returns", 3_580, 60, 25_000, 0, "USD"));
    assertThat(rows(By.STAFF, invoices, RETURN, AUDIT, OTHER))
        .containsExactly(
            new Row("priya", "Priya", 3_920, 66, 27_500, 2_500, "USD"),
            new Row("sam", "Sam", 1_780, 30, 12_500, 0, "USD"));
  }

  @Test
  void theDiscountIsSharedOverAllLinesAndTaxesAreLeftOut() {
    // 50,000 less 10 % is 45,000, and 10 % tax on that makes 49,500; half of it is paid.
    List<Invoice> invoices = List.of(both().less("10").paid(24_750).made());
    assertThat(rows(By.SERVICE, invoices, RETURN, AUDIT))
        .containsExactly(
            new Row("audits", "Audits", 1_780, 30, 11_250, 5_625, "USD"),
            new Row("returns", "Tax Returns", 3_580, 60, 22_500, 11_250, "USD"));
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
        .containsExactly(new Row("ada", "Ada Lovelace", 5_360, 90, 0, 0, "USD"));
    Draft takenBack = Draft.of(Line.ofTime(RETURN), Line.fixed("Goodwill", -25_000, true));
    assertThat(rows(By.CUSTOMER, List.of(takenBack.made()), RETURN))
        .containsExactly(new Row("ada", "Ada Lovelace", 3_580, 60, 25_000, 25_000, "USD"));
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
        .containsExactly(new Row("ada", "Ada Lovelace", 1_780, 30, 12_500, 0, "USD"));
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
