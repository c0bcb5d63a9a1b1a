package dev.clockbill.invoice;

import java.util.regex.Pattern;

/**
 * The pay link: the address in the mail, where a customer sees an invoice and pays it. It ends in
 * the invoice's secret token; {@link dev.clockbill.table.Pointer#payLink} leads from the token to
 * the invoice.
 */
public final class PayLink {
  /** 128 bits, as {@link dev.clockbill.shared.Ids#secret} writes them. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private PayLink() {}

  /** Whether a text has the form of a token, so that nothing else is looked up. */
  public static boolean mayBeToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * The link as mails and answers show it.
   *
   * @param baseUrl the address of this installation, without a slash at its end
   * @param token the invoice's {@code payToken}
   */
  public static String url(String baseUrl, String token) {
    return baseUrl + path(token);
  }

  /** The link within this installation. */
  public static String path(String token) {
    return "/pay/" + token;
  }
}
