package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.pages.Page;
import dev.clockbill.local.time.StackClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The mails as JSON, and what a test may do to them. */
final class MailControls {
  private final Mailbox mailbox;
  private final MailEvents events;
  private final Refusals refusals;
  private final StackClock clock;

  MailControls(Mailbox mailbox, MailEvents events, Refusals refusals, StackClock clock) {
    this.mailbox = mailbox;
    this.events = events;
    this.refusals = refusals;
    this.clock = clock;
  }

  Router router() {
    return new Router()
        .on(
            "GET",
            "/_local/mails",
            (call, parameters) -> Answer.json(200, Map.of("mails", mailbox.newestFirst())))
        .on(
            "GET",
            "/_local/mails/{id}/attachments/{name}",
            (call, parameters) -> attachment(parameters.get("id"), parameters.get("name")))
        .on(
            "POST",
            "/_local/mails/refuse",
            (call, parameters) -> JsonBody.refusing(() -> refuse(call)))
        .on(
            "POST",
            "/_local/mails/{id}/bounce",
            (call, parameters) -> report(call, parameters.get("id"), "bounced", events::bounced))
        .on(
            "POST",
            "/_local/mails/{id}/complain",
            (call, parameters) ->
                report(call, parameters.get("id"), "complained", events::complained));
  }

  private Answer attachment(String id, String name) {
    Optional<Attachment> found = mailbox.find(id).flatMap(mail -> mailbox.attachment(mail, name));
    if (found.isEmpty()) {
      return JsonBody.problem(404, "There is no such mail or attachment.");
    }
    // Whatever somebody mailed, it is saved and never runs as a page of the stack.
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Answer.of(200, found.get().type(), found.get().bytes())
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("X-Content-Type-Options", "nosniff");
  }

  private Answer refuse(Call call) {
    JsonBody body = JsonBody.of(call, Set.of("to", "times", "with"));
    refusals.add(
        body.text("to"),
        body.number("times", 1),
        Refusals.Kind.named(body.optionalText("with").orElse("MessageRejected")));
    return Answer.json(200, Map.of());
  }

  private Answer report(Call call, String id, String what, Consumer<JsonNode> event) {
    Optional<JsonNode> mail = mailbox.find(id);
    if (mail.isEmpty()) {
      return JsonBody.problem(404, "There is no such mail.");
    }
    mailbox.report(mail.get(), what);
    event.accept(mail.get());
    // Who asks next shall see what the report has led to.
    clock.settle();
    return Page.isAskedBy(call)
        ? Answer.redirect(303, "/_local/inbox/" + id)
        : Answer.json(200, Map.of());
  }
}
