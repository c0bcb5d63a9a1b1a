package dev.clockbill.local.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.StackParts;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

class MailServiceTest {
  private final MailParts service = new MailParts();
  private final StackParts parts = service.parts();
  private final List<MailParts.Event> events = service.events();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aMailIsThereToRead() {
    String id = service.send("ann@reader.example", send -> {});
    JsonNode mail = service.mails().path(0);
    assertThat(mail.path("id").asText()).isEqualTo(id);
    assertThat(mail.path("to").toString()).isEqualTo("[\"ann@reader.example\"]");
    assertThat(mail.path("from").asText()).isEqualTo("The House <mail@house.example>");
    assertThat(mail.path("replyTo").toString()).isEqualTo("[\"desk@house.example\"]");
    assertThat(mail.path("subject").asText()).isEqualTo("Hello <you>");
    assertThat(mail.path("text").asText()).isEqualTo("Good day");
    assertThat(mail.path("html").asText()).contains("<p>Good day</p>");
    assertThat(mail.path("tags").toString()).isEqualTo("{\"kind\":\"greeting\"}");
    assertThat(mail.path("sentAt").asText()).isEqualTo("2026-11-25T09:00:00Z");
  }

  @Test
  void mailsComeNewestFirstAndOutliveARun() {
    service.send("ann@reader.example", send -> {});
    service.send("bob@reader.example", send -> {});
    service.restart();
    service.grant("ses:SendEmail", "*");
    service.send("cay@reader.example", send -> {});
    assertThat(service.mails())
        .extracting(mail -> mail.path("to").path(0).asText())
        .containsExactly("cay@reader.example", "bob@reader.example", "ann@reader.example");
  }

  @Test
  void sendingAndDeliveryAreReportedWithTheTags() {
    String id = service.send("ann@reader.example", send -> {});
    assertThat(events)
        .extracting(MailParts.Event::type)
        .containsExactly("Email Sent", "Email Delivered");
    JsonNode sent = events.getFirst().detail();
    assertThat(sent.path("eventType").asText()).isEqualTo("Send");
    assertThat(sent.path("mail").path("messageId").asText()).isEqualTo(id);
    assertThat(sent.path("mail").path("destination").path(0).asText())
        .isEqualTo("ann@reader.example");
    assertThat(sent.path("mail").path("tags").path("kind").path(0).asText()).isEqualTo("greeting");
    assertThat(sent.path("mail").path("tags").path("ses:configuration-set").path(0).asText())
        .isEqualTo("Mails");
    assertThat(events.getLast().detail().path("delivery").path("recipients").path(0).asText())
        .isEqualTo("ann@reader.example");
  }

  @Test
  void withoutAConfigurationSetNothingIsReported() {
    service.send("ann@reader.example", send -> send.configurationSetName(null));
    assertThat(events).isEmpty();
  }

  @Test
  void aMailBouncesAndItsReaderComplainsWhenToldTo() {
    String id = service.send("ann@reader.example", send -> {});
    events.clear();
    assertThat(parts.post("/_local/mails/" + id + "/bounce", "{}").text()).isEqualTo("{}");
    assertThat(parts.post("/_local/mails/" + id + "/complain", "").status()).isEqualTo(200);
    assertThat(events)
        .extracting(MailParts.Event::type)
        .containsExactly("Email Bounced", "Email Complaint Received");
    JsonNode bounce = events.getFirst().detail().path("bounce");
    assertThat(bounce.path("bounceType").asText()).isEqualTo("Permanent");
    assertThat(bounce.path("bouncedRecipients").path(0).path("emailAddress").asText())
        .isEqualTo("ann@reader.example");
    assertThat(events.getLast().detail().path("complaint").path("complainedRecipients")).hasSize(1);
    assertThat(parts.post("/_local/mails/none/bounce", "").status()).isEqualTo(404);
  }

