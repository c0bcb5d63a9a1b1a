package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class NumberCounterTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);

  @Test
  void thereIsOneForEachYearWhereThePrefixNamesIt() {
    assertThat(NumberCounter.key("R-{yyyy}-", LAST_DAY)).isEqualTo("NUMBER#2026");
    assertThat(NumberCounter.key("R-{yyyy}-", LAST_DAY.plusDays(1))).isEqualTo("NUMBER#2027");
    assertThat(NumberCounter.key("R-", LAST_DAY)).isEqualTo("NUMBER");
    assertThat(NumberCounter.key("R-", LAST_DAY.plusDays(1))).isEqualTo("NUMBER");
  }

  @Test
  void aNewOneBeginsAtOne() {
    assertThat(new NumberCounter("firm", "NUMBER#2027", null).next()).isEqualTo(1);
    assertThat(new NumberCounter("firm", "NUMBER#2026", 7L).next()).isEqualTo(7);
  }
}
