package dev.clockbill.portal;

import dev.clockbill.shared.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What stands at the address itself.
 *
 * @param html the page
 * @param policy its Content-Security-Policy, which knows the page's own style by hash and nothing
 *     else
 */
record StartPage(String html, String policy) {

  /** A page with one {@code style} element. */
  static StartPage of(String html) {
    String open = "<style>";
    String style = html.substring(html.indexOf(open) + open.length(), html.indexOf("</style>"));
    return new StartPage(
        html,
        "default-src 'none'; style-src 'sha256-"
            + hash(style)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  /** The page as an answer. */
  Response response() {
    return Response.of(200, "text/html; charset=utf-8", html)
        .with("content-security-policy", policy)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "public, max-age=300");
  }

  private static String hash(String style) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