  @Test
  void mailsToAnAddressAreRefusedAsOftenAsAsked() {
    refuse("{\"to\":\"ann@reader.example\"}");
    assertThatThrownBy(() -> service.send("Ann@reader.example", send -> {}))
        .isInstanceOf(MessageRejectedException.class);
    service.send("ann@reader.example", send -> {});
    refuse("{\"to\":\"ann@reader.example\",\"times\":2,\"with\":\"Throttling\"}");
    assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
        .isInstanceOf(TooManyRequestsException.class);
    refuse("{\"to\":\"ann@reader.example\",\"times\":0}");
    service.send("ann@reader.example", send -> {});
    assertThat(service.mails()).hasSize(2);
    assertThat(parts.post("/_local/mails/refuse", "{}").status()).isEqualTo(400);
    assertThat(parts.post("/_local/mails/refuse", "{\"to\":\"a@b.c\",\"with\":\"x\"}").status())
        .isEqualTo(400);
  }

  @Test
  void aSenderNeedsTheIdentityAndTheConfigurationSet() {
    service.grant("ses:SendEmail", "identity/house.example");
    assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
        .isInstanceOf(SesV2Exception.class)
        .hasMessageContaining("configuration-set/Mails");
    service.send("ann@reader.example", send -> send.configurationSetName(null));
    service.grant("ses:SendEmail", "configuration-set/Mails");
    assertThatThrownBy(() -> service.send("ann@reader.example", send -> {}))
        .hasMessageContaining("identity/house.example");
  }

