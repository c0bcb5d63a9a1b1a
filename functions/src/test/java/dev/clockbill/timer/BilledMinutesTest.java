package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.FirmSettings.Billing;
import dev.clockbill.firm.FirmSettings.Rounding;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class BilledMinutesTest {
  private static final long YEAR = 366L * 24 * 60 * 60;

  @Provide
  Arbitrary<Billing> rules() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 60),
            Arbitraries.of(Rounding.values()),
            Arbitraries.integers().between(1, 240))
        .as(Billing::new);
  }

  @Property
  void failure5_roundingTwiceIsRoundingOnce(
      @ForAll @LongRange(max = YEAR) long seconds, @ForAll("rules") Billing rule) {
    long once = BilledMinutes.of(seconds, rule);
    assertThat(BilledMinutes.of(once * 60, rule)).isEqualTo(once);
  }

  @Property
  void failure5_anExactMultipleStaysAsItIs(
      @ForAll @LongRange(max = 10_000) long increments, @ForAll("rules") Billing rule) {
    long minutes = increments * rule.incrementMinutes();
    if (minutes >= rule.minimumMinutes()) {
      assertThat(BilledMinutes.of(minutes * 60, rule)).isEqualTo(minutes);
    }
  }

  @Property
  void failure5_whatIsBilledIsWholeIncrementsAndNeverBelowTheMinimum(
      @ForAll @LongRange(max = YEAR) long seconds, @ForAll("rules") Billing rule) {
    assertThat(BilledMinutes.of(seconds, rule))
        .isGreaterThanOrEqualTo(rule.minimumMinutes())
        .matches(minutes -> minutes % rule.incrementMinutes() == 0);
  }

  @Property
  void whatIsBilledIsLessThanAnIncrementAwayFromTheLargerOfTimeAndMinimum(
      @ForAll @LongRange(max = YEAR) long seconds, @ForAll("rules") Billing rule) {
    long larger = Math.max(seconds, rule.minimumMinutes() * 60L);
    assertThat(Math.abs(BilledMinutes.of(seconds, rule) * 60 - larger))
        .isLessThan(rule.incrementMinutes() * 60L);
  }

  @Property
  void failure5_moreTimeIsNeverBilledLess(
      @ForAll @LongRange(max = YEAR) long seconds,
      @ForAll @LongRange(max = 100_000) long more,
      @ForAll("rules") Billing rule) {
    assertThat(BilledMinutes.of(seconds + more, rule))
        .isGreaterThanOrEqualTo(BilledMinutes.of(seconds, rule));
  }

  @Example
  void aBegunMinuteIsBilledByDefault() {
    Billing rule = new Billing(1, Rounding.UP, 1);
    assertThat(BilledMinutes.of(0, rule)).isEqualTo(1);
    assertThat(BilledMinutes.of(60, rule)).isEqualTo(1);
    assertThat(BilledMinutes.of(61, rule)).isEqualTo(2);
    assertThat(BilledMinutes.of(59 * 60 + 30, rule)).isEqualTo(60);
  }

  @Example
  void aTieIsRoundedUp() {
    Billing rule = new Billing(15, Rounding.NEAREST, 1);
    assertThat(BilledMinutes.of(22 * 60 + 29, rule)).isEqualTo(15);
    assertThat(BilledMinutes.of(22 * 60 + 30, rule)).isEqualTo(30);
  }

  @Example
  void nearestAndDownGoUpWhereTheyWouldFallBelowTheMinimum() {
    assertThat(BilledMinutes.of(60, new Billing(15, Rounding.DOWN, 1))).isEqualTo(15);
    assertThat(BilledMinutes.of(60, new Billing(15, Rounding.NEAREST, 1))).isEqualTo(15);
    assertThat(BilledMinutes.of(60, new Billing(10, Rounding.DOWN, 25))).isEqualTo(30);
    assertThat(BilledMinutes.of(0, new Billing(10, Rounding.UP, 25))).isEqualTo(30);
  }
}
