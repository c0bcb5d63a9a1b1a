package dev.clockbill.invoice.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Pricing;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How time of one customer is divided into drafts. */
class PortionsTest {
  private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY");
  private static final int LONGEST_NOTE = 2_000;

  private static TimeEntry entry(Random random, int n, boolean longNotes) {
    long minutes = random.nextLong(600);
    long rate = random.nextInt(5) == 0 ? 0 : random.nextLong(100_000);
    return TimeEntryBuilder.builder()
        .timeEntryId("entry" + n)
        .serviceId("service")
        .serviceName("Advice")
        .staffId("staff")
        .staffName("Priya")
        .workedOn(LocalDate.of(2026, 11, 20))
        .billedMinutes(minutes)
        .hourlyRate(rate)
        .rateSource(TimeEntry.RateSource.SERVICE)
        .currency(CURRENCIES.get(random.nextInt(CURRENCIES.size())))
        .amount(Money.ofTime(minutes, rate))
        .note("n".repeat(longNotes ? random.nextInt(LONGEST_NOTE) : 0))
        .overlaps(List.of())
        .state(TimeEntry.State.UNBILLED)
        .version(1)
        .build();
  }

  @Property(tries = 100)
  void sumsOfTheDraftsAreSumsOfTheEntriesAndEachIsOnOneOfThem(
      @ForAll @IntRange(max = 1_800) int count, @ForAll boolean longNotes, @ForAll Random random) {
    List<TimeEntry> time = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      time.add(entry(random, n, longNotes));
    }
    Map<String, Long> worked = new TreeMap<>();
    time.forEach(each -> worked.merge(each.currency(), each.amount(), Long::sum));

    Map<String, Long> billed = new TreeMap<>();
    List<String> drafted = new ArrayList<>();
    for (List<TimeEntry> portion : DraftRules.portions(time)) {
      List<Line> lines = portion.stream().map(Line::ofTime).toList();
      assertThat(DraftRules.fits(lines)).isTrue();
      assertThat(portion.stream().map(TimeEntry::currency).distinct()).hasSize(1);
      billed.merge(
          portion.getFirst().currency(), Pricing.of(lines, null, List.of()).total(), Long::sum);
      portion.forEach(each -> drafted.add(each.timeEntryId()));
    }
    assertThat(billed).isEqualTo(worked);
    assertThat(drafted.stream().sorted())
        .containsExactlyElementsOf(time.stream().map(TimeEntry::timeEntryId).sorted().toList());
  }
}
