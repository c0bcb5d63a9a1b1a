package dev.clockbill.shared;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes money, dates, times and percentages in English as people of a country are used to: {@code
 * $1,234.50} and {@code November 25, 2026} in the United States, {@code 1.234,50 €} and {@code 25
 * November 2026} in Germany.
 *
 * <p>The conventions are those of Unicode's CLDR 47 for English in each country (as the JDK has
 * them; a test holds that), kept here as a small table of our own: its versions in browsers, in the
 * JDK and on phones differ from each other, and an amount must read the same in the portal, in a
 * mail, on the PDF and on the pay page. {@code portal/core/local-texts.js} is the same table. What
 * differs from CLDR on purpose: the sign is always first; a currency of letters stands off from its
 * digits; blanks are no-break spaces; the euro stands before the digits in {@code en-150} (as in
 * CLDR 48); India's digits are grouped as India does.
 *
 * <p>Instances are immutable, and there is one of each country.
 */
public final class LocalTexts {
  /** Between thousands, between a symbol and digits, in durations: a line never breaks there. */
  private static final String BLANK = "\u00a0";

  private static final Set<String> COMMA_POINT = words("AT BE DE DK ES ID IT NL PL RO SI");
  private static final Set<String> COMMA_BLANK = words("CZ FI FR HU NO PT SE SK ZA");
  private static final Set<String> APOSTROPHE = words("CH LI");
  private static final Set<String> INDIAN = words("IN");
  private static final Set<String> SYMBOL_LAST =
      words("BE CZ DE DK ES FI FR HU IT NO PL PT RO SE SI SK");
  private static final Set<String> SYMBOL_APART = words("AT CH LI MV NL");
  private static final Set<String> PERCENT_APART = words("AT DE DK FI NO SE");
  private static final Set<String> MONTH_FIRST =
      words("AS BI CA CN GU JP KR MH MP PH PR TW UM US VI");
  private static final Set<String> DOLLARS = words("AS GU MH MP PH PR UM US VI");
  private static final Set<String> TWELVE_HOURS =
      words(
          "AE AG AS AU BB BD BH BM BS CA CY DM DO EG ER FJ FM GD GH GM GU GY HK IN JM JO KE KI KN"
              + " KR KW KY LB LC LR LS MH MO MP MW MX MY NA NG NZ OM PG PH PK PR PW QA SA SB SD SG"
              + " SL SS SZ TC TO TT UM US VC VG VI VU WS ZM");

  /** Symbols that everybody knows. */
  private static final Map<String, String> SYMBOLS =
      pairs(
          "AUD A$ BRL R$ CAD CA$ CNY CN¥ EUR € GBP £ HKD HK$ ILS ₪ INR ₹ JPY JP¥ KRW ₩ MXN MX$ NZD"
              + " NZ$ PHP ₱ TWD NT$ USD US$ VND ₫ XCD EC$");

  /** Symbols that are clear in the country whose currency it is. */
  private static final Map<String, String> OWN_SYMBOLS =
      pairs(
          "AUD $ BBD $ BMD $ BSD $ BWP P BZD $ CAD $ DKK kr. FJD $ FKP £ GHS GH₵ GIP £ GYD $ IDR Rp"
              + " JMD $ JPY ¥ KES Ksh KYD $ LRD $ MUR Rs MWK MK MYR RM NAD $ NGN ₦ NOK kr NZD $ PGK"
              + " K PKR Rs SBD $ SEK kr SGD $ TTD $ TZS TSh UGX USh USD $ ZAR R ZMW K");

  /** Not the JDK's formatter: it takes a starting function milliseconds to load such names. */
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final Map<String, LocalTexts> KNOWN = new ConcurrentHashMap<>();

  private final String country;
  private final String decimalPoint;
  private final String grouping;

  private LocalTexts(String country) {
    this.country = country;
    boolean comma = COMMA_POINT.contains(country) || COMMA_BLANK.contains(country);
    this.decimalPoint = comma ? "," : ".";
    this.grouping = grouping(country);
  }

  private static String grouping(String country) {
    if (COMMA_POINT.contains(country)) {
      return ".";
    }
    if (COMMA_BLANK.contains(country)) {
      return BLANK;
    }
    return APOSTROPHE.contains(country) ? "’" : ",";
  }

