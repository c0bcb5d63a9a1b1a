package dev.clockbill.payment;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.model.AccountLink;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stripe, which takes the money: calls on behalf of the firms' connected accounts. */
public final class Processor {
  private static final String OWN_PAGES = "https://checkout.stripe.com";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 5_000;
  private static final int RETRIES = 2;

  /** Where the metadata of a refund that we asked for have the id of its row. */
  static final String REFUND_ID = "refundId";

  private final Secret key;
  private final String apiBase;
  private StripeClient client;

  /** The processor did not do what it was asked to do. */
  public static final class ProcessorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean refused;

    ProcessorFailed(StripeException cause) {
      super(cause.getMessage(), cause);
      this.refused = cause instanceof InvalidRequestException || cause instanceof CardException;
    }

    /** Whether it refused for good; otherwise asking again later may help. */
    public boolean refused() {
      return refused;
    }

    /** Whether we may not act for the account any more. */
    boolean denied() {
      return getCause() instanceof PermissionException;
    }

    /** Whether it answered that it failed; it repeats that answer under the same key for a day. */
    boolean answered() {
      return getCause() instanceof StripeException cause
          && cause.getStatusCode() != null
          && cause.getStatusCode() >= 500;
    }
  }

  /**
   * What a customer is asked to pay.
   *
   * @param account the firm's, at the processor
   * @param amount what to charge
   * @param description what for, as the customer reads it
   * @param customerEmail filled in for the customer
   * @param payUrl our page, where the customer comes back to
   * @param metadata comes back in every event about the session
   * @param idempotencyKey the same key opens the same session, however often it is asked for
   */
  public record SessionRequest(
      String account,
      ProcessorUnits.Chargeable amount,
      String description,
      String customerEmail,
      String payUrl,
      Map<String, String> metadata,
      String idempotencyKey) {}

  /** A session in which a customer can pay: where, and until when. */
  public record OpenSession(String sessionId, String url, Instant expiresAt) {}

  /**
   * The processor under {@code PROCESSOR_API_BASE}, or Stripe's own; the secret key is read from
   * {@code PROCESSOR_KEY_PARAMETER} with the first call. Calls name the function that makes them.
   */
  public Processor(Environment environment) {
    this.key = new Secret(environment, "PROCESSOR_KEY_PARAMETER");
    this.apiBase = environment.optional("PROCESSOR_API_BASE").orElse(null);
    environment.optional("AWS_LAMBDA_FUNCTION_NAME").ifPresent(Stripe::setAppInfo);
  }

  /** Where its pages are, as a Content-Security-Policy writes it. */
  public String pagesOrigin() {
    if (apiBase == null) {
      return OWN_PAGES;
    }
    URI base = URI.create(apiBase);
    return base.getScheme() + "://" + base.getAuthority();
  }

  /**
   * Opens a checkout session, the whole amount as one line.
   *
   * @throws ProcessorFailed if there is none
   */
  public OpenSession open(SessionRequest request) {
    SessionCreateParams session =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setSuccessUrl(request.payUrl() + "?returned=true")
            .setCancelUrl(request.payUrl())
            .setCustomerEmail(request.customerEmail())
            .putAllMetadata(request.metadata())
            .setPaymentIntentData(
                PaymentIntentData.builder()
                    .setDescription(request.description())
                    .putAllMetadata(request.metadata())
                    .build())
            .addLineItem(
                LineItem.builder()
                    .setQuantity(1L)
                    .setPriceData(
                        PriceData.builder()
                            .setCurrency(request.amount().currency())
                            .setUnitAmount(request.amount().units())
                            .setProductData(
                                ProductData.builder().setName(request.description()).build())
                            .build())
                    .build())
            .build();
    RequestOptions options =
        RequestOptions.builder()
            .setStripeAccount(request.account())
            .setIdempotencyKey(request.idempotencyKey())
            .build();
    try {
      Session opened = client().v1().checkout().sessions().create(session, options);
      return new OpenSession(
          opened.getId(), opened.getUrl(), Instant.ofEpochSecond(opened.getExpiresAt()));
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * Ends a session, so that nobody can pay in it any more.
   *
   * @return false if it has ended already, perhaps by payment
   * @throws ProcessorFailed if it may not have ended
   */
  public boolean expire(String account, String sessionId) {
    RequestOptions options =
        RequestOptions.builder()
            .setStripeAccount(account)
            .setIdempotencyKey("expire-" + sessionId)
            .build();
    try {
      client().v1().checkout().sessions().expire(sessionId, options);
      return true;
    } catch (InvalidRequestException ended) {
      return false;
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * A firm's account.
   *
   * @param chargesEnabled whether customers can pay into it
   * @param requirements what the processor still wants to know, in its own words
   */
  public record Account(boolean chargesEnabled, List<String> requirements) {}

  /**
   * Creates a firm's account, or finds the one that was created before. The request has the firm's
   * id alone: a name or address that changes between two attempts would make it another request.
   *
   * @return the account's id
   * @throws ProcessorFailed if it may not exist
   */
  public String createAccount(String firm) {
    AccountCreateParams account =
        AccountCreateParams.builder()
            .setType(AccountCreateParams.Type.STANDARD)
            .putMetadata("firmId", firm)
            .build();
    RequestOptions options = RequestOptions.builder().setIdempotencyKey("account-" + firm).build();
    try {
      return client().v1().accounts().create(account, options).getId();
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * Creates a link at which the owner sets the account up; it is valid for some minutes and one
   * visit.
   *
   * @param returnUrl our page, where the owner comes back to when it is done or the link has
   *     expired
   * @throws ProcessorFailed if there is none
   */
  public String onboardingLink(String accountId, String returnUrl) {
    AccountLinkCreateParams link =
        AccountLinkCreateParams.builder()
            .setAccount(accountId)
            .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
            .setReturnUrl(returnUrl)
            .setRefreshUrl(returnUrl)
            .build();
    try {
      AccountLink made = client().v1().accountLinks().create(link);
      return made.getUrl();
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * Asks how far an account's setup is.
   *
   * @throws ProcessorFailed if there is no answer
   */
  public Account account(String accountId) {
    try {
      com.stripe.model.Account account = client().v1().accounts().retrieve(accountId);
      List<String> due =
          account.getRequirements() == null ? null : account.getRequirements().getCurrentlyDue();
      return new Account(
          Boolean.TRUE.equals(account.getChargesEnabled()), due == null ? List.of() : due);
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * A refund to be made.
   *
   * @param account the one that the payment was made into
   * @param paymentId the processor's id of the payment
   * @param units what to give back
   * @param rowId the id of its row, by which it is found again
   * @param idempotencyKey the same key makes one refund, however often it is asked for in a day
   */
  record RefundRequest(
      String account, String paymentId, long units, String rowId, String idempotencyKey) {}

  /**
   * Gives some of a payment back.
   *
   * @return the refund as it is then
   * @throws ProcessorFailed if it may not have been made
   */
  ChargeFact.OfRefund refund(RefundRequest request) {
    RefundCreateParams refund =
        RefundCreateParams.builder()
            .setPaymentIntent(request.paymentId())
            .setAmount(request.units())
            .putMetadata(REFUND_ID, request.rowId())
            .build();
    RequestOptions options =
        RequestOptions.builder()
            .setStripeAccount(request.account())
            .setIdempotencyKey(request.idempotencyKey())
            .build();
    try {
      return fact(client().v1().refunds().create(refund, options)).orElseThrow();
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  /**
   * All refunds of a payment, however they were made.
   *
   * @throws ProcessorFailed if there is no answer
   */
  List<ChargeFact.OfRefund> refunds(String account, String paymentId) {
    RefundListParams ofPayment =
        RefundListParams.builder().setPaymentIntent(paymentId).setLimit(100L).build();
    RequestOptions options = RequestOptions.builder().setStripeAccount(account).build();
    try {
      List<ChargeFact.OfRefund> found = new ArrayList<>();
      client()
          .v1()
          .refunds()
          .list(ofPayment, options)
          .autoPagingIterable()
          .forEach(refund -> fact(refund).ifPresent(found::add));
      return found;
    } catch (StripeException failed) {
      throw new ProcessorFailed(failed);
    }
  }

  private static Optional<ChargeFact.OfRefund> fact(Refund refund) {
    return ChargeEvent.refund(
        Json.object(
            "id", refund.getId(),
            "status", refund.getStatus(),
            "amount", refund.getAmount(),
            "created", refund.getCreated(),
            "metadata", refund.getMetadata()));
  }

  private synchronized StripeClient client() {
    if (client == null) {
      StripeClient.StripeClientBuilder builder =
          StripeClient.builder()
              .setApiKey(key.value())
              .setConnectTimeout(CONNECT_MILLIS)
              .setReadTimeout(ANSWER_MILLIS)
              .setMaxNetworkRetries(RETRIES);
      if (apiBase != null) {
        builder.setApiBase(apiBase);
      }
      client = builder.build();
    }
    return client;
  }
}
