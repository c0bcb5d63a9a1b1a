package dev.clockbill.local.mail;

import dev.clockbill.local.template.MailEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of the account at SES, and what SES therefore refuses whatever the mail says. Names and
 * meanings of the exceptions: SES API v2, {@code SendEmail}; messages: SES developer guide, "Amazon
 * SES email sending errors" and, of the quota, "Errors related to the sending quotas for your
 * Amazon SES account".
 */
final class MailAccount {

  /** What a test or a person makes of the account. */
  enum State {
    /** It sends. */
    OK("ok"),
    /** Sending is paused. */
    PAUSED("paused", 400, "SendingPausedException", "Account is paused"),
    /** It may never send again. */
    SUSPENDED(
        "suspended",
        400,
        "AccountSuspendedException",
        "The account's ability to send email has been permanently restricted."),
    /** The sender's identity is not verified. */
    UNVERIFIED("unverified"),
    /** The domain of the return path is not verified. */
    MAIL_FROM(
        "mailFrom", 400, "MailFromDomainNotVerifiedException", "Mail FROM domain is not verified."),
    /** It may send to verified recipients only. */
    SANDBOX("sandbox"),
    /** The mails of 24 hours are used up. */
    QUOTA("quota", 400, "ThrottlingException", "Daily message quota exceeded."),
    /** Its key or its policies are not as they have to be. */
    DENIED(
        "denied", 403, "AccessDeniedException", "User is not authorized to perform this action."),
    /** Somebody deleted the configuration set. */
    NO_CONFIGURATION_SET("noConfigurationSet");

    private final String word;
    private final int status;
    private final String code;
    private final String message;

    State(String word) {
      this(word, 0, null, null);
    }

    State(String word, int status, String code, String message) {
      this.word = word;
      this.status = status;
      this.code = code;
      this.message = message;
    }

    /** How it refuses every mail; empty if that depends on the mail, or if it does not. */
    private Optional<Refusal> refusal() {
      return code == null ? Optional.empty() : Optional.of(new Refusal(status, code, message));
    }

    static State named(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "\"state\" must be one of "
                          + Arrays.stream(values())
                              .map(state -> state.word)
                              .collect(Collectors.joining(", "))
                          + "."));
    }
  }

  private final MailEntry template;
  private volatile State state = State.OK;

  /** An account with the identities and configuration sets of a template. */
  MailAccount(MailEntry template) {
    this.template = template;
  }

  void become(State next) {
    state = next;
  }

  /** How the account stands in the way of a mail; empty if it does not. */
  Optional<Refusal> refuses(SendRequest request) {
    Optional<String> missing =
        request
            .configurationSet()
            .filter(
                name ->
                    state == State.NO_CONFIGURATION_SET
                        || !template.configurationSets().containsKey(name));
    if (missing.isPresent()) {
      return Optional.of(
          new Refusal(
              404,
              "NotFoundException",
              "Configuration set <" + missing.get() + "> does not exist."));
    }
    if (state.refusal().isPresent()) {
      return state.refusal();
    }
    String sender = request.message().fromAddress();
    if (state == State.UNVERIFIED || !verified(sender)) {
      return Optional.of(Refusal.notVerified(List.of(sender)));
    }
    List<String> strangers =
        request.message().recipients().stream().filter(address -> !verified(address)).toList();
    return state == State.SANDBOX && !strangers.isEmpty()
        ? Optional.of(Refusal.notVerified(strangers))
        : Optional.empty();
  }

  /** Whether an address, its domain, or a domain above that is an identity. */
  private boolean verified(String address) {
    String folded = address.toLowerCase(Locale.ROOT);
    String domain = folded.substring(folded.lastIndexOf('@') + 1);
    return template.identities().stream()
        .map(identity -> identity.toLowerCase(Locale.ROOT))
        .anyMatch(
            identity ->
                identity.equals(folded)
                    || identity.equals(domain)
                    || domain.endsWith("." + identity));
  }

  /** Whether a configuration set publishes events of a type, such as {@code DELIVERY_DELAY}. */
  boolean publishes(String configurationSet, String type) {
    return template.configurationSets().getOrDefault(configurationSet, Set.of()).contains(type);
  }
}
