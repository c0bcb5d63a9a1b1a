package dev.clockbill.local;

import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page that links what the stack has for people. */
final class StartPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
      body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
      li { margin: .75rem 0; }
      small { display: block; opacity: .75; }
      """;

  /**
   * A link.
   *
   * @param path where it leads
   * @param name what it is called
   * @param about what is found there
   */
  record Link(String path, String name, String about) {}

  private final List<Link> links;

  StartPage(List<Link> links) {
    this.links = List.copyOf(links);
  }

  /** Its routes. */
  Router router() {
    return new Router()
        .on("GET", "/_local", (call, parameters) -> page())
        .on(
            "GET",
            "/_local/start.css",
            (call, parameters) ->
                Answer.of(200, "text/css; charset=utf-8", STYLE.getBytes(StandardCharsets.UTF_8)));
  }

  /** The page. */
  Answer page() {
    StringBuilder list = new StringBuilder();
    for (Link link : links) {
      list.append(
          "<li><a href=\"%s\">%s</a><small>%s</small></li>\n"
              .formatted(escaped(link.path()), escaped(link.name()), escaped(link.about())));
    }
    String page =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The stack on this machine</title>
        <link rel="stylesheet" href="/_local/start.css">
        </head>
        <body>
        <h1>The stack on this machine</h1>
        <ul>
        %s</ul>
        </body>
        </html>
        """
            .formatted(list);
    return Answer.html(200, page)
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
