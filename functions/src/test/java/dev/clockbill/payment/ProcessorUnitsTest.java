package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.payment.ProcessorUnits.Chargeable;
import dev.clockbill.payment.ProcessorUnits.Refused;
import dev.clockbill.shared.LocalTexts;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorUnitsTest {
  @ParameterizedTest
  @CsvSource({
    "USD, 1050, 1050",
    "JPY, 100, 100",
    "BHD, 1230, 1230",
    "ISK, 500, 50000",
    "UGX, 5000, 500000",
    "MGA, 500000, 5000",
    "HUF, 17500, 17500",
    "KRW, 12000, 12000",
    "USD, 999999999999, 999999999999",
    "IDR, 10000000000, 10000000000",
    "JPY, 999999999999, 999999999999",
    "TWD, 12345, 12345"
  })
  void failure16_chargesInTheUnitsOfTheProcessor(String currency, long amount, long units) {
    assertThat(charge(amount, currency))
        .isEqualTo(new Chargeable(units, currency.toLowerCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "BHD, 1234, go in steps of BHD\u00a00.010",
    "MGA, 12345, go in steps of MGA\u00a01.00",
    "USD, 49, The least that can be paid online is $0.50",
    "JPY, 49, The least that can be paid online is ¥50",
    "CZK, 1499, 'The least that can be paid online is 15,00\u00a0CZK'",
    "KRW, 49, The least that can be paid online is ₩50",
    "ZAR, 49, 'The least that can be paid online is R\u00a00,50'",
    "USD, 1000000000000, 'The most that can be paid online at once is $9,999,999,999.99'"
  })
  void refusesWhatTheProcessorCannotCharge(String currency, long amount, String reason) {
    assertThat(charge(amount, currency))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void failure16_anAmountOfThreeDecimalsIsNeverRounded() {
    assertThat(charge(10_001, "KWD")).isInstanceOf(Refused.class);
    assertThat(charge(10_010, "KWD")).isEqualTo(new Chargeable(10_010, "kwd"));
  }

  @Property
  void whatIsChargedIsWorthTheAmount(@ForAll @LongRange(min = 50, max = 99_999_999) long amount) {
    assertThat(charge(amount, "EUR")).isEqualTo(new Chargeable(amount, "eur"));
  }

  private static ProcessorUnits.Charge charge(long amount, String currency) {
    return ProcessorUnits.of(
        amount, currency, LocalTexts.of(LocalTexts.locale(Optional.empty(), currency)));
  }
}
