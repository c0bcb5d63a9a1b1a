package dev.clockbill.http;

import dev.clockbill.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Answers public pages: HTML without script, under a Content-Security-Policy that allows nothing
 * but the one stylesheet, by its hash, and forms to named places.
 */
public final class HtmlPage {
  private static final String STYLE = resource("page.css");
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(Sha256.of(STYLE))
          + "'; base-uri 'none'; frame-ancestors 'none'; form-action ";

  private HtmlPage() {}

  /** The stylesheet of all pages, as {@code layout/page.jte} embeds it. */
  public static String style() {
    return STYLE;
  }

  /**
   * A page that is never cached and whose address is not sent to other sites.
   *
   * @param html the whole page, by {@code layout/page.jte}
   * @param formTargets where its forms may lead, redirects included, as the policy writes it:
   *     {@code 'none'}, {@code 'self'}, {@code 'self' https://checkout.stripe.com}
   */
  public static Response page(int status, String html, String formTargets) {
    return Response.of(status, "text/html; charset=utf-8", html)
        .with("content-security-policy", POLICY + formTargets)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store");
  }

  private static String resource(String name) {
    try (InputStream file = HtmlPage.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
