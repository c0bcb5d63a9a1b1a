package dev.clockbill.mail;

import java.util.Arrays;
import java.util.Locale;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Why the mail service takes no mails of ours at present, whatever they say and whoever they go to.
 * It is nobody's fault outside: the mails wait and are tried again until it is over.
 */
public enum MailTrouble {
  /** Sending is paused, by us or by the mail service. */
  PAUSED("sending is paused at the email service"),
  /** The mail service has closed the account. */
  SUSPENDED("the email service has closed the account"),
  /** The sender is not verified, or in the sandbox a recipient. */
  UNVERIFIED("the email service has not verified the sender yet"),
  /** The mails of a day are used up. */
  QUOTA("the daily limit of emails has been reached"),
  /** The configuration set is missing. */
  CONFIGURATION("the email service is not set up completely"),
  /** Our key or our policies do not let us send. */
  ACCESS("Clockbill has no access to the email service"),
  /** Something else that is not about this mail. */
  OTHER("the email service is not accepting emails right now");

  private static final String NOT_VERIFIED = "email address is not verified";

  private final String text;

  MailTrouble(String text) {
    this.text = text;
  }

  /** As the table keeps it and the API shows it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The trouble of that word; {@link #OTHER} for one that is not known any more. */
  public static MailTrouble of(String word) {
    return Arrays.stream(values())
        .filter(trouble -> trouble.word().equals(word))
        .findFirst()
        .orElse(OTHER);
  }

  /** For people: what is the matter, as a part of a sentence. */
  public String text() {
    return text;
  }

  /**
   * What the mail service says by an answer that is no success: about this mail, about the account,
   * or neither. Names and meanings: SES API v2, "SendEmail"; messages: SES developer guide, "Amazon
   * SES email sending errors" and "Errors related to the sending quotas for your Amazon SES
   * account". An unverified identity comes as {@code MessageRejected} like a refusal of this mail.
   *
   * @return {@link MailRefused}, {@link MailThrottled} or {@link AccountInTrouble}; the exception
   *     itself if it says nothing about whether the mail was sent
   */
  static RuntimeException meaning(SesV2Exception answer) {
    String message = answer.awsErrorDetails().errorMessage();
    String said = message == null ? "" : message.toLowerCase(Locale.ROOT);
    // A message may hold addresses, which belong in no log: only its name is kept.
    String code = answer.awsErrorDetails().errorCode();
    if (answer.isThrottlingException() && !said.contains("quota")) {
      return new MailThrottled(code);
    }
    if (answer.isThrottlingException()) {
      return new AccountInTrouble(QUOTA, code);
    }
    if (answer.statusCode() >= 500) {
      return answer;
    }
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      return new AccountInTrouble(ACCESS, code);
    }
    return switch (code) {
      case "MessageRejected" ->
          said.startsWith(NOT_VERIFIED)
              ? new AccountInTrouble(UNVERIFIED, code)
              : new MailRefused(code);
      case "BadRequestException" -> new MailRefused(code);
      case "SendingPausedException" -> new AccountInTrouble(PAUSED, code);
      case "AccountSuspendedException" -> new AccountInTrouble(SUSPENDED, code);
      case "MailFromDomainNotVerifiedException" -> new AccountInTrouble(UNVERIFIED, code);
      case "LimitExceededException" -> new AccountInTrouble(QUOTA, code);
      case "NotFoundException" -> new AccountInTrouble(CONFIGURATION, code);
      case null, default -> new AccountInTrouble(OTHER, code);
    };
  }

  /** The mail service takes no mails of ours: this one was not sent. */
  static final class AccountInTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MailTrouble trouble;

    AccountInTrouble(MailTrouble trouble, String code) {
      super(code);
      this.trouble = trouble;
    }

    MailTrouble trouble() {
      return trouble;
    }
  }
}
