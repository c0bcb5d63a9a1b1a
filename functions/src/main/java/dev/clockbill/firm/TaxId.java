package dev.clockbill.firm;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number under which a firm or a customer is taxed, checked by its form and kept in one way of
 * writing.
 *
 * <p>What it begins with tells whose it is, else the country of the address. Numbers of countries
 * without a rule here are kept as they are, and so is a national tax number with a slash, as a
 * German or Austrian business without a VAT number has one, and a person's number in the United
 * States. Why the form alone is checked: docs/decisions/0036.
 */
final class TaxId {
  private static final Pattern SIGNS = Pattern.compile("[\\s\\p{Zs}\\p{Pd}\\p{Cf}.,:]+");

  /** Social security numbers and ITINs, which are no EIN. */
  private static final Pattern PERSON = Pattern.compile("\\d{3}-\\d{2}-\\d{4}");

  private static final Pattern EIN = Pattern.compile("(?:EIN)?(\\d{2})(\\d{7})");
  private static final Pattern ABN = Pattern.compile("(?:ABN)?(\\d{2})(\\d{3})(\\d{3})(\\d{3})");
  private static final Pattern UID =
      Pattern.compile("(?:CHE)?(\\d{3})(\\d{3})(\\d{3})(MWST|TVA|IVA|TPV)?");

  private static final Pattern SWISS = Pattern.compile("CHE\\d");

  private TaxId() {}

  /**
   * The number as it is kept, or null after it was refused.
   *
   * @param country ISO 3166 code of the address; may be null
   * @param refuse takes a sentence and returns null
   */
  static String read(String text, String country, UnaryOperator<String> refuse) {
    String compact = SIGNS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    boolean swiss = SWISS.matcher(compact).lookingAt();
    VatNumber named = swiss ? null : VatNumber.withPrefix(compact);
    // Without a prefix a slash tells a national tax number, with it only how somebody writes.
    compact = named == null ? compact : compact.replace("/", "");
    String found = swiss ? uid(compact) : normal(named, compact);
    if (found == null && country != null) {
      found = ofCountry(text, compact, country);
    }
    if (found != null) {
      return found;
    }
    String form = form(swiss, named, country);
    boolean national = VatNumber.of(country == null ? "" : country) != null && text.contains("/");
    return form == null || (national && named == null) ? text : refuse.apply(form);
  }

  private static String ofCountry(String text, String compact, String country) {
    return switch (country) {
      case "US" -> PERSON.matcher(text).matches() ? text : ein(compact);
      case "AU" -> abn(compact);
      case "CH" -> uid(compact);
      default -> normal(VatNumber.of(country), compact);
    };
  }

  private static String normal(VatNumber form, String compact) {
    return form == null ? null : form.normal(compact);
  }

  /** Nine digits, 12-3456789; any two may be the first. */
  private static String ein(String compact) {
    Matcher digits = EIN.matcher(compact);
    return digits.matches() ? digits.group(1) + "-" + digits.group(2) : null;
  }

  /** Eleven digits, 51 824 753 556. */
  private static String abn(String compact) {
    Matcher digits = ABN.matcher(compact);
    return digits.matches()
        ? String.join(" ", digits.group(1), digits.group(2), digits.group(3), digits.group(4))
        : null;
  }

  /** CHE-123.456.789, with MWST, TVA, IVA or TPV where its holder charges VAT. */
  private static String uid(String compact) {
    Matcher digits = UID.matcher(compact);
    if (!digits.matches()) {
      return null;
    }
    String number = "CHE-" + String.join(".", digits.group(1), digits.group(2), digits.group(3));
    return digits.group(4) == null ? number : number + " " + digits.group(4);
  }

  /** What the number would have to look like; null where any may be right. */
  private static String form(boolean swiss, VatNumber named, String country) {
    VatNumber own = country == null ? null : VatNumber.of(country);
    boolean ruled = own != null || country == null || country.matches("US|AU|CH");
    if (!ruled) {
      return null;
    }
    if (swiss || (named == null && "CH".equals(country))) {
      return "This is not a UID of Switzerland, such as CHE-123.456.789 or CHE-123.456.789 MWST."
          + " Compare it with the paper it is from.";
    }
    if (named != null) {
      return vat(named)
          + (country == null ? ", or first fill in the country of the address." : ".");
    }
    if (own != null) {
      return vat(own) + ".";
    }
    return switch (country) {
      case null -> null;
      case "US" -> "This is not an EIN, which has nine digits, such as 12-3456789.";
      default ->
          "This is not an ABN, which has eleven digits, such as 51 824 753 556. Compare it with the"
              + " paper it is from.";
    };
  }

  private static String vat(VatNumber form) {
    return "This is not a VAT number of "
        + form.name()
        + ", such as "
        + form.example()
        + ". Compare it with the paper it is from";
  }
}
