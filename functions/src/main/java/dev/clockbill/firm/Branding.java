package dev.clockbill.firm;

/**
 * The firm's look on what customers see.
 *
 * @param color {@code #rrggbb} in lower case; null for Clockbill's own
 * @param logo the SHA-256 hash of the firm's {@link Logo}, in hexadecimal; null where there is none
 */
public record Branding(String color, String logo) {
  /** Clockbill's own look. */
  public static final Branding NONE = new Branding(null, null);

  /** Whether the firm has a logo. */
  public boolean hasLogo() {
    return logo != null;
  }
}
