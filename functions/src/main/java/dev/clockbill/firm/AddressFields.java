package dev.clockbill.firm;

import static dev.clockbill.firm.MergedFields.text;

import dev.clockbill.http.Fields;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads where a firm or a customer is found, merged as RFC 7396 says. */
final class AddressFields {
  /** The most characters of a phone number, a postal code and the like. */
  static final int SHORT = 40;

  private static final Pattern DIGITS = Pattern.compile("(?:\\D*\\d){4,}\\D*");

  private AddressFields() {}

  /** An address in its parts; null in place of the object removes all of them. */
  static Postal postal(Fields fields, Postal now) {
    return MergedFields.object(
        fields,
        "postal",
        now,
        Postal.NONE,
        parts ->
            new Postal(
                text(parts, "street", Fields.NAME, now.street(), MergedFields::line),
                text(parts, "street2", Fields.NAME, now.street2(), MergedFields::line),
                text(parts, "city", Fields.NAME, now.city(), MergedFields::line),
                text(parts, "region", Fields.NAME, now.region(), MergedFields::line),
                text(parts, "postalCode", SHORT, now.postalCode(), MergedFields::line),
                text(parts, "country", SHORT, now.country(), AddressFields::country)));
  }

  /**
   * The address as somebody writes it themselves; null where it follows its parts. What is sent
   * back as it was made of the parts is nobody's own: it would stay as it is when the parts change.
   *
   * @param own what it is if the request does not name it
   * @param before the parts as they were
   * @param after the parts as they become
   */
  static String own(Fields fields, String own, Postal before, Postal after) {
    if (!fields.has("address")) {
      return own;
    }
    String sent = fields.textOrEmpty("address", Fields.NOTE);
    boolean made =
        sent == null || sent.isEmpty() || sent.equals(after.text()) || sent.equals(before.text());
    return made ? null : sent;
  }

  /** A phone number as people write it. */
  static String phone(Fields fields, String now) {
    return text(
        fields,
        "phone",
        SHORT,
        now,
        (text, refuse) ->
            DIGITS.matcher(text).matches()
                ? MergedFields.line(text, refuse)
                : refuse.apply("This is not a phone number such as +1 512 555 0134."));
  }

  /**
   * A tax number of the form that its country gives; what is sent back as it is stays, right or
   * wrong.
   *
   * @param country of the address as it becomes; may be null
   */
  static String taxId(Fields fields, String now, String country) {
    return text(
        fields,
        "taxId",
        Fields.NAME,
        now,
        (text, refuse) ->
            text.equals(now)
                ? now
                : MergedFields.line(text, refuse) == null
                    ? null
                    : TaxId.read(text, country, refuse));
  }

  private static String country(String text, UnaryOperator<String> refuse) {
    return AddressFormat.countries().contains(text)
        ? text
        : refuse.apply("This has to be a country's code of two letters such as US (ISO 3166).");
  }
}
