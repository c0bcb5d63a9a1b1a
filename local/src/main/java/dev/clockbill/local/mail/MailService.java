package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.time.StackClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SES: accepts mails through {@code SendEmail} of its API version 2 and puts them into an inbox,
 * for people in a browser and for tests as JSON.
 *
 * <p>A sender needs {@code ses:SendEmail}, or {@code ses:SendRawEmail} for a MIME message, on the
 * identity of the sender's domain and on the configuration set.
 */
public final class MailService implements AwsService {
  private static final String ARN = "arn:aws:ses:eu-central-1:000000000000:";

  private final MailStore store;
  private final MailEvents events;
  private final Refusals refusals = new Refusals();
  private final StackClock clock;

  /** Creates a mail service that reports to an event bus. */
  public MailService(DataFile data, EventBus events, StackClock clock) {
    this.store = new MailStore(data);
    this.events = new MailEvents(events, clock);
    this.clock = clock;
  }

  /** The ARN of the identity of a domain. */
  static String identityArn(String domain) {
    return ARN + "identity/" + domain;
  }

  /** The controls below {@code /_local/mails}. */
  public Router controls() {
    return new MailControls(store, events, refusals, clock).router();
  }

  /** The inbox for people: {@code /_local/inbox}. */
  public Router pages() {
    return new InboxPages(store).router();
  }

  @Override
  public String signingName() {
    return "ses";
  }

  @Override
  public String operation(Request request) {
    if (request.method().equals("POST") && request.path().equals("/v2/email/outbound-emails")) {
      return "SendEmail";
    }
    throw new IllegalArgumentException(
        "The stack does not know the call " + request.method() + " " + request.path() + " of SES.");
  }

  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    SendRequest request;
    try {
      request = SendRequest.of(call.body());
    } catch (IllegalArgumentException refusedAnyway) {
      return List.of();
    }
    String action = request.raw() ? "ses:SendRawEmail" : "ses:SendEmail";
    Map<String, String> context = Map.of("ses:FromAddress", request.message().fromAddress());
    List<RequiredPermission> needed = new ArrayList<>();
    needed.add(new RequiredPermission(action, identityArn(request.message().domain()), context));
    request
        .configurationSet()
        .ifPresent(
            name ->
                needed.add(
                    new RequiredPermission(action, ARN + "configuration-set/" + name, context)));
    return needed;
  }

  @Override
  public Response answer(AwsCall call) {
    SendRequest request;
    try {
      request = SendRequest.of(call.body());
    } catch (IllegalArgumentException malformed) {
      return error(400, "BadRequestException", malformed.getMessage());
    }
    Optional<Refusals.Kind> refusal = refusals.take(request.message().recipients());
    if (refusal.isPresent()) {
      return error(refusal.get().status(), refusal.get().code(), refusal.get().message());
    }
    JsonNode mail = store.add(request, clock.instant());
    events.sent(mail);
    events.delivered(mail);
    return Response.json(200, Map.of("MessageId", mail.path("id").asText()));
  }

  @Override
  public Response error(int status, String code, String message) {
    return Response.json(status, Map.of("message", message)).with("x-amzn-ErrorType", code);
  }
}
