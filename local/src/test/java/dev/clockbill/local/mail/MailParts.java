package dev.clockbill.local.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.StackParts;
import dev.clockbill.local.template.MailEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** A mail service with its controls, somebody who may send by it, and the events that it sent. */
final class MailParts implements AutoCloseable {
  private static final String ARN = "arn:aws:ses:eu-central-1:000000000000:";

  /** An event about a mail. */
  record Event(String type, JsonNode detail) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final StackParts parts = new StackParts();
  private MailService service = made();
  private final SesV2Client client;

  MailParts() {
    parts.serve(service.controls().include(service.pages()));
    grant("ses:SendEmail", "identity/house.example", "configuration-set/Mails");
    client = parts.as("Sender", SesV2Client.builder()).build();
  }

  private MailService made() {
    return new MailService(
        new MailEntry(
            Set.of("house.example"),
            Map.of(
                "Mails",
                Set.of("SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "DELIVERY_DELAY"),
                "Sparse",
                Set.of("BOUNCE"))),
        parts.data(),
        (source, type, detail) -> {
          assertThat(source).isEqualTo("aws.ses");
          events.add(new Event(type, detail));
        },
        parts.clock());
  }

  /** Makes the service anew from the same data, as another run of the stack does. */
  void restart() {
    service = made();
  }

  /** Lets the sender do one thing with these resources, and nothing else. */
  void grant(String action, String... resources) {
    parts.serve(
        service,
        "Sender",
        List.of(action),
        List.of(resources).stream().map(resource -> ARN + resource).toList());
  }

  /** Lets the sender do everything. */
  void grantAll() {
    parts.serve(service, "Sender", List.of("ses:*"), List.of("*"));
  }

  StackParts parts() {
    return parts;
  }

  SesV2Client client() {
    return client;
  }

  List<Event> events() {
    return events;
  }

  /** The mails that were taken, newest first. */
  JsonNode mails() {
    return parts.get("/_local/mails").json().path("mails");
  }

  /** Sends a mail, as it is changed, and gives its id. */
  String send(String to, Consumer<SendEmailRequest.Builder> change) {
    return client
        .sendEmail(
            send -> {
              send.fromEmailAddress("\"The House\" <mail@house.example>")
                  .replyToAddresses("desk@house.example")
                  .destination(destination -> destination.toAddresses(to))
                  .configurationSetName("Mails")
                  .emailTags(tag("kind", "greeting"))
                  .content(
                      content ->
                          content.simple(
                              simple ->
                                  simple
                                      .subject(subject -> subject.data("Hello <you>"))
                                      .body(
                                          body ->
                                              body.text(text -> text.data("Good day"))
                                                  .html(
                                                      html ->
                                                          html.data(
                                                              "<html><head><title>x</title></head>"
                                                                  + "<p>Good day</p>")))));
              change.accept(send);
            })
        .messageId();
  }

  static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  @Override
  public void close() {
    client.close();
    parts.close();
  }
}
