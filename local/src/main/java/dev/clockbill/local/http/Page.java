package dev.clockbill.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An HTML page of the stack: a frame around its content, and security headers.
 *
 * @param title the title of the window and the first heading
 * @param content everything below the heading
 * @param formTargets addresses besides the stack that its forms may lead to
 */
public record Page(String title, Html content, List<URI> formTargets) {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <link rel="stylesheet" href="/_local/style.css">
      </head>
      <body>
      <header><nav aria-label="Stack"><a href="/_local">Start</a> <a href="/_local/inbox">Mails</a> \
      <a href="/_processor/checkout">Checkouts</a></nav></header>
      <main>
      <h1>%s</h1>
      %s
      </main>
      </body>
      </html>
      """;

  /** A page whose forms only lead to the stack. */
  public static Page of(String title, Html content) {
    return new Page(title, content, List.of());
  }

  /** The same page; its forms may redirect to these addresses. */
  public Page leadingTo(List<URI> addresses) {
    return new Page(title, content, List.copyOf(addresses));
  }

  /** The page as a response: it loads nothing from other origins and runs no script. */
  public Response answer(int status) {
    String targets =
        formTargets.stream()
            .map(target -> target.getScheme() + "://" + target.getAuthority())
            .distinct()
            .collect(Collectors.joining(" ", " ", ""))
            .stripTrailing();
    return Response.html(status, Html.of(FRAME, title, title, content).markup())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self'"
                + targets)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-store");
  }

  /** Whether a request comes from a browser that shows the response. */
  public static boolean isAskedBy(Request request) {
    return request.header("accept").orElse("").contains("text/html");
  }

  /** The route of the stylesheet that all pages share. */
  public static Router stylesheet() {
    byte[] stylesheet = resource("style.css");
    return new Router()
        .on(
            "GET",
            "/_local/style.css",
            (request, parameters) ->
                Response.of(200, "text/css; charset=utf-8", stylesheet)
                    .with("X-Content-Type-Options", "nosniff"));
  }

  private static byte[] resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
