package dev.clockbill.local.processor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** What texts in requests have to be: addresses of mail and of pages, countries, currencies. */
final class Formats {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private Formats() {}

  /**
   * Refuses what is no address of mail.
   *
   * @throws StripeError {@code email_invalid}
   */
  static void email(Form form, String parameter) {
    form.text(parameter)
        .filter(
            email -> email.length() > 800 || !email.matches("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+"))
        .ifPresent(
            email -> {
              throw StripeError.wrongParameter(
                  "email_invalid", parameter, "Invalid email address: " + email);
            });
  }

  /**
   * Refuses what is no address of a page; with a live key only {@code https} is accepted.
   *
   * @throws StripeError {@code url_invalid}
   */
  static void url(Form form, String parameter, boolean live) {
    form.text(parameter)
        .ifPresent(
            url -> {
              String scheme = scheme(url.replaceAll("\\{\\w+}", "x"));
              if (!Arrays.asList("http", "https").contains(scheme)) {
                throw StripeError.wrongParameter("url_invalid", parameter, "Not a valid URL");
              }
              if (live && !scheme.equals("https")) {
                throw StripeError.wrongParameter(
                    "url_invalid",
                    parameter,
                    "Livemode requests must always be redirected via HTTPS.");
              }
            });
  }

  private static String scheme(String url) {
    try {
      URI address = new URI(url);
      return address.getHost() == null ? "" : address.getScheme();
    } catch (URISyntaxException malformed) {
      return "";
    }
  }

  /**
   * Refuses what is no country by ISO 3166.
   *
   * @throws StripeError {@code country_unsupported}
   */
  static void country(Form form, String parameter) {
    form.text(parameter)
        .filter(country -> !COUNTRIES.contains(country))
        .ifPresent(
            country -> {
              throw StripeError.wrongParameter(
                  "country_unsupported",
                  parameter,
                  "Country '" + country + "' is unknown. Try a code of two letters such as 'US'.");
            });
  }

  /**
   * Refuses what is no currency by ISO 4217, in lower case.
   *
   * @throws StripeError naming it
   */
  static void currency(String parameter, String currency) {
    try {
      Currency.getInstance(currency.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw StripeError.wrongParameter(
          "parameter_invalid", parameter, "Invalid currency: " + currency);
    }
  }
}
