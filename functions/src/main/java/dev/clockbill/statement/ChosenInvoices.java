package dev.clockbill.statement;

import dev.clockbill.payment.CheckoutSessions;
import dev.clockbill.shared.Ids;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The invoices that a customer has ticked on the client page.
 *
 * @param ids each once; what is no id at all is left out
 */
record ChosenInvoices(List<String> ids) {
  /** The name of the boxes. */
  static final String FIELD = "invoice";

  /** Reads the body of a form. */
  static ChosenInvoices ofForm(String body) {
    return of(
        Stream.of(body.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2 && pair[0].equals(FIELD))
            .map(pair -> decoded(pair[1])));
  }

  /** Reads a parameter of the query, where the gateway writes several with commas between them. */
  static ChosenInvoices ofQuery(String parameter) {
    return of(Stream.of(parameter.split(",", -1)));
  }

  private static ChosenInvoices of(Stream<String> texts) {
    return new ChosenInvoices(texts.filter(Ids::looksLikeOne).distinct().toList());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  /** Whether they are more than one checkout takes. */
  boolean tooMany() {
    return ids.size() > CheckoutSessions.MOST_INVOICES;
  }
}
