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
import dev.clockbill.local.template.MailEntry;
import dev.clockbill.local.time.StackClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SES: accepts mails through {@code SendEmail} of its API version 2 and puts them into an inbox,
 * for people in a browser and for tests as JSON.
 *
 * <p>A sender needs {@code ses:SendEmail}, or {@code ses:SendRawEmail} for a MIME message, on the
 * identity of the sender's domain and on the configuration set. It needs {@code
 * ses:DeleteSuppressedDestination} on {@code *}, since it acts on the account's list (SES API v2),
 * to take an address off the suppression list.
 */
public final class MailService implements AwsService {
  private static final String ARN = "arn:aws:ses:eu-central-1:000000000000:";

  private static final String SEND = "SendEmail";
  private static final String UNSUPPRESS = "DeleteSuppressedDestination";
  private static final String SUPPRESSED = "/v2/email/suppression/addresses/";

  private final MailStore store;
  private final MailAccount account;
  private final SuppressionList suppressed;
  private final MailReports reports;
  private final Refusals refusals = new Refusals();
  private final StackClock clock;

  /**
   * Creates a mail service that reports to an event bus.
   *
   * @param template the identities, which are verified, and the configuration sets
   */
  public MailService(MailEntry template, DataFile data, EventBus events, StackClock clock) {
    this.store = new MailStore(data);
    this.account = new MailAccount(template);
    this.suppressed = new SuppressionList(data);
    this.reports = new MailReports(store, new MailEvents(events, account, clock), suppressed);
    this.clock = clock;
  }

  /** The ARN of the identity of a domain. */
  static String identityArn(String domain) {
    return ARN + "identity/" + domain;
  }

  /** The controls below {@code /_local/mails}, and {@code /_local/mail-account}. */
  public Router controls() {
    return new MailControls(store, reports, refusals, account, clock).router();
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
      return SEND;
    }
    if (request.method().equals("DELETE") && request.path().startsWith(SUPPRESSED)) {
      return UNSUPPRESS;
    }
    throw new IllegalArgumentException(
        "The stack does not know the call " + request.method() + " " + request.path() + " of SES.");
  }

  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    if (call.operation().equals(UNSUPPRESS)) {
      return List.of(RequiredPermission.of("ses:" + UNSUPPRESS, "*"));
    }
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
    return call.operation().equals(UNSUPPRESS) ? unsuppress(call.http()) : send(call.body());
  }

  /** {@code DeleteSuppressedDestination} (SES API v2): 404 for an address that is not listed. */
  private Response unsuppress(Request request) {
    String address =
        URLDecoder.decode(
            request.path().substring(SUPPRESSED.length()).replace("+", "%2B"),
            StandardCharsets.UTF_8);
    return suppressed.remove(address)
        ? Response.json(200, Map.of())
        : error(
            404,
            "NotFoundException",
            "Email address " + address + " does not exist on your suppression list.");
  }

  private Response send(JsonNode body) {
    SendRequest request;
    try {
      request = SendRequest.of(body);
    } catch (IllegalArgumentException malformed) {
      return refused(Refusal.badRequest(malformed.getMessage()));
    }
    Optional<Refusal> account = this.account.refuses(request);
    if (account.isPresent()) {
      return refused(account.get());
    }
    Optional<Refusals.Kind> wanted = refusals.take(request.message().recipients());
    Optional<Refusal> refusal = wanted.flatMap(Refusals.Kind::refusal);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    JsonNode mail = store.add(request, clock.instant());
    if (wanted.isPresent()) {
      reports.taken(mail);
      reports.rejected(mail);
    } else {
      reports.sent(mail);
    }
    return Response.json(200, Map.of("MessageId", mail.path("id").asText()));
  }

  private Response refused(Refusal refusal) {
    return error(refusal.status(), refusal.code(), refusal.message());
  }

  @Override
  public Response error(int status, String code, String message) {
    return Response.json(status, Map.of("message", message)).with("x-amzn-ErrorType", code);
  }
}
