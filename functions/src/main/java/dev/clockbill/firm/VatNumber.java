package dev.clockbill.firm;

import static dev.clockbill.firm.CheckDigits.weighted;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of one country's VAT numbers.
 *
 * <p>Its check digits are looked at in ten countries and Northern Ireland; elsewhere only the form
 * is, because a right number must never be refused. No rule is stricter than that of python-stdnum
 * 2.2, with which all of these were compared: docs/decisions/0036 says on which numbers.
 *
 * @param prefix what it begins with, which is not always the country's code
 * @param country ISO 3166 code of who gives it
 * @param name whose numbers these are, as a sentence says it
 * @param rest what follows the prefix
 * @param example one of that form
 * @param checks whether the check digits in the rest fit
 */
record VatNumber(
    String prefix,
    String country,
    String name,
    Pattern rest,
    String example,
    Predicate<String> checks) {

  /** All of them by their prefixes. */
  static final Map<String, VatNumber> BY_PREFIX =
      Stream.of(
              of("AT", "Austria", "U\\d{8}", "U12345675"),
              of("BE", "Belgium", "[01]\\d{9}", "0123456749", VatNumber::belgian),
              of("BG", "Bulgaria", "\\d{9,10}", "123456786"),
              of("CY", "Cyprus", "\\d{8}[A-Z]", "01234567U"),
              of("CZ", "Czechia", "\\d{8,10}", "12345679"),
              of("DE", "Germany", "\\d{9}", "123456788", CheckDigits::mod11And10),
              of("DK", "Denmark", "\\d{8}", "12345674", VatNumber::danish),
              of("EE", "Estonia", "\\d{9}", "123456780"),
              of("EL", "GR", "Greece", "\\d{9}", "123456783", VatNumber::any),
              of("ES", "Spain", "[A-Z]\\d{7}[A-Z\\d]|\\d{8}[A-Z]", "B12345674"),
              of("FI", "Finland", "\\d{8}", "12345671", VatNumber::finnish),
              of("FR", "France", "[A-HJ-NP-Z\\d]{2}\\d{9}", "11123456782", VatNumber::french),
              of("HR", "Croatia", "\\d{11}", "12345678903", CheckDigits::mod11And10),
              of("HU", "Hungary", "\\d{8}", "12345676"),
              of("IE", "Ireland", "\\d[A-Z\\d+*]\\d{5}[A-W]{1,2}", "1234567FA"),
              of("IT", "Italy", "\\d{11}", "12345670017", CheckDigits::luhn),
              of("LT", "Lithuania", "\\d{9}|\\d{12}", "123456715"),
              of("LU", "Luxembourg", "\\d{8}", "12345613", VatNumber::luxembourgish),
              of("LV", "Latvia", "\\d{11}", "40012345674"),
              of("MT", "Malta", "\\d{8}", "12345634"),
              of("NL", "the Netherlands", "\\d{9}B\\d{2}", "123456782B90"),
              of("PL", "Poland", "\\d{10}", "1234563218", VatNumber::polish),
              of("PT", "Portugal", "\\d{9}", "123456789"),
              of("RO", "Romania", "\\d{2,10}|\\d{13}", "1234567897"),
              of("SE", "Sweden", "\\d{10}\\d{2}", "123456789701"),
              of("SI", "Slovenia", "\\d{8}", "12345679"),
              of("SK", "Slovakia", "\\d{10}", "1234567895"),
              british("XI", "Northern Ireland"),
              british("GB", "the United Kingdom"))
          .collect(Collectors.toUnmodifiableMap(VatNumber::prefix, Function.identity()));

  /** Older numbers of these had a digit less and get a zero in front. */
  private static final Set<String> LENGTHENED = Set.of("BE", "EL", "NL");

  private static final Map<String, VatNumber> BY_COUNTRY =
      BY_PREFIX.values().stream()
          .filter(each -> !each.prefix.equals("XI"))
          .collect(Collectors.toUnmodifiableMap(VatNumber::country, Function.identity()));

  /** The numbers of a country; null where it gives none that are known here. */
  static VatNumber of(String country) {
    return BY_COUNTRY.get(country);
  }

  /** The numbers with a prefix, that of Greece's country code included; null for others. */
  static VatNumber withPrefix(String number) {
    String prefix = number.substring(0, Math.min(2, number.length()));
    return prefix.equals("GR") ? of("GR") : BY_PREFIX.get(prefix);
  }

  /**
   * The number as it is kept: the prefix and the rest without blanks; null where this is none.
   *
   * @param compact capitals and digits, with or without the prefix
   */
  String normal(String compact) {
    for (String own : new String[] {prefix, country, ""}) {
      if (compact.startsWith(own)) {
        String found = compact.substring(own.length());
        if (fits(found)) {
          return prefix + found;
        }
        if (LENGTHENED.contains(prefix) && fits("0" + found)) {
          return prefix + "0" + found;
        }
      }
    }
    return null;
  }

  private boolean fits(String found) {
    return rest.matcher(found).matches() && checks.test(found);
  }

  private static VatNumber of(String country, String name, String rest, String example) {
    return of(country, name, rest, example, VatNumber::any);
  }

  private static VatNumber of(
      String country, String name, String rest, String example, Predicate<String> checks) {
    return of(country, country, name, rest, example, checks);
  }

  private static VatNumber of(
      String prefix,
      String country,
      String name,
      String rest,
      String example,
      Predicate<String> checks) {
    return new VatNumber(prefix, country, name, Pattern.compile(rest), prefix + example, checks);
  }

  /**
   * Nine digits, with three more for a branch; government departments and health authorities, also
   * with 8888 and two check digits.
   */
  private static VatNumber british(String prefix, String name) {
    return of(
        prefix,
        "GB",
        name,
        "\\d{9}(\\d{3})?|GD[0-4]\\d\\d|HA[5-9]\\d\\d|(GD8888[0-4]|HA8888[5-9])\\d{4}",
        "123456782",
        VatNumber::british);
  }

  private static boolean any(String rest) {
    return true;
  }

  private static boolean british(String rest) {
    if (rest.length() == 5) {
      return true;
    }
    if (rest.length() == 11) {
      return number(rest, 6, 9) % 97 == number(rest, 9, 11);
    }
    int sum = weighted(rest, 8, 7, 6, 5, 4, 3, 2, 10, 1) % 97;
    return sum == 0 || sum == 42 || sum == 55;
  }

  private static boolean belgian(String rest) {
    return (number(rest, 0, 8) + number(rest, 8, 10)) % 97 == 0;
  }

  /** A key with a letter is not checked. */
  private static boolean french(String rest) {
    boolean digits = rest.chars().allMatch(each -> each >= '0' && each <= '9');
    long siren = number(rest, 2, 11);
    return !digits || (12 + 3 * (siren % 97)) % 97 == number(rest, 0, 2);
  }

  private static boolean luxembourgish(String rest) {
    return number(rest, 0, 6) % 89 == number(rest, 6, 8);
  }

  private static boolean danish(String rest) {
    return weighted(rest, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  private static boolean finnish(String rest) {
    return weighted(rest, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0;
  }

  private static boolean polish(String rest) {
    return weighted(rest, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1) % 11 == 0;
  }

  private static long number(String digits, int from, int to) {
    return Long.parseLong(digits, from, to, 10);
  }
}
