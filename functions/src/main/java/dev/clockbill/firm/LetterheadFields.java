package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.iban4j.BicFormatException;
import org.iban4j.BicUtil;
import org.iban4j.IbanUtil;
import org.iban4j.UnsupportedCountryException;

/** Reads a firm's letterhead from the fields of a request, merged as RFC 7396 says. */
final class LetterheadFields {
  private static final int SHORT = 40;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");
  private static final Pattern DIGITS = Pattern.compile("(?:\\D*\\d){4,}\\D*");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0-]+");

  private LetterheadFields() {}

  /** The letterhead as it is with the request's fields in it; errors stay with the fields. */
  static Letterhead merged(Fields fields, Letterhead now) {
    return new Letterhead(
        postal(fields, now.postal()),
        optional(fields, "phone", SHORT, now.phone(), LetterheadFields::phone),
        optional(fields, "website", Fields.NAME, now.website(), LetterheadFields::website),
        optional(fields, "taxId", SHORT, now.taxId(), LetterheadFields::any),
        bank(fields, now.bank()),
        branding(fields, now.branding()));
  }

  /** An address in its parts; null in place of the object removes all of them. */
  static Postal postal(Fields fields, Postal now) {
    if (fields.isNull("postal")) {
      return Postal.NONE;
    }
    Optional<Fields> sent = fields.object("postal");
    if (sent.isEmpty()) {
      return now;
    }
    Fields parts = sent.get();
    Postal merged =
        new Postal(
            optional(parts, "street", Fields.NAME, now.street(), LetterheadFields::any),
            optional(parts, "street2", Fields.NAME, now.street2(), LetterheadFields::any),
            optional(parts, "city", Fields.NAME, now.city(), LetterheadFields::any),
            optional(parts, "region", Fields.NAME, now.region(), LetterheadFields::any),
            optional(parts, "postalCode", SHORT, now.postalCode(), LetterheadFields::any),
            optional(parts, "country", SHORT, now.country(), LetterheadFields::country));
    parts.check();
    return merged;
  }

  private static Bank bank(Fields fields, Bank now) {
    if (fields.isNull("bank")) {
      return Bank.NONE;
    }
    Optional<Fields> sent = fields.object("bank");
    if (sent.isEmpty()) {
      return now;
    }
    Fields parts = sent.get();
    Bank merged =
        new Bank(
            optional(parts, "holder", Fields.NAME, now.holder(), LetterheadFields::any),
            optional(parts, "iban", 60, now.iban(), LetterheadFields::iban),
            optional(parts, "bic", SHORT, now.bic(), LetterheadFields::bic),
            optional(parts, "account", SHORT, now.account(), LetterheadFields::any),
            optional(parts, "routing", SHORT, now.routing(), LetterheadFields::any),
            optional(parts, "bankName", Fields.NAME, now.bankName(), LetterheadFields::any));
    parts.check();
    return merged;
  }

  private static Branding branding(Fields fields, Branding now) {
    fields.notNull("branding");
    Optional<Fields> sent = fields.object("branding");
    if (sent.isEmpty()) {
      return now;
    }
    Fields parts = sent.get();
    String color = optional(parts, "color", SHORT, now.color(), LetterheadFields::color);
    Boolean logo = parts.bool("logo");
    if (logo != null && logo != now.hasLogo()) {
      parts.refuse("logo", "Upload or remove the logo itself, by PUT or DELETE /firm/logo.");
    }
    parts.check();
    return new Branding(color, now.logo());
  }

  /** A part's value by a rule that returns null after it refused, or the part as it is now. */
  private static String optional(Fields fields, String name, int longest, String now, Rule rule) {
    if (!fields.has(name)) {
      return now;
    }
    String text = fields.textOrEmpty(name, longest);
    if (text == null || text.isEmpty()) {
      return null;
    }
    return rule.read(text, message -> fields.refuse(name, message));
  }

  /** What a part has to be. */
  private interface Rule {
    String read(String text, UnaryOperator<String> refuse);
  }

  private static String any(String text, UnaryOperator<String> refuse) {
    return text.indexOf('\n') < 0 ? text : refuse.apply("This has to be one line.");
  }

  private static String phone(String text, UnaryOperator<String> refuse) {
    return DIGITS.matcher(text).matches()
        ? any(text, refuse)
        : refuse.apply("This is not a phone number such as +1 512 555 0134.");
  }

  private static String website(String text, UnaryOperator<String> refuse) {
    return webAddress(text)
        ? text
        : refuse.apply("This is not a web address such as https://www.example.com.");
  }

  private static boolean webAddress(String text) {
    try {
      URI address = URI.create(text);
      String scheme = address.getScheme();
      String host = address.getRawAuthority();
      return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
          && host != null
          && host.indexOf('@') < 0
          && host.matches("[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+(:\\d{1,5})?");
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private static String country(String text, UnaryOperator<String> refuse) {
    return Arrays.asList(Locale.getISOCountries()).contains(text)
        ? text
        : refuse.apply("This has to be a country's code of two letters such as US (ISO 3166).");
  }

  private static String color(String text, UnaryOperator<String> refuse) {
    String color = text.toLowerCase(Locale.ROOT);
    return COLOR.matcher(color).matches()
        ? color
        : refuse.apply("This has to be a color such as #1f5fd0.");
  }

  private static String iban(String text, UnaryOperator<String> refuse) {
    String iban = compact(text);
    return IbanUtil.isValid(iban)
        ? iban
        : refuse.apply(
            "This IBAN is not right: its length or its check digits do not fit. Compare it with"
                + " your bank's paper.");
  }

  private static String bic(String text, UnaryOperator<String> refuse) {
    String bic = compact(text);
    try {
      BicUtil.validate(bic);
      return bic;
    } catch (BicFormatException | UnsupportedCountryException wrong) {
      return refuse.apply("This is not a BIC, of 8 or 11 characters such as COBADEFFXXX.");
    }
  }

  private static String compact(String text) {
    return BLANKS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
  }
}
