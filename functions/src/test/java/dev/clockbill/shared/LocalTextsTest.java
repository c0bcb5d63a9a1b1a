package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LocalTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USD | en-US  | $1,234,567.50        | November 5, 2026 | 6:05_PM | 8.25%",
        "GBP | en-GB  | £1,234,567.50        | 5 November 2026  | 18:05   | 8.25%",
        "EUR | en-150 | €1,234,567.50        | 5 November 2026  | 18:05   | 8.25%",
        "JPY | en-JP  | ¥123,456,750         | November 5, 2026 | 18:05   | 8.25%",
        "CHF | en-CH  | CHF_1’234’567.50     | 5 November 2026  | 18:05   | 8.25%",
        "BHD | en-BH  | BHD_123,456.750      | 5 November 2026  | 6:05_pm | 8.25%",
        "INR | en-IN  | ₹12,34,567.50        | 5 November 2026  | 6:05_pm | 8.25%",
        "SEK | en-SE  | 1_234_567,50_kr      | 5 November 2026  | 18:05   | 8,25_%",
        "XAF | en-001 | XAF_123,456,750      | 5 November 2026  | 18:05   | 8.25%"
      })
  void aFirmThatHasNotSaidWhereItIsReadsTextsByItsCurrency(
      String currency, String tag, String money, String date, String time, String percent) {
    assertThat(LocalTexts.locale(Optional.empty(), currency).toLanguageTag()).isEqualTo(tag);
    LocalTexts texts = LocalTexts.of(LocalTexts.locale(Optional.empty(), currency));
    assertThat(texts.money(123_456_750, currency)).isEqualTo(blanks(money));
    assertThat(texts.date(LocalDate.of(2026, 11, 5))).isEqualTo(date);
    assertThat(texts.time(LocalTime.of(18, 5))).isEqualTo(blanks(time));
    assertThat(texts.percent(new BigDecimal("8.2500"))).isEqualTo(blanks(percent));
  }

  private static String blanks(String text) {
    return text.replace('_', '\u00a0');
  }

  @Test
  void theCountryOfAnAddressComesBeforeTheCurrency() {
    LocalTexts texts = LocalTexts.of(LocalTexts.locale(Optional.of("DE"), "EUR"));
    assertThat(texts.money(-123_450, "EUR")).isEqualTo("-1.234,50\u00a0€");
    assertThat(texts.money(5, "USD")).isEqualTo("0,05\u00a0US$");
    assertThat(texts.percent(new BigDecimal("100"))).isEqualTo("100\u00a0%");
  }

  /** Countries for whose English the JDK's CLDR has data of its own, and the United States. */
  private static Stream<String> countries() {
    return Stream.concat(
        Stream.of("US"),
        Arrays.stream(Locale.getAvailableLocales())
            .filter(locale -> locale.getLanguage().equals("en") && locale.getScript().isEmpty())
            .filter(locale -> locale.getVariant().isEmpty())
            .map(Locale::getCountry)
            .filter(country -> country.length() == 2));
  }

  /**
   * India's digits, which the JDK cannot group in twos; Australia, where CLDR writes EUR for the
   * euro, which we write like everybody else.
   */
  private static final Set<String> OWN_WAY = Set.of("IN", "AU");

  @ParameterizedTest
  @MethodSource("countries")
  void numbersAreWrittenAsInTheCldr(String country) {
    Locale locale = Locale.of("en", country);
    DecimalFormat cldr = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
    cldr.setCurrency(Currency.getInstance("EUR"));
    cldr.setMinimumFractionDigits(2);
    cldr.setMaximumFractionDigits(2);
    LocalTexts texts = LocalTexts.of(locale);
    if (!OWN_WAY.contains(country)) {
      assertThat(texts.money(123_456_750, "EUR")).isEqualTo(plain(cldr.format(1_234_567.5)));
    }
    NumberFormat percent = NumberFormat.getPercentInstance(locale);
    percent.setMaximumFractionDigits(4);
    assertThat(texts.percent(new BigDecimal("8.25"))).isEqualTo(plain(percent.format(0.0825)));
  }

  @ParameterizedTest
  @MethodSource("countries")
  void datesAreWrittenInTheOrderOfTheCldr(String country) {
    LocalDate date = LocalDate.of(2026, 11, 25);
    Locale locale = Locale.of("en", country);
    assertThat(LocalTexts.of(locale).date(date))
        .isEqualTo(
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(locale).format(date));
  }

  private static String plain(String text) {
    return text.replace('\u202f', '\u00a0');
  }

  @Test
  void minutesAreNotBrokenInTwo() {
    assertThat(List.of(LocalTexts.minutes(0), LocalTexts.minutes(59), LocalTexts.minutes(605)))
        .containsExactly("0\u00a0min", "59\u00a0min", "10\u00a0h\u00a005\u00a0min");
  }
}
