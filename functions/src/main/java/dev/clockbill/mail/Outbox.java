package dev.clockbill.mail;

import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Attachment;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentDisposition;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentTransferEncoding;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/**
 * Sends each mail once: claim, send, confirm.
 *
 * <p>A mail whose sending ended with an unknown outcome stays claimed. SES's {@code Send} event
 * confirms it; where none has come for five minutes, the next claim succeeds and it is sent again.
 */
public final class Outbox {
  /** How long a claim holds without a confirmation. */
  public static final Duration CLAIM = Duration.ofMinutes(5);

  private static final String QUEUED = "queued";
  private static final String CLAIMED = "claimed";
  private static final String SENT = "sent";

  private final Table table;
  private final SesV2Client client;
  private final String from;
  private final String configurationSet;

  /** What asking for a mail came to. */
  public enum Claim {
    /** It is the caller's to send. */
    YOURS,
    /** It was sent before. */
    SENT,
    /** Somebody claimed it less than five minutes ago, and whether it went is not known yet. */
    UNDER_WAY
  }

  /** The mail service refused a mail for good: nothing was sent. */
  public static final class MailRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal in the mail service's words. */
    public MailRefused(String message) {
      super(message);
    }
  }

  /** The mail service asks to come again later: nothing was sent. */
  public static final class MailThrottled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal in the mail service's words. */
    public MailThrottled(String message) {
      super(message);
    }
  }

  /** Whether a mail went is not known yet; asking again in a minute tells more. */
  public static final class MailUnconfirmed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the mail. */
    public MailUnconfirmed(Mail.Id id) {
      super("it is not known yet whether mail " + id.mailId() + " was sent");
    }
  }

  /** Sends from {@code MAIL_FROM} with the configuration set {@code MAIL_CONFIGURATION_SET}. */
  public Outbox(Table table, Environment environment) {
    this.table = table;
    this.client = AwsClients.mail(environment);
    this.from = environment.required("MAIL_FROM");
    this.configurationSet = environment.required("MAIL_CONFIGURATION_SET");
  }

  /** Claims a mail before it is sent. */
  public Claim claim(Mail.Id id) {
    return claim(id, Map.of(), List.of());
  }

  /**
   * Claims a mail before it is sent, all of it or nothing.
   *
   * @param kept what its item keeps beside the claim
   * @param with what else is written, or has to hold, by the same transaction
   * @throws ConditionFailed if a condition of those does not hold
   */
  public Claim claim(Mail.Id id, Map<String, Object> kept, List<Write> with) {
    Instant now = Time.now();
    Write claim =
        Write.upsert(id.firm(), id.key())
            .set("state", CLAIMED)
            .set("claimedAt", now)
            .set("claimId", Ids.next())
            .ifEither(
                List.of(
                    Write::ifAbsent,
                    one -> one.ifEquals("state", QUEUED),
                    one -> one.ifEquals("state", CLAIMED).ifAtMost("claimedAt", now.minus(CLAIM))));
    kept.forEach(claim::set);
    try {
      if (with.isEmpty()) {
        table.write(claim);
      } else {
        table.write(Stream.concat(Stream.of(claim), with.stream()).toList());
      }
      return Claim.YOURS;
    } catch (ConditionFailed refused) {
      if (!refused.failed(claim)) {
        throw refused;
      }
      boolean sent =
          refused.present(claim).map(old -> SENT.equals(old.text("state"))).orElse(false);
      return sent ? Claim.SENT : Claim.UNDER_WAY;
    }
  }

  /**
   * Sends a claimed mail.
   *
   * @return the mail service's id of it
   * @throws MailRefused if it will never go; its claim is given back
   * @throws MailThrottled if it may go later; its claim is given back
   */
  public String send(Mail mail) {
    try {
      return client
          .sendEmail(
              send ->
                  send.fromEmailAddress(FromHeader.of(mail.senderName(), from))
                      .replyToAddresses(mail.replyTo())
                      .destination(to -> to.toAddresses(mail.to()))
                      .configurationSetName(configurationSet)
                      .emailTags(tags(mail))
                      .content(
                          content ->
                              content.simple(
                                  simple ->
                                      simple
                                          .subject(s -> s.data(mail.subject()).charset("UTF-8"))
                                          .body(
                                              body ->
                                                  body.text(
                                                          t -> t.data(mail.text()).charset("UTF-8"))
                                                      .html(
                                                          h ->
                                                              h.data(mail.html()).charset("UTF-8")))
                                          .attachments(attachments(mail)))))
          .messageId();
    } catch (TooManyRequestsException | LimitExceededException later) {
      giveBack(mail.id());
      throw new MailThrottled(later.awsErrorDetails().errorMessage());
    } catch (SesV2Exception failed) {
      if (failed.statusCode() >= 500) {
        throw failed;
      }
      giveBack(mail.id());
      throw new MailRefused(failed.awsErrorDetails().errorMessage());
    }
  }

  /**
   * Keeps that a mail is to be sent; part of the transaction that makes it necessary. It waits for
   * a push until it is {@link #settled}.
   *
   * @param facts what its sender has to know
   */
  public static Write queued(Mail.Id id, Map<String, Object> facts) {
    Map<String, Object> attributes = new LinkedHashMap<>(facts);
    attributes.put("state", QUEUED);
    return Write.put(id.firm(), id.key(), attributes)
        .due(DueQueue.PUSHES, id.mailId(), Time.now().plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /** Notes that nothing is to be done about a mail any more. */
  public static Write settled(Mail.Id id, Write mail) {
    return mail.notDue();
  }

  /** Notes that a mail will never go. */
  public static Write givenUp(Mail.Id id) {
    return settled(id, Write.upsert(id.firm(), id.key()).set("state", "givenUp"));
  }

  /** Notes that a mail was sent; part of the transaction that draws the consequences. */
  public static Write sent(Mail.Id id) {
    return Write.update(id.firm(), id.key()).set("state", SENT).set("sentAt", Time.now());
  }

  private void giveBack(Mail.Id id) {
    try {
      table.write(
          Write.update(id.firm(), id.key()).set("state", QUEUED).ifEquals("state", CLAIMED));
    } catch (ConditionFailed alreadyGiven) {
      // Somebody else gave it back.
    }
  }

  private static List<Attachment> attachments(Mail mail) {
    return mail.attachments().stream()
        .map(
            file ->
                Attachment.builder()
                    .fileName(file.name())
                    .contentType(file.type())
                    .contentDisposition(AttachmentContentDisposition.ATTACHMENT)
                    .contentTransferEncoding(AttachmentContentTransferEncoding.BASE64)
                    .rawContent(SdkBytes.fromByteArray(file.bytes()))
                    .build())
        .toList();
  }

  private static List<MessageTag> tags(Mail mail) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("kind", mail.id().kind());
    tags.put("firmId", mail.id().firm());
    tags.put("mailId", mail.id().mailId());
    tags.putAll(mail.about());
    List<MessageTag> built = new ArrayList<>();
    tags.forEach((name, value) -> built.add(MessageTag.builder().name(name).value(value).build()));
    return built;
  }
}
