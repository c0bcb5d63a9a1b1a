package dev.clockbill.local.processor;

import dev.clockbill.local.http.Html;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages of the processor: paying, and setting up an account. */
final class ProcessorPages {
  private final StripeObjects objects;
  private final Accounts accounts;
  private final Callbacks callbacks;

  ProcessorPages(StripeObjects objects, Accounts accounts, Callbacks callbacks) {
    this.objects = objects;
    this.accounts = accounts;
    this.callbacks = callbacks;
  }

  /** The pages where accounts are set up. */
  Router router() {
    return new Router()
        .on("GET", "/_processor/onboarding/{id}", (request, path) -> onboarding(path.get("id")))
        .on("POST", "/_processor/onboarding/{id}", (request, path) -> onboarded(path.get("id")));
  }

  /** All checkouts. */
  Response list(List<StripeObjects.Entry> sessions) {
    List<Html> rows = sessions.stream().map(ProcessorPages::row).toList();
    return Page.of(
            "Checkouts",
            rows.isEmpty()
                ? Html.of("<p>Nobody was sent here to pay yet.</p>")
                : Html.of("<ul class=\"list\">\n%s\n</ul>", Html.join(rows)))
        .answer(200);
  }

  private static Html row(StripeObjects.Entry session) {
    return Html.of(
        "<li><a href=\"/_processor/checkout/%s\">%s</a> <span class=\"quiet\">%s, %s</span></li>",
        session.id(), amount(session), what(session), session.text("status"));
  }

  /** The page where a payer pays. */
  Response checkout(StripeObjects.Entry session) {
    return checkout(session, Html.EMPTY);
  }

  private static Response checkout(StripeObjects.Entry session, Html notice) {
    List<Html> parts = new ArrayList<>();
    parts.add(notice);
    parts.add(Html.of("<p class=\"amount\">%s</p>\n<p>%s</p>", amount(session), what(session)));
    if (Checkouts.isOpen(session)) {
      parts.add(
          Html.of(
              """
              <p class="quiet">This stands in for Stripe: no money moves.</p>
              <form method="post" action="/_processor/checkout/%s" class="actions">
              <button class="first" name="outcome" value="paid">Pay</button>
              <button name="outcome" value="processing">Pay later (processing)</button>
              <button name="outcome" value="failed">Decline</button>
              <button name="outcome" value="abandoned">Leave</button>
              </form>
              """,
              session.id()));
    } else {
      parts.add(
          Html.of(
              "<p>This checkout is %s; nothing more can be paid here.</p>",
              session.text("status")));
    }
    return Page.of("Checkout", Html.join(parts)).leadingTo(targets(session)).answer(200);
  }

  /** Where a payer goes after using the page. */
  Response afterwards(StripeObjects.Entry session, Outcome outcome) {
    return switch (outcome) {
      case PAID, PROCESSING -> Response.redirect(303, session.text("success_url"));
      case FAILED ->
          checkout(
              session,
              Html.of("<p role=\"alert\">The payment was declined. Nothing was charged.</p>"));
      case ABANDONED ->
          session.text("cancel_url").isEmpty()
              ? checkout(session)
              : Response.redirect(303, session.text("cancel_url"));
    };
  }

  private static List<URI> targets(StripeObjects.Entry session) {
    return Stream.of(session.text("success_url"), session.text("cancel_url"))
        .filter(address -> !address.isEmpty())
        .map(URI::create)
        .toList();
  }

  private Response onboarding(String id) {
    Optional<StripeObjects.Entry> link = accounts.findLink(id);
    if (link.isEmpty()) {
      return gone();
    }
    if (!accounts.visit(link.get())) {
      return Response.redirect(303, link.get().text("refresh_url"));
    }
    return Page.of(
            "Take payments",
            Html.of(
                """
                <p class="quiet">This stands in for Stripe: nobody asks for your papers.</p>
                <form method="post" action="/_processor/onboarding/%s" class="actions">
                <button class="first">Finish the setup</button>
                </form>
                <p><a href="%s">Leave without finishing</a></p>
                """,
                id, link.get().text("return_url")))
        .leadingTo(List.of(URI.create(link.get().text("return_url"))))
        .answer(200);
  }

  private Response onboarded(String id) {
    Optional<StripeObjects.Entry> link = accounts.findLink(id);
    if (link.isEmpty()) {
      return gone();
    }
    Change change;
    synchronized (objects) {
      change = accounts.enable(accounts.get(link.get().account()), true);
    }
    callbacks.deliver(change.eventIds());
    return Response.redirect(303, link.get().text("return_url"));
  }

  private static Response gone() {
    return Page.of("No such page", Html.of("<p>This link leads nowhere.</p>")).answer(404);
  }

  private static String amount(StripeObjects.Entry session) {
    return Amounts.shown(session.number("amount_total"), session.text("currency"));
  }

  private static String what(StripeObjects.Entry session) {
    return session.object().path("payment_intent_data").path("description").asText();
  }
}
