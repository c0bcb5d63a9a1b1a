package dev.clockbill.payment;

import com.stripe.exception.StripeException;
import java.util.Set;

/** The processor did not do what it was asked to do. */
public final class ProcessorFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Source: Stripe's documentation, "Error codes". */
  private static final Set<String> AMOUNT_CODES =
      Set.of("amount_too_small", "amount_too_large", "invalid_charge_amount");

  private static final String ACCOUNT_INVALID = "account_invalid";

  /** How it failed. */
  public enum Kind {
    /** There was no answer: whether it was done is not known. */
    NO_ANSWER,
    /** It was not even tried: too many requests, or one that conflicts is being executed. */
    BUSY,
    /** The processor failed, or something that it depends on. */
    BROKEN,
    /** Our key is not accepted. */
    KEY_REFUSED,
    /** We have no access to the account, or not any more. */
    ACCOUNT_LOST,
    /** It cannot charge this amount. */
    AMOUNT_REFUSED,
    /** It does not do this. */
    REFUSED
  }

  private final Kind kind;

  ProcessorFailed(StripeException cause) {
    super(cause.getMessage(), cause);
    this.kind = kind(cause);
  }

  private ProcessorFailed(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** It was not asked, since there is no time left to wait for its answer. */
  static ProcessorFailed noTimeLeft() {
    return new ProcessorFailed(Kind.NO_ANSWER, "no time is left to ask the processor");
  }

  /** It was not asked, since it did not answer before. */
  static ProcessorFailed silent() {
    return new ProcessorFailed(Kind.NO_ANSWER, "the processor did not answer a moment ago");
  }

  /** It refused something and left it as it was. */
  static ProcessorFailed refused(String message) {
    return new ProcessorFailed(Kind.REFUSED, message);
  }

  /**
   * What an answer means. A conflict is with another request, so it says nothing against this one;
   * and what failed outside of the processor may go well another time. Source: Stripe's API
   * reference, "Errors", HTTP status codes 409 and 424.
   */
  private static Kind kind(StripeException failed) {
    Integer status = failed.getStatusCode();
    if (status == null || status == 0) {
      return Kind.NO_ANSWER;
    }
    return switch (status) {
      case 401, 403 -> keyRefusal(failed.getCode());
      case 409, 429 -> Kind.BUSY;
      case 424 -> Kind.BROKEN;
      default -> status >= 500 ? Kind.BROKEN : refusal(failed.getCode());
    };
  }

  /** A key without the right to do something is our fault, and no account is lost by it. */
  private static Kind keyRefusal(String code) {
    return ACCOUNT_INVALID.equals(code) ? Kind.ACCOUNT_LOST : Kind.KEY_REFUSED;
  }

  private static Kind refusal(String code) {
    if (ACCOUNT_INVALID.equals(code)) {
      return Kind.ACCOUNT_LOST;
    }
    return code != null && AMOUNT_CODES.contains(code) ? Kind.AMOUNT_REFUSED : Kind.REFUSED;
  }

  /** How it failed. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether the same request under the same idempotency key would only bring this answer again. The
   * processor keeps an answer for a day once it has begun to execute a request, an answer of 500
   * included; so the next attempt needs another key. Without an answer the key has to stay, or what
   * was done unseen would be done twice. Source: Stripe's documentation, "Idempotent requests".
   */
  public boolean spendsKey() {
    return switch (kind) {
      case NO_ANSWER, BUSY, KEY_REFUSED, ACCOUNT_LOST -> false;
      case BROKEN, AMOUNT_REFUSED, REFUSED -> true;
    };
  }

  /** Whether asking again in a moment may help, under the same key. */
  boolean mayPass() {
    return switch (kind) {
      case NO_ANSWER, BUSY -> true;
      case BROKEN, KEY_REFUSED, ACCOUNT_LOST, AMOUNT_REFUSED, REFUSED -> false;
    };
  }

  /** Whether it refused for good; otherwise asking again later may help. */
  public boolean refused() {
    return switch (kind) {
      case AMOUNT_REFUSED, REFUSED, ACCOUNT_LOST -> true;
      case NO_ANSWER, BUSY, BROKEN, KEY_REFUSED -> false;
    };
  }
}