  /** The texts of a locale. */
  public static LocalTexts of(Locale locale) {
    return KNOWN.computeIfAbsent(locale.getCountry(), LocalTexts::new);
  }

  /**
   * The locale of whoever is in a country, or, where that is not known, bills in a currency: the
   * first two letters of an ISO 4217 code are the ISO 3166 code of its country. The euro is of
   * Europe, {@code 150}; other currencies of several countries are of the world, {@code 001} (UN
   * M.49, as BCP 47 takes it).
   */
  public static Locale locale(Optional<String> country, String currency) {
    return new Locale.Builder()
        .setLanguage("en")
        .setRegion(country.orElseGet(() -> region(currency)))
        .build();
  }

  private static String region(String currency) {
    if (currency.equals("EUR")) {
      return "150";
    }
    return currency.startsWith("X") ? "001" : currency.substring(0, 2);
  }

  /** An amount in minor units, such as {@code $1,234.50}, with all of the currency's decimals. */
  public String money(long amount, String currency) {
    String digits = digits(Money.decimal(amount, currency).abs());
    String symbol = symbol(currency);
    String sign = amount < 0 ? "-" : "";
    if (SYMBOL_LAST.contains(country)) {
      return sign + digits + BLANK + symbol;
    }
    boolean apart =
        SYMBOL_APART.contains(country)
            || Character.isLetter(symbol.codePointBefore(symbol.length()));
    return sign + symbol + (apart ? BLANK : "") + digits;
  }

  private String symbol(String currency) {
    String own = OWN_SYMBOLS.get(currency);
    boolean here =
        currency.startsWith(country) || (currency.equals("USD") && DOLLARS.contains(country));
    return own != null && here ? own : SYMBOLS.getOrDefault(currency, currency);
  }

  /** A number with its thousands apart, and the decimals that it has. */
  private String digits(BigDecimal number) {
    String plain = number.toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < whole.length(); i++) {
      int left = whole.length() - i;
      boolean indian = INDIAN.contains(country) && left > 3;
      if (i > 0 && (indian ? left % 2 == 1 : left % 3 == 0)) {
        text.append(grouping);
      }
      text.append(whole.charAt(i));
    }
    return point < 0 ? text.toString() : text + decimalPoint + plain.substring(point + 1);
  }

  /** A number, such as {@code 1,250.5}, without zeros at its end. */
  public String quantity(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return digits(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
  }

  /** A percentage, such as {@code 8.25%}, without zeros at its end. */
  public String percent(BigDecimal percent) {
    return quantity(percent) + (PERCENT_APART.contains(country) ? BLANK : "") + "%";
  }

  /** A date that nobody can misread, the month in letters: {@code November 25, 2026}. */
  public String date(LocalDate date) {
    return day(date) + (monthFirst() ? ", " : " ") + date.getYear();
  }

  /** A day of a year that is clear: {@code November 25}. */
  public String day(LocalDate date) {
    String month = MONTHS.get(date.getMonthValue() - 1);
    int day = date.getDayOfMonth();
    return monthFirst() ? month + " " + day : day + " " + month;
  }

  /** A time of day: {@code 6:05 PM}, {@code 18:05}. */
  public String time(LocalTime time) {
    int hour = time.getHour();
    String minute = ":" + twoDigits(time.getMinute());
    if (!TWELVE_HOURS.contains(country)) {
      return twoDigits(hour) + minute;
    }
    boolean morning = hour < 12;
    String half = monthFirst() ? (morning ? "AM" : "PM") : morning ? "am" : "pm";
    return (hour % 12 == 0 ? 12 : hour % 12) + minute + BLANK + half;
  }

  private boolean monthFirst() {
    return MONTH_FIRST.contains(country);
  }

  /** Whole minutes: {@code 45 min}, {@code 1 h 05 min}, not broken in two; alike everywhere. */
  public static String minutes(long minutes) {
    long hours = minutes / 60;
    long rest = minutes % 60;
    return hours == 0
        ? rest + BLANK + "min"
        : hours + BLANK + "h" + BLANK + twoDigits(rest) + BLANK + "min";
  }

  private static String twoDigits(long number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  private static Map<String, String> pairs(String text) {
    String[] words = text.split(" ");
    return IntStream.range(0, words.length / 2)
        .boxed()
        .collect(Collectors.toMap(i -> words[2 * i], i -> words[2 * i + 1]));
  }
}
