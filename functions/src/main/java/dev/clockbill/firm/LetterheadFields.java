package dev.clockbill.firm;

import static dev.clockbill.firm.MergedFields.text;

import dev.clockbill.http.Fields;
import java.net.URI;
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
  private static final int SHORT = AddressFields.SHORT;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0-]+");

  private LetterheadFields() {}

  /** The letterhead as it is with the request's fields in it; errors stay with the fields. */
  static Letterhead merged(Fields fields, Letterhead now) {
    Postal postal = AddressFields.postal(fields, now.postal());
    return new Letterhead(
        postal,
        AddressFields.phone(fields, now.phone()),
        text(fields, "website", Fields.NAME, now.website(), LetterheadFields::website),
        AddressFields.taxId(fields, now.taxId(), postal.country()),
        bank(fields, now.bank()),
        branding(fields, now.branding()));
  }

  private static Bank bank(Fields fields, Bank now) {
    return MergedFields.object(
        fields,
        "bank",
        now,
        Bank.NONE,
        parts ->
            new Bank(
                text(parts, "holder", Fields.NAME, now.holder(), MergedFields::line),
                text(parts, "iban", 60, now.iban(), LetterheadFields::iban),
                text(parts, "bic", SHORT, now.bic(), LetterheadFields::bic),
                text(parts, "account", SHORT, now.account(), MergedFields::line),
                text(parts, "routing", SHORT, now.routing(), MergedFields::line),
                text(parts, "bankName", Fields.NAME, now.bankName(), MergedFields::line)));
  }

  private static Branding branding(Fields fields, Branding now) {
    fields.notNull("branding");
    Optional<Fields> sent = fields.object("branding");
    if (sent.isEmpty()) {
      return now;
    }
    Fields parts = sent.get();
    String color = text(parts, "color", SHORT, now.color(), LetterheadFields::color);
    Boolean logo = parts.bool("logo");
    if (logo != null && logo != now.hasLogo()) {
      parts.refuse("logo", "Upload or remove the logo itself, by PUT or DELETE /firm/logo.");
    }
    parts.check();
    return new Branding(color, now.logo());
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
