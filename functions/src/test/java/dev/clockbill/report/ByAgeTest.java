package dev.clockbill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.report.Samples.Draft;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryBuilder;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByAgeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  @ParameterizedTest
  @CsvSource({
    "-400,NOT_DUE",
    "0,NOT_DUE",
    "1,DAYS_30",
    "30,DAYS_30",
    "31,DAYS_60",
    "60,DAYS_60",
    "61,DAYS_90",
    "90,DAYS_90",
    "91,OLDER",
    "4000,OLDER"
  })
  void anAgeIsTheDaysSince(int days, Age age) {
    assertThat(Age.since(TODAY.minusDays(days), TODAY)).isEqualTo(age);
  }

  @Property
  void receivablesAddUpToWhatIsDueOfTheInvoices(
      @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 1_000_000) Long> amounts,
      @ForAll @Size(max = 8) List<@IntRange(max = 200) Integer> days) {
    List<Invoice> invoices =
        IntStream.range(0, Math.min(amounts.size(), days.size()))
            .mapToObj(
                at ->
                    Draft.of(Line.fixed("Fee", amounts.get(at), true))
                        .in(at % 3 == 0 ? "EUR" : "USD")
                        .in(InvoiceState.SENT)
                        .issued(TODAY.minusDays(days.get(at)).toString())
                        .made())
            .toList();
    ByAge report = ByAge.receivables(TODAY, invoices, Map.of());
    for (String currency : List.of("USD", "EUR")) {
      assertThat(
              report.rows().stream()
                  .filter(row -> row.currency().equals(currency))
                  .mapToLong(ByAge.Row::total)
                  .sum())
          .isEqualTo(
              invoices.stream()
                  .filter(invoice -> invoice.currency().equals(currency))
                  .mapToLong(Invoice::amountDue)
                  .sum());
    }
    assertThat(report.rows().stream().mapToLong(ByAge.Row::count).sum()).isEqualTo(invoices.size());
  }

  @Property
  void unbilledTimeAddsUpToTheEntries(
      @ForAll @Size(max = 8) List<@IntRange(max = 200) Integer> days) {
    List<TimeEntry> entries =
        days.stream()
            .map(
                ago ->
                    TimeEntryBuilder.builder(Samples.time("1", "ada", "returns", "priya", 30))
                        .workedOn(TODAY.minusDays(ago))
                        .build())
            .toList();
    ByAge report = ByAge.unbilled(TODAY, entries, Map.of("ada", "Ada"));
    assertThat(report.rows().stream().mapToLong(ByAge.Row::total).sum())
        .isEqualTo(entries.stream().mapToLong(TimeEntry::amount).sum());
    assertThat(report.rows().stream().mapToLong(ByAge.Row::minutes).sum())
        .isEqualTo(30L * days.size());
  }
}
