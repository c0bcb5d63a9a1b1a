package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.time.StackClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Controls for tests: mails as JSON, what becomes of them, refusals, and the state of the account.
 */
final class MailControls {
  private final MailStore store;
  private final MailReports reports;
  private final Refusals refusals;
  private final MailAccount account;
  private final StackClock clock;

  MailControls(
      MailStore store,
      MailReports reports,
      Refusals refusals,
      MailAccount account,
      StackClock clock) {
    this.store = store;
    this.reports = reports;
    this.refusals = refusals;
    this.account = account;
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
        .on("POST", "/_local/mail-account", (request, parameters) -> become(request))
        .on("POST", "/_local/mails/{id}/bounce", told(Set.of("type", "to"), this::bounce))
        .on("POST", "/_local/mails/{id}/complain", told(Set.of("to"), this::complain))
        .on("POST", "/_local/mails/{id}/delay", told(Set.of("to"), this::delay))
        .on(
            "POST",
            "/_local/mails/{id}/reject",
            told(Set.of(), (mail, body) -> reports.rejected(mail)));
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

  private Response become(Request request) throws Exception {
    return JsonBody.refusing(
        () -> {
          JsonBody body = JsonBody.of(request, Set.of("state"));
          account.become(MailAccount.State.named(body.text("state")));
          return Response.json(200, Map.of());
        });
  }

  private void bounce(JsonNode mail, JsonBody body) {
    String type = body.optionalText("type").orElse("permanent");
    MailEvents.Bounce kind =
        switch (type) {
          case "permanent" -> MailEvents.Bounce.PERMANENT;
          case "transient" -> MailEvents.Bounce.TRANSIENT;
          default ->
              throw new IllegalArgumentException(
                  "\"type\" must be \"permanent\" or \"transient\", not \"" + type + "\".");
        };
    reports.bounced(mail, kind, recipients(mail, body));
  }

  private void complain(JsonNode mail, JsonBody body) {
    reports.complained(mail, recipients(mail, body));
  }

  private void delay(JsonNode mail, JsonBody body) {
    reports.delayed(mail, recipients(mail, body));
  }

  /** Who something is reported of: the recipient that the body names, else all of them. */
  private static List<String> recipients(JsonNode mail, JsonBody body) {
    List<String> all = new ArrayList<>();
    mail.path("recipients").forEach(each -> all.add(each.asText()));
    Optional<String> one = body.optionalText("to");
    if (one.isPresent() && !all.contains(one.get())) {
      throw new IllegalArgumentException("The mail did not go to \"to\".");
    }
    return one.map(List::of).orElse(all);
  }

  /** Has something reported of the mail that a request's path names. */
  private Router.Handler told(Set<String> fields, BiConsumer<JsonNode, JsonBody> report) {
    return (request, parameters) ->
        JsonBody.refusing(
            () -> {
              Optional<JsonNode> mail = store.find(parameters.get("id"));
              if (mail.isEmpty()) {
                return JsonBody.problem(404, "There is no such mail.");
              }
              boolean page = Page.isAskedBy(request);
              JsonBody body = page ? form(request, fields) : JsonBody.of(request, fields);
              report.accept(mail.get(), body);
              // The next request then sees all effects of the report.
              clock.settle();
              return page
                  ? Response.redirect(303, "/_local/inbox/" + parameters.get("id"))
                  : Response.json(200, Map.of());
            });
  }

  /** What the button of a page sends. */
  private static JsonBody form(Request request, Set<String> fields) {
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    request
        .form()
        .forEach(
            (name, value) -> {
              if (fields.contains(name)) {
                sent.put(name, value);
              }
            });
    return new JsonBody(sent);
  }
}
