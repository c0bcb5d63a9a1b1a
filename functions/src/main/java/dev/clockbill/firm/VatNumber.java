package dev.clockbill.firm;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of one country's VAT numbers: docs/decisions/0036 says why the form alone is checked.
 *
 * @param prefix what it begins with, which is not always the country's code
 * @param country ISO 3166 code of who gives it
 * @param name whose numbers these are, as a sentence says it
 * @param rest what follows the prefix
 * @param example one of that form
 */
record VatNumber(String prefix, String country, String name, Pattern rest, String example) {

  /**
   * Nine digits, with three more for a branch; government departments and health authorities, also
   * with 8888 and four digits.
   */
  private static final String BRITISH =
      "\\d{9}(\\d{3})?|GD[0-4]\\d\\d|HA[5-9]\\d\\d|(GD8888[0-4]|HA8888[5-9])\\d{4}";

  /** All of them by their prefixes. */
  static final Map<String, VatNumber> BY_PREFIX =
      Stream.of(
              of("AT", "Austria", "U\\d{8}", "U12345678"),
              of("BE", "Belgium", "[01]\\d{9}", "0123456789"),
              of("BG", "Bulgaria", "\\d{9,10}", "123456789"),
              of("CY", "Cyprus", "\\d{8}[A-Z]", "12345678X"),
              of("CZ", "Czechia", "\\d{8,10}", "12345678"),
              of("DE", "Germany", "\\d{9}", "123456789"),
              of("DK", "Denmark", "\\d{8}", "12345678"),
              of("EE", "Estonia", "\\d{9}", "123456789"),
              of("EL", "GR", "Greece", "\\d{9}", "123456789"),
              of("ES", "Spain", "[A-Z]\\d{7}[A-Z\\d]|\\d{8}[A-Z]", "B12345678"),
              of("FI", "Finland", "\\d{8}", "12345678"),
              of("FR", "France", "[A-HJ-NP-Z\\d]{2}\\d{9}", "12345678901"),
              of("HR", "Croatia", "\\d{11}", "12345678901"),
              of("HU", "Hungary", "\\d{8}", "12345678"),
              of("IE", "Ireland", "\\d[A-Z\\d+*]\\d{5}[A-W]{1,2}", "1234567FA"),
              of("IT", "Italy", "\\d{11}", "12345678901"),
              of("LT", "Lithuania", "\\d{9}|\\d{12}", "123456789"),
              of("LU", "Luxembourg", "\\d{8}", "12345678"),
              of("LV", "Latvia", "\\d{11}", "12345678901"),
              of("MT", "Malta", "\\d{8}", "12345678"),
              of("NL", "the Netherlands", "\\d{9}B\\d{2}", "123456789B01"),
              of("PL", "Poland", "\\d{10}", "1234567890"),
              of("PT", "Portugal", "\\d{9}", "123456789"),
              of("RO", "Romania", "\\d{2,10}|\\d{13}", "1234567890"),
              of("SE", "Sweden", "\\d{10}\\d{2}", "123456789001"),
              of("SI", "Slovenia", "\\d{8}", "12345678"),
              of("SK", "Slovakia", "\\d{10}", "1234567890"),
              of("XI", "GB", "Northern Ireland", BRITISH, "123456789"),
              of("GB", "the United Kingdom", BRITISH, "123456789"))
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

  /**
   * The numbers with a prefix, that of Greece's country code included; null for others.
   *
   * <p>Words begin like prefixes, as SIRET and HRB do: these letters are one only where a digit or
   * what fits that country's form follows.
   *
   * @param compact capitals, digits and slashes
   */
  static VatNumber withPrefix(String compact) {
    String prefix = compact.substring(0, Math.min(2, compact.length()));
    VatNumber named = prefix.equals("GR") ? of("GR") : BY_PREFIX.get(prefix);
    if (named == null) {
      return null;
    }
    String found = compact.substring(2).replace("/", "");
    boolean digit = !found.isEmpty() && found.charAt(0) >= '0' && found.charAt(0) <= '9';
    return digit || named.fits(found) ? named : null;
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
        // FR with nine digits has lost its key; FR is not that key.
        return LENGTHENED.contains(prefix) && fits("0" + found) ? prefix + "0" + found : null;
      }
    }
    return null;
  }

  private boolean fits(String found) {
    return rest.matcher(found).matches();
  }

  private static VatNumber of(String country, String name, String rest, String example) {
    return of(country, country, name, rest, example);
  }

  private static VatNumber of(
      String prefix, String country, String name, String rest, String example) {
    return new VatNumber(prefix, country, name, Pattern.compile(rest), prefix + example);
  }
}
