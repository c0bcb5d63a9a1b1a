package dev.clockbill.statement;

import dev.clockbill.firm.ClientItem;
import java.util.regex.Pattern;

/**
 * The client link: the address of the page on which a customer sees all their invoices. It ends in
 * a secret token; {@link dev.clockbill.table.Pointer#clientLink} leads from the token to the
 * customer.
 */
final class ClientLink {
  /** 128 bits, as {@link dev.clockbill.shared.Ids#secret} writes them. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private ClientLink() {}

  /** Whether a text has the form of a token, so that nothing else is looked up. */
  static boolean mayBeToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** The link as mails and answers show it. */
  static String url(String baseUrl, String token) {
    return baseUrl + path(token);
  }

  /** The same of a customer's client page; null where there is no link, or it was revoked. */
  static String url(String baseUrl, ClientItem client) {
    return client.token() == null ? null : url(baseUrl, client.token());
  }

  /** The link within this installation. */
  static String path(String token) {
    return "/clients/" + token;
  }
}
