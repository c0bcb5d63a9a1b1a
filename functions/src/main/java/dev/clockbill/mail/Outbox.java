package dev.clockbill.mail;

import dev.clockbill.mail.Recording.Result;
import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Attachment;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentDisposition;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentTransferEncoding;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Sends mails, each once: claims the mail, sends it, and records that together with what follows.
 *
 * <p>If the call that sends a mail ends with an unknown outcome, the mail stays claimed. The mail
 * service's {@code Send} event confirms it; if none arrives for {@linkplain QueuedMail#CLAIM five
 * minutes}, the next claim succeeds and the mail is sent again.
 */
public final class Outbox {
  private final Table table;
  private final SesV2Client client;
  private final String from;
  private final String configurationSet;

  /**
   * What a claim keeps and requires.
   *
   * @param facts what is kept on the mail, such as its {@linkplain QueuedMail#recipient address}
   * @param conditions what else has to hold when the mail is claimed
   * @param waiting what follows if the mail has to wait
   */
  public record Terms(Map<String, Object> facts, List<Write> conditions, Waiting waiting) {
    /** A claim that keeps and requires nothing, of a mail from whose waiting nothing follows. */
    public static final Terms NONE = waiting((work, waits) -> {});

    /** The terms of a mail whose waiting has a consequence. */
    public static Terms waiting(Waiting waiting) {
      return new Terms(Map.of(), List.of(), waiting);
    }
  }

  /**
   * How a mail's sending ended.
   *
   * @param answer the recording's
   * @param reached whether the mail service took or refused the mail just now; false for one that
   *     was sent, or given up, before
   */
  public record Done<T>(T answer, boolean reached) {}

  /** What follows from it that a mail has to wait. */
  @FunctionalInterface
  public interface Waiting {
    /**
     * Adds what follows to the transaction that gives the claim back. It is called again after a
     * conflict, so it reads what it decides on.
     */
    void add(UnitOfWork work, MailWaits waits);
  }

  /** Sends from {@code MAIL_FROM} with the configuration set {@code MAIL_CONFIGURATION_SET}. */
  public Outbox(Table table, Environment environment) {
    this.table = table;
    this.client = AwsClients.mail(environment);
    this.from = environment.required("MAIL_FROM");
    this.configurationSet = environment.required("MAIL_CONFIGURATION_SET");
  }

  /**
   * Sends a mail unless it was sent before, and records how that ended.
   *
   * @param content composes the mail, once it is claimed
   * @throws ConditionFailed if one of the terms' conditions does not hold: nothing was sent
   * @throws MailThrottled if it is to be tried again in seconds: nothing was sent
   * @throws MailWaits if the mail service takes no mails of ours at present: nothing was sent
   * @throws MailUnconfirmed if it is being sent elsewhere, or it is not known yet whether it was
   */
  public <T> Done<T> send(Mail.Id id, Terms terms, Supplier<Mail> content, Recording<T> recording) {
    QueuedMail.Claim claim = QueuedMail.Claim.now();
    Optional<QueuedMail> before = claim(id, claim, terms);
    if (before.isEmpty()) {
      return new Done<>(record(id, send(id, claim, terms, content), true, recording), true);
    }
    QueuedMail mail = before.get();
    Result result =
        switch (mail.state()) {
          case QUEUED, CLAIMED -> throw new MailUnconfirmed(id);
          case SENT -> new Result.Sent(mail.claim());
          case GIVEN_UP ->
              new Result.Refused(
                  mail.claim(), new MailRefused("mail " + id.mailId() + " was given up before"));
        };
    return new Done<>(record(id, result, mail.waits(), recording), false);
  }

  /**
   * Takes an address off the list of those to which the mail service sends nothing any more, since
   * a mail came back or a reader complained (SES API v2, {@code DeleteSuppressedDestination}).
   * Nothing happens if it is not on the list.
   *
   * @throws MailThrottled if it is to be tried again in seconds: SES takes one such call a second
   *     (SES developer guide, "Service quotas in Amazon SES")
   */
  public void allow(String address) {
    try {
      client.deleteSuppressedDestination(of -> of.emailAddress(address));
    } catch (NotFoundException notListed) {
      // The usual case.
    } catch (SesV2Exception failed) {
      // Among the errors of the call that is TooManyRequestsException, among those that are common
      // to all calls ThrottlingException.
      if (failed.isThrottlingException()) {
        throw new MailThrottled(failed.awsErrorDetails().errorCode());
      }
      if (failed.statusCode() >= 500) {
        throw failed;
      }
      // The mail is sent all the same; if the address is on the list, an event says so.
      Log.alarm("suppression list", "answer", failed.awsErrorDetails().errorCode());
    }
  }

