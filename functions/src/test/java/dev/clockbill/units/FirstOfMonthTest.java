package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the first of a month needs of everything, in {@code docs/scale.md}. */
class FirstOfMonthTest {
  /** The three that have a column, and what is between them. */
  private static final List<Integer> SIZES = List.of(1, 1_000, 3_000, 10_000, 30_000, 100_000);

  private static final List<Integer> SHOWN = List.of(1, 1_000, 100_000);
  private static final int PARTITION = 1_000;
  private static final Map<String, FirstOfMonth> DAYS = new HashMap<>();

  private static FirstOfMonth day(int firms, Region region) {
    return DAYS.computeIfAbsent(firms + " " + region, key -> new FirstOfMonth(firms, region));
  }

  private static FirstOfMonth day(int firms) {
    return day(firms, Region.LARGE);
  }

  @Test
  void thePageSaysWhatTheFirstOfAMonthNeeds() throws IOException {
    CostTest.holds("docs/scale.md", "the first of a month", table());
  }

  @Test
  void aThousandFirmsFitIntoANewAccountsQuotas() {
    FirstOfMonth day = day(1_000);
    assertThat(day.refused()).isZero();
    assertThat(day.transitionsLate()).isLessThan(Duration.ofMinutes(1));
    for (Resource resource : Resource.values()) {
      if (resource.limit() > 0) {
        assertThat(day.peak(resource)).as(resource.words()).isLessThan(resource.limit());
      }
    }
    assertThat(FirstOfMonth.hottestFirm()).isLessThan(PARTITION);
  }

  @Test
  void whatIsRefusedIsStartedOnTheSameDayInALargeRegion() {
    assertThat(day(100_000).refused()).isPositive();
    assertThat(day(100_000).left()).isZero();
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    row(table, "at most in a second", "limit", "1 firm", "1,000", "100,000", "too many at");
    row(table, "---", "---:", "---:", "---:", "---:", "---:");
    bucket(table, Resource.STARTS, "300, at first 1,300", day -> day.refused() > 0);
    bucket(
        table,
        Resource.TRANSITIONS,
        "1,500, at first 5,000",
        day -> day.transitionsLate().compareTo(Duration.ofMinutes(1)) > 0);
    for (Resource resource : Resource.values()) {
      if (resource.limit() > 0) {
        bucket(
            table,
            resource,
            CostTest.whole(BigDecimal.valueOf(resource.limit())),
            day -> day.peak(resource) > resource.limit());
      }
    }
    BigDecimal firm = BigDecimal.valueOf(FirstOfMonth.hottestFirm());
    BigDecimal states = BigDecimal.valueOf(FirstOfMonth.hottestStates());
    constant(table, "write units of one firm's key, all of its indexes with it", firm);
    constant(table, "of them, of its keys in the index `ByState`", states);
    bucket(table, Resource.MAILS, "your own", day -> false);
    row(table, "**on the day**", "", "", "", "", "");
    all(table, "mails", day -> CostTest.whole(BigDecimal.valueOf(day.sum(Resource.MAILS))));
    all(table, "starts refused at first", day -> CostTest.whole(BigDecimal.valueOf(day.refused())));
    all(table, "a firm's run begins late by", day -> words(day.monthsLate()));
    all(table, "an invoice's workflow begins late by", day -> words(day.sendsLate()));
    all(table, "a workflow's next step is late by", day -> words(day.transitionsLate()));
    row(table, "**in most other regions**", "", "", "", "", "");
    others(table, "a firm's run begins late by", day -> words(day.monthsLate()));
    others(table, "an invoice's workflow begins late by", day -> words(day.sendsLate()));
    others(table, "a workflow's next step is late by", day -> words(day.transitionsLate()));
    others(
        table,
        "starts that are left for the next day",
        day -> CostTest.whole(BigDecimal.valueOf(day.left())));
    return table.toString();
  }

  private static void row(StringBuilder table, String... cells) {
    table.append(CostTest.row(cells));
  }

  private static void bucket(
      StringBuilder table, Resource resource, String limit, Predicate<FirstOfMonth> over) {
    List<String> cells = new ArrayList<>(List.of(resource.words(), limit));
    SHOWN.forEach(firms -> cells.add(CostTest.whole(rounded(day(firms).peak(resource)))));
    cells.add(first(over));
    row(table, cells.toArray(String[]::new));
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).setScale(0, RoundingMode.UP);
  }

  private static String first(Predicate<FirstOfMonth> over) {
    return SIZES.stream()
        .filter(firms -> over.test(day(firms)))
        .map(firms -> CostTest.whole(BigDecimal.valueOf(firms)))
        .findFirst()
        .orElse("");
  }

  private static void constant(StringBuilder table, String words, BigDecimal number) {
    String each = CostTest.whole(number.setScale(0, RoundingMode.UP));
    row(table, words, CostTest.whole(BigDecimal.valueOf(PARTITION)), each, each, each, "");
  }

  private static void all(StringBuilder table, String words, Function<FirstOfMonth, String> told) {
    told(table, words, Region.LARGE, told);
  }

  private static void others(
      StringBuilder table, String words, Function<FirstOfMonth, String> told) {
    told(table, words, Region.USUAL, told);
  }

  private static void told(
      StringBuilder table, String words, Region region, Function<FirstOfMonth, String> told) {
    List<String> cells =
        new ArrayList<>(
            Stream.concat(
                    Stream.of(words, ""),
                    SHOWN.stream().map(firms -> told.apply(day(firms, region))))
                .toList());
    cells.add("");
    row(table, cells.toArray(String[]::new));
  }

  private static String words(Duration late) {
    if (late.toMinutes() == 0) {
      return late.toSeconds() + " s";
    }
    return late.toHours() == 0
        ? late.toMinutes() + " min"
        : late.toHours() + " h " + late.toMinutesPart() + " min";
  }
}
