package dev.clockbill.http;

import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Answers public pages: HTML without script, under a Content-Security-Policy that allows nothing
 * but stylesheets by their hashes, images of our own and forms to named places.
 */
public final class HtmlPage {
  private static final String STYLE = resource("page.css");
  private static final String HASH = hash(STYLE);

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
    return page(status, html, formTargets, "", false);
  }

  /**
   * The same of a page with a stylesheet of a few more rules, and perhaps images of our own.
   *
   * @param style what the page has in a style element of its own; empty for none
   * @param images whether it shows any; otherwise browsers do not even ask for an icon
   */
  private static Response page(
      int status, String html, String formTargets, String style, boolean images) {
    String policy =
        "default-src 'none'; style-src "
            + HASH
            + (style.isEmpty() ? "" : " " + hash(style))
            + (images ? "; img-src 'self'" : "")
            + "; base-uri 'none'; frame-ancestors 'none'; form-action "
            + formTargets;
    return unseenByOthers(
        Response.of(status, "text/html; charset=utf-8", html)
            .with("content-security-policy", policy));
  }

  /**
   * The same of a page in a firm's look, with its logo where it shows one.
   *
   * @param face how the page looks
   */
  public static Response page(int status, String html, String formTargets, Face face) {
    return page(status, html, formTargets, face.style(), face.logo() != null);
  }

  /** The page behind a link that leads nowhere, or nowhere any more; it tells nothing. */
  public static Response unknownLink() {
    return page(404, Templates.html("unknownLink", "Clockbill"), "'none'");
  }

  /** Leads from a page behind a secret link to another address. */
  public static Response redirect(String url) {
    return unseenByOthers(new Response(303, Map.of("location", url), null, false));
  }

  /** An answer behind a secret link: no other site learns the link, and no cache keeps it. */
  public static Response unseenByOthers(Response response) {
    return response.with("referrer-policy", "no-referrer").with("cache-control", "no-store");
  }

  private static String hash(String style) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(style)) + "'";
  }

  private static String resource(String name) {
    try (InputStream file = HtmlPage.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
