package dev.clockbill.local.mail;

/**
 * How SES refuses a mail.
 *
 * @param status the HTTP status
 * @param code the exception's name
 * @param message in SES's words
 */
record Refusal(int status, String code, String message) {
  /** A request that is not as it has to be. */
  static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequestException", message);
  }

  /** A mail that is refused. */
  static Refusal rejected(String message) {
    return new Refusal(400, "MessageRejected", message);
  }

  /**
   * A sender, or in the sandbox a recipient, whose identity is not verified (SES developer guide,
   * "Amazon SES email sending errors").
   */
  static Refusal notVerified(Iterable<String> identities) {
    return rejected(
        "Email address is not verified. The following identities failed the check in region"
            + " EU-CENTRAL-1: "
            + String.join(", ", identities));
  }
}