  @Test
  void whatSesRefusesIsRefused() {
    assertThatThrownBy(() -> service.send("ann", send -> {}))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(
            () ->
                service.send(
                    "ann@reader.example", send -> send.emailTags(MailParts.tag("kind", "a b"))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("<a b>");
    assertThatThrownBy(
            () ->
                service.send(
                    "ann@reader.example",
                    send -> send.content(content -> content.template(of -> of.templateName("x")))))
        .hasMessageContaining("Content.Template");
    assertThat(service.mails()).isEmpty();
  }

  @Test
  void anAttachmentComesBackAsItWas() {
    byte[] bytes = {1, 2, 3, -1};
    String id =
        service.send(
            "ann@reader.example",
            send ->
                send.content(
                    content ->
                        content.simple(
                            simple ->
                                simple
                                    .subject(subject -> subject.data("With a file"))
                                    .body(body -> body.text(text -> text.data("See there")))
                                    .attachments(
                                        software.amazon.awssdk.services.sesv2.model.Attachment
                                            .builder()
                                            .fileName("a b.pdf")
                                            .contentType("application/pdf")
                                            .rawContent(SdkBytes.fromByteArray(bytes))
                                            .build()))));
    assertThat(service.mails().path(0).path("attachments").toString())
        .isEqualTo("[{\"name\":\"a b.pdf\",\"type\":\"application/pdf\",\"size\":4}]");
    var answer = parts.get("/_local/mails/" + id + "/attachments/a%20b.pdf");
    assertThat(answer.header("content-type")).isEqualTo("application/pdf");
    assertThat(answer.header("content-disposition")).startsWith("attachment");
    assertThat(parts.get("/_local/mails/" + id + "/attachments/b.pdf").status()).isEqualTo(404);
  }

  @Test
  void anImageIsShownWhereThePageNamesItsContentId() {
    String id = service.send("ann@reader.example", send -> withImage(send, "pic.png", "pic"));
    assertThat(service.mails().path(0).at("/attachments/0/contentId").asText()).isEqualTo("pic");
    assertThat(parts.get("/_local/inbox/" + id + "/html").response().body())
        .contains("<img src=\"data:image/png;base64,AQID\">");
    for (String[] refused : new String[][] {{"pic", "pic"}, {"pic.png", "x".repeat(79)}}) {
      assertThatThrownBy(
              () ->
                  service.send(
                      "ann@reader.example", send -> withImage(send, refused[0], refused[1])))
          .isInstanceOf(SesV2Exception.class);
    }
  }

  private static void withImage(SendEmailRequest.Builder send, String name, String id) {
    send.content(
        content ->
            content.simple(
                simple ->
                    simple
                        .subject(subject -> subject.data("With an image"))
                        .body(body -> body.html(html -> html.data("<img src=\"cid:pic\">")))
                        .attachments(
                            software.amazon.awssdk.services.sesv2.model.Attachment.builder()
                                .fileName(name)
                                .contentDisposition("INLINE")
                                .contentId(id)
                                .rawContent(SdkBytes.fromByteArray(new byte[] {1, 2, 3}))
                                .contentType("image/png")
                                .build())));
  }

  @Test
  void aRawMailIsReadAndNeedsAGrantOfItsOwn() {
    String mime =
        """
        From: =?UTF-8?Q?M=C3=BCller?= <mail@house.example>
        To: Ann <ann@reader.example>
        Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
        Reply-To: desk@house.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="mixed"

        --mixed
        Content-Type: multipart/alternative; boundary="alternative"

        --alternative
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        Sch=C3=B6n
        --alternative
        Content-Type: text/html; charset=UTF-8

        <p>Hello</p>
        --alternative--
        --mixed
        Content-Type: application/pdf; name="x.pdf"
        Content-Disposition: attachment; filename="x.pdf"
        Content-Transfer-Encoding: base64

        AQID
        --mixed--
        """
            .replace("\n", "\r\n");
    Consumer<SendEmailRequest.Builder> raw =
        send ->
            send.fromEmailAddress(null)
                .replyToAddresses(List.of())
                .destination((Destination) null)
                .content(content -> content.raw(of -> of.data(SdkBytes.fromUtf8String(mime))));
    assertThatThrownBy(() -> service.send("", raw)).hasMessageContaining("ses:SendRawEmail");
    service.grant("ses:SendRawEmail", "*");
    service.send("", raw);
    JsonNode mail = service.mails().path(0);
    assertThat(mail.path("from").asText()).isEqualTo("Müller <mail@house.example>");
    assertThat(mail.path("to").toString()).isEqualTo("[\"ann@reader.example\"]");
    assertThat(mail.path("replyTo").toString()).isEqualTo("[\"desk@house.example\"]");
    assertThat(mail.path("subject").asText()).isEqualTo("Grüße");
    assertThat(mail.path("text").asText()).isEqualTo("Schön");
    assertThat(mail.path("html").asText()).isEqualTo("<p>Hello</p>");
    assertThat(mail.path("attachments").toString())
        .isEqualTo("[{\"name\":\"x.pdf\",\"type\":\"application/pdf\",\"size\":3}]");
  }

  @Test
  void aPersonReadsTheInboxAndNothingOfAMailActsThere() {
    String id = service.send("ann@reader.example", send -> {});
    var list = parts.browse("/_local/inbox");
    assertThat(list.text()).contains("Hello &lt;you&gt;").doesNotContain("<you>");
    assertThat(list.header("content-security-policy")).doesNotContain("unsafe-inline");
    var page = parts.browse("/_local/inbox/" + id);
    assertThat(page.text()).contains("sandbox=").contains("Good day").contains("greeting");
    var html = parts.browse("/_local/inbox/" + id + "/html");
    assertThat(html.text()).contains("<base target=\"_blank\"><title>");
    assertThat(html.header("content-security-policy"))
        .contains("default-src 'none'")
        .contains("sandbox")
        .doesNotContain("script");
    assertThat(parts.browse("/_local/inbox/none").status()).isEqualTo(404);
    var bounced = parts.submit("/_local/mails/" + id + "/bounce", "");
    assertThat(bounced.status()).isEqualTo(303);
    assertThat(parts.browse(bounced.header("location")).text()).contains("bounced");
  }

  private void refuse(String body) {
    assertThat(parts.post("/_local/mails/refuse", body).text()).isEqualTo("{}");
  }
}
