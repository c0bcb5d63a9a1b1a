package dev.clockbill.print;

/**
 * What a firm's mails and pages look like.
 *
 * @param colors its own, made readable
 * @param logo where its logo is found; null where it has none
 */
public record Face(BrandColors colors, String logo) {
  /** The look of what has no firm's. */
  public static final Face PLAIN = new Face(BrandColors.OWN, null);

  /** The content id of a mail's logo (RFC 2392). */
  public static final String LOGO_ID = "logo";

  /** Where a mail finds its logo: in itself, so that reading it asks nobody. */
  public static final String LOGO_IN_MAIL = "cid:" + LOGO_ID;

  /** What makes a page of the firm's colours, for {@code page.css}. */
  public String style() {
    return ":root{--press:light-dark("
        + colors.press()
        + ","
        + colors.darkPress()
        + ");--on-press:light-dark("
        + colors.onPress()
        + ","
        + colors.darkOnPress()
        + ");--accent:light-dark("
        + colors.accent()
        + ","
        + colors.darkAccent()
        + ")}";
  }
}
