package dev.clockbill.local;

import dev.clockbill.local.http.Html;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.util.List;

/** The page with links to everything that people can look at. */
final class StartPage {
  private static final List<Html> LINKS =
      List.of(
          link("/", "The product", "What the template's functions serve"),
          link("/openapi.yaml", "The API", "Its description for machines"),
          link("/_local/inbox", "Inbox", "Every mail that was sent, to anybody"),
          link("/_processor/checkout", "Checkouts", "What the processor's stand-in was asked for"),
          link("/_local/executions", "Executions", "Every workflow with its history, as JSON"),
          link(
              "/_login/.well-known/openid-configuration",
              "Login",
              "The OpenID Connect issuer whose tokens the API takes"));

  private StartPage() {}

  /** Its route, and the route of the stylesheet that all pages share. */
  static Router router() {
    return new Router()
        .on("GET", "/_local", (request, parameters) -> page())
        .include(Page.stylesheet());
  }

  /** The page. */
  static Response page() {
    Html content = Html.of("<dl>%s</dl>", Html.join(LINKS));
    return Page.of("The stack on this machine", content).answer(200);
  }

  private static Html link(String path, String name, String about) {
    return Html.of("<dt><a href=\"%s\">%s</a></dt><dd>%s</dd>", path, name, about);
  }
}