  /** Claims a mail; answers what is known of it where the claim fails. */
  private Optional<QueuedMail> claim(Mail.Id id, QueuedMail.Claim claim, Terms terms) {
    Write write = QueuedMail.claimed(id, claim);
    write.setAll(terms.facts());
    try {
      table.begin(id.firm()).add(write).addAll(terms.conditions()).commit();
      return Optional.empty();
    } catch (ConditionFailed failed) {
      if (!failed.failed(write)) {
        throw failed;
      }
      return Optional.of(
          failed.present(write).map(QueuedMail::of).orElseThrow(() -> new MailUnconfirmed(id)));
    }
  }

  private Result send(Mail.Id id, QueuedMail.Claim claim, Terms terms, Supplier<Mail> content) {
    try {
      send(content.get());
      return new Result.Sent(claim);
    } catch (MailRefused refused) {
      giveBack(id, claim);
      Log.failure(refused, "firmId", id.firm(), "mailId", id.mailId());
      return new Result.Refused(claim, refused);
    } catch (MailThrottled later) {
      giveBack(id, claim);
      throw later;
    } catch (MailTrouble.AccountInTrouble account) {
      throw waits(id, claim, terms, account);
    }
  }

  /**
   * Gives a claim back together with what follows from it that the mail waits. If that cannot be
   * recorded, since what the mail is about has changed again and again, the claim alone is given
   * back: whatever pushed the mail before does so again.
   */
  private MailWaits waits(
      Mail.Id id, QueuedMail.Claim claim, Terms terms, MailTrouble.AccountInTrouble account) {
    Optional<Item> item = table.get(id.firm(), id.key());
    long tries = item.map(QueuedMail::tries).orElse(0L) + 1;
    MailWaits waits = new MailWaits(id, account.trouble(), tries);
    Log.alarm(
        "mails wait",
        "firmId",
        id.firm(),
        "mailId",
        id.mailId(),
        "reason",
        account.trouble().word(),
        "answer",
        account.getMessage(),
        "tries",
        tries);
    try {
      Retry.onConflict(
          () -> {
            UnitOfWork work = table.begin(id.firm());
            work.add(
                QueuedMail.waiting(
                    id, claim, tries, item.filter(DueQueue::holds).map(queued -> waits.next())));
            terms.waiting().add(work, waits);
            work.commit();
            return waits;
          });
    } catch (ConditionFailed changing) {
      giveBack(id, claim);
    }
    return waits;
  }

  /**
   * Records how the sending of a mail ended.
   *
   * @param open whether the mail's own item does not say so yet
   */
  private <T> T record(Mail.Id id, Result result, boolean open, Recording<T> recording) {
    return Retry.onConflict(
        () -> {
          UnitOfWork work = table.begin(id.firm());
          if (!open) {
            return commit(work, recording.add(work, result));
          }
          Write own =
              switch (result) {
                case Result.Sent sent -> QueuedMail.sent(id);
                case Result.Refused refused -> QueuedMail.givenUp(id);
              };
          work.add(own);
          T answer = recording.add(work, result);
          try {
            return commit(work, answer);
          } catch (ConditionFailed failed) {
            if (!failed.failed(own)) {
              throw failed;
            }
            // An earlier call, of which nobody knew how it ended, had sent the mail after all.
            QueuedMail mail = failed.present(own).map(QueuedMail::of).orElseThrow(() -> failed);
            return record(id, new Result.Sent(mail.claim()), true, recording);
          }
        });
  }

  private static <T> T commit(UnitOfWork work, T answer) {
    work.commit();
    return answer;
  }

  /**
   * Calls the mail service.
   *
   * @throws RuntimeException as {@link MailTrouble#meaning} says
   */
  private void send(Mail mail) {
    try {
      client.sendEmail(
          send ->
              send.fromEmailAddress(FromHeader.of(mail.senderName(), from))
                  .replyToAddresses(mail.replyTo())
                  .destination(
                      who ->
                          who.toAddresses(mail.to())
                              .ccAddresses(mail.cc())
                              .bccAddresses(mail.bcc()))
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
                                              body.text(t -> t.data(mail.text()).charset("UTF-8"))
                                                  .html(h -> h.data(mail.html()).charset("UTF-8")))
                                      .attachments(attachments(mail)))));
    } catch (SesV2Exception answer) {
      throw MailTrouble.meaning(answer);
    }
  }

  private void giveBack(Mail.Id id, QueuedMail.Claim claim) {
    try {
      table.write(QueuedMail.unclaimed(id, claim));
    } catch (ConditionFailed notClaimed) {
      // It was confirmed, or given back, in the meantime.
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
    tags.put("kind", mail.id().kind().tag());
    tags.put("firmId", mail.id().firm());
    tags.put("mailId", mail.id().mailId());
    tags.putAll(mail.tags());
    List<MessageTag> built = new ArrayList<>();
    tags.forEach((name, value) -> built.add(MessageTag.builder().name(name).value(value).build()));
    return built;
  }
}
