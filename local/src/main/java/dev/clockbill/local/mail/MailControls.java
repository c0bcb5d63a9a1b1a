package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.time.StackClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Controls for tests: mails as JSON, bounces, complaints and refusals. */
final class MailControls {
  private final MailStore store;
  private final MailEvents events;
  private final Refusals refusals;
  private final StackClock clock;

  MailControls(MailStore store, MailEvents events, Refusals refusals, StackClock clock) {
    this.store = store;
    this.events = events;
    this.refusals = refusals;
    this.clock = clock;
  }

  Router router() {
    return new Router()
        .on(
            "GET",
            "/_local/mails",
            (request, parameters) -> Response.json(200, Map.of("mails", store.newestFirst())))
        .on(
            "GET",
            "/_local/mails/{id}/attachments/{name}",
            (request, parameters) -> attachment(parameters.get("id"), parameters.get("name")))
        .on(
            "POST",
            "/_local/mails/refuse",
            (request, parameters) -> JsonBody.refusing(() -> refuse(request)))
        .on(
            "POST",
            "/_local/mails/{id}/bounce",
            (request, parameters) ->
                report(request, parameters.get("id"), "bounced", events::bounced))
        .on(
            "POST",
            "/_local/mails/{id}/complain",
            (request, parameters) ->
                report(request, parameters.get("id"), "complained", events::complained));
  }

  private Response attachment(String id, String name) {
    Optional<Attachment> found = store.find(id).flatMap(mail -> store.attachment(mail, name));
    if (found.isEmpty()) {
      return JsonBody.problem(404, "There is no such mail or attachment.");
    }
    // An attachment is downloaded and never shown as a page of the stack.
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Response.of(200, found.get().type(), found.get().bytes())
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("X-Content-Type-Options", "nosniff");
  }

  private Response refuse(Request request) {
    JsonBody body = JsonBody.of(request, Set.of("to", "times", "with"));
    refusals.add(
        body.text("to"),
        body.number("times", 1),
        Refusals.Kind.named(body.optionalText("with").orElse("MessageRejected")));
    return Response.json(200, Map.of());
  }

  private Response report(Request request, String id, String what, Consumer<JsonNode> event) {
    Optional<JsonNode> mail = store.find(id);
    if (mail.isEmpty()) {
      return JsonBody.problem(404, "There is no such mail.");
    }
    store.report(mail.get(), what);
    event.accept(mail.get());
    // The next request then sees all effects of the report.
    clock.settle();
    return Page.isAskedBy(request)
        ? Response.redirect(303, "/_local/inbox/" + id)
        : Response.json(200, Map.of());
  }
}
