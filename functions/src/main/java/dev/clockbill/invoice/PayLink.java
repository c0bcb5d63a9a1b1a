package dev.clockbill.invoice;

/**
 * The pay link: the address in the mail, where a customer sees an invoice and pays it. It ends in
 * the invoice's secret token; {@link dev.clockbill.table.Pointer#payLink} leads from the token to
 * the invoice.
 */
public final class PayLink {
  private PayLink() {}

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
