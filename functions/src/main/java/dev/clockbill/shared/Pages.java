package dev.clockbill.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Answers public pages: HTML without script, under a Content-Security-Policy that allows nothing
 * but the one stylesheet, by its hash, and forms to named places.
 */
public final class Pages {
  private static final String STYLE = resource("page.css");
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; base-uri 'none'; frame-ancestors 'none'; form-action ";

  private Pages() {}

  /** The stylesheet of all pages, as {@code layout/page.jte} embeds it. */
  public static String style() {
    return STYLE;
  }

  /**
   * A page that no cache keeps and whose address no other site is told.
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
    try (InputStream file = Pages.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
