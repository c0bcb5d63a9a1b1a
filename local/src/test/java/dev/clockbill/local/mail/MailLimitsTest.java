package dev.clockbill.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.StackParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** What SES refuses, and what it holds back. */
class MailLimitsTest {
  private final MailParts service = new MailParts();
  private final StackParts parts = service.parts();
  private final SesV2Client client = service.client();
  private final List<MailParts.Event> events = service.events();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void anAddressWithItsNameIsAsciiOfAtMost320Bytes() {
    String name = "\"" + "n".repeat(320 - "\"\" <mail@house.example>".length()) + "\"";
    service.send(
        "ann@reader.example", send -> send.fromEmailAddress(name + " <mail@house.example>"));
    String longer = "\"n" + name.substring(1) + " <mail@house.example>";
    assertThatThrownBy(
            () -> service.send("ann@reader.example", send -> send.fromEmailAddress(longer)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("more than 320 bytes");
    assertThatThrownBy(
            () -> service.send("ann@reader.example", send -> send.replyToAddresses(longer)))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> service.send(longer, send -> {}))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> service.send("ann@m\u00fcller.example", send -> {}))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("non-ASCII");
  }

  @Test
  void tagsAndRecipientsHaveTheirLimits() {
    service.send(
        "ann@reader.example",
        send -> send.emailTags(MailParts.tag("k".repeat(256), "v".repeat(256))));
    for (MessageTag wrong :
        List.of(
            MailParts.tag("k".repeat(257), "v"),
            MailParts.tag("k", "v".repeat(257)),
            MailParts.tag("k", "a@b"))) {
      assertThatThrownBy(() -> service.send("ann@reader.example", send -> send.emailTags(wrong)))
          .isInstanceOf(BadRequestException.class);
    }
    List<String> many = new ArrayList<>();
    for (int n = 0; n < 51; n++) {
      many.add("reader" + n + "@reader.example");
    }
    assertThatThrownBy(() -> service.send("", send -> send.destination(to -> to.toAddresses(many))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("50");
  }

  @Test
  void onlyVerifiedIdentitiesAndExistingConfigurationSetsSend() {
    service.grant("ses:SendEmail", "*");
    assertThatThrownBy(
            () ->
                service.send(
                    "ann@reader.example", send -> send.fromEmailAddress("mail@elsewhere.example")))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("not verified")
        .hasMessageContaining("mail@elsewhere.example");
    assertThatThrownBy(
            () -> service.send("ann@reader.example", send -> send.configurationSetName("Gone")))
        .isInstanceOf(NotFoundException.class);
    assertThat(service.mails()).isEmpty();
  }

  @Test
  void theAccountCanBeInEveryTrouble() {
    Map<String, Class<? extends SesV2Exception>> troubles =
        Map.of(
            "paused", SendingPausedException.class,
            "suspended", AccountSuspendedException.class,
            "mailFrom", MailFromDomainNotVerifiedException.class,
            "unverified", MessageRejectedException.class,
            "sandbox", MessageRejectedException.class,
            "noConfigurationSet", NotFoundException.class);
    troubles.forEach(
        (state, exception) -> {
          account(state);
          assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
              .as(state)
              .isInstanceOf(exception);
        });
    account("denied");
    assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
        .isInstanceOfSatisfying(
            SesV2Exception.class, denied -> assertThat(denied.statusCode()).isEqualTo(403));
    account("quota");
    assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
        .isInstanceOfSatisfying(
            SesV2Exception.class,
            used -> assertThat(used.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException"))
        .hasMessageContaining("Daily message quota exceeded");
    account("sandbox");
    service.send("ann@house.example", send -> {});
    account("ok");
    service.send("ann@reader.example", send -> {});
    assertThat(service.mails()).hasSize(2);
    assertThat(parts.post("/_local/mail-account", "{\"state\":\"rich\"}").status()).isEqualTo(400);
  }

  private void account(String state) {
    assertThat(parts.post("/_local/mail-account", "{\"state\":\"" + state + "\"}").text())
        .isEqualTo("{}");
  }

  @Test
  void anAddressThatBouncedIsSuppressedUntilItIsTakenOffTheList() {
    service.grant("ses:SendEmail", "*");
    String id = service.send("ann@reader.example", send -> {});
    report(id, "bounce", "{\"type\":\"transient\"}");
    service.send("ann@reader.example", send -> {});
    assertThat(types()).endsWith("Email Sent", "Email Delivered");
    report(id, "bounce", "{}");
    events.clear();
    service.send("Ann@reader.example", send -> {});
    assertThat(types()).containsExactly("Email Sent", "Email Bounced");
    JsonNode bounce = events.getLast().detail().path("bounce");
    assertThat(bounce.path("bounceType").asText()).isEqualTo("Permanent");
    assertThat(bounce.path("bounceSubType").asText()).isEqualTo("OnAccountSuppressionList");
    assertThat(service.mails().path(0).path("suppressed")).hasSize(1);
    assertThatThrownBy(this::unsuppress)
        .isInstanceOf(SesV2Exception.class)
        .hasMessageContaining("ses:DeleteSuppressedDestination");
    service.grantAll();
    unsuppress();
    assertThatThrownBy(this::unsuppress).isInstanceOf(NotFoundException.class);
    events.clear();
    service.send("ann@reader.example", send -> {});
    assertThat(types()).containsExactly("Email Sent", "Email Delivered");
  }

  private void unsuppress() {
    client.deleteSuppressedDestination(of -> of.emailAddress("ann@reader.example"));
  }

  private List<String> types() {
    return events.stream().map(MailParts.Event::type).toList();
  }

  private void report(String id, String what, String body) {
    assertThat(parts.post("/_local/mails/" + id + "/" + what, body).text()).isEqualTo("{}");
  }

  @Test
  void oneOfSeveralRecipientsBouncesAloneAndNothingIsReportedThatNobodyAskedFor() {
    Consumer<SendEmailRequest.Builder> both =
        send -> send.destination(to -> to.toAddresses("ann@reader.example", "bob@reader.example"));
    String id = service.send("", both);
    assertThat(types()).containsExactly("Email Sent", "Email Delivered", "Email Delivered");
    report(id, "bounce", "{\"to\":\"bob@reader.example\"}");
    assertThat(events.getLast().detail().path("bounce").path("bouncedRecipients"))
        .extracting(one -> one.path("emailAddress").asText())
        .containsExactly("bob@reader.example");
    assertThat(parts.post("/_local/mails/" + id + "/bounce", "{\"to\":\"cay@x.example\"}").status())
        .isEqualTo(400);
    service.grant("ses:SendEmail", "*");
    events.clear();
    String sparse = service.send("", both.andThen(send -> send.configurationSetName("Sparse")));
    report(sparse, "complain", "{}");
    assertThat(types()).containsExactly("Email Bounced");
  }

  @Test
  void aMailIsRejectedOrDelayedWhenToldTo() {
    String id = service.send("ann@reader.example", send -> {});
    report(id, "reject", "{}");
    assertThat(events.getLast().type()).isEqualTo("Email Rejected");
    assertThat(events.getLast().detail().path("reject").path("reason").asText())
        .isEqualTo("Bad content");
    report(id, "delay", "{}");
    assertThat(events.getLast().type()).isEqualTo("Email Delivery Delayed");
    JsonNode delay = events.getLast().detail().path("deliveryDelay");
    assertThat(delay.path("delayedRecipients").path(0).path("emailAddress").asText())
        .isEqualTo("ann@reader.example");
  }

  @Test
  void aMailInWhichAVirusIsFoundIsTakenAndNotDelivered() {
    parts.post("/_local/mails/refuse", "{\"to\":\"ann@reader.example\",\"with\":\"Virus\"}");
    service.send("ann@reader.example", send -> {});
    assertThat(types()).containsExactly("Email Sent", "Email Rejected");
    service.send("ann@reader.example", send -> {});
    assertThat(types()).endsWith("Email Sent", "Email Delivered");
  }
}
