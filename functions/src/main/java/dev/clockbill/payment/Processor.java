package dev.clockbill.payment;

import com.stripe.model.Event;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountCreateParams.Controller;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionRetrieveParams;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stripe, which takes the money: calls on behalf of the firms' connected accounts.
 *
 * <p>Where something must not be made twice, the caller gives an idempotency key that it keeps, and
 * takes another one only after a failure that {@linkplain ProcessorFailed#spendsKey() spends} it.
 */
public final class Processor {
  private static final String OWN_PAGES = "https://checkout.stripe.com";

  private static final long MOST_EVENTS = 100;

  /** Where the metadata of a refund that we asked for have the id of its row. */
  static final String REFUND_ID = "refundId";

  private final ProcessorCalls calls;

  /**
   * What a customer is asked to pay.
   *
   * @param account the firm's, at the processor
   * @param currency in lower case, as the processor has it
   * @param lines what to charge, and what for
   * @param description what for in all, as the firm reads it
   * @param customerEmail filled in for the customer; null for one without an address
   * @param payUrl our page, where the customer comes back to
   * @param metadata comes back in every event about the session
   * @param idempotencyKey the same key opens the same session, however often it is asked for
   */
  public record SessionRequest(
      String account,
      String currency,
      List<SessionLine> lines,
      String description,
      String customerEmail,
      String payUrl,
      Map<String, String> metadata,
      String idempotencyKey) {}

  /**
   * A part of what a customer is asked to pay.
   *
   * @param name what for, as the customer reads it
   * @param units what to charge
   */
  public record SessionLine(String name, long units) {}

  /** A session in which a customer can pay: where, and until when. */
  public record OpenSession(String sessionId, String url, Instant expiresAt) {}

  /**
   * The processor under {@code PROCESSOR_API_BASE}, or Stripe's own; the secret key is read from
   * {@code PROCESSOR_KEY_PARAMETER} with the first call. Calls name the function that makes them.
   */
  public Processor(Environment environment) {
    this.calls = new ProcessorCalls(environment);
  }

  /** Where its pages are, as a Content-Security-Policy writes it. */
  public String pagesOrigin() {
    URI standIn = calls.standIn();
    return standIn == null ? OWN_PAGES : standIn.getScheme() + "://" + standIn.getAuthority();
  }

  /**
   * Opens a checkout session; it takes up to 100 lines (Stripe's OpenAPI file, "Create a Checkout
   * Session"). Whoever has paid comes back to the pay page with the session's id, which the
   * processor puts in the place of its name in braces (Stripe's documentation, "Customize redirect
   * behavior").
   *
   * @throws ProcessorFailed if there is none
   */
  public OpenSession open(SessionRequest request) {
    SessionCreateParams.Builder session =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setSuccessUrl(request.payUrl() + "?returned={CHECKOUT_SESSION_ID}")
            .setCancelUrl(request.payUrl())
            .setCustomerEmail(request.customerEmail())
            .putAllMetadata(request.metadata())
            .setPaymentIntentData(
                PaymentIntentData.builder()
                    .setDescription(request.description())
                    .putAllMetadata(request.metadata())
                    .build());
    request.lines().forEach(line -> session.addLineItem(item(line, request.currency())));
    Session opened =
        calls.send(
            request.account(),
            request.idempotencyKey(),
            (client, options) ->
                client.v1().checkout().sessions().create(session.build(), options));
    return new OpenSession(
        opened.getId(), opened.getUrl(), Instant.ofEpochSecond(opened.getExpiresAt()));
  }

  private static LineItem item(SessionLine line, String currency) {
    return LineItem.builder()
        .setQuantity(1L)
        .setPriceData(
            PriceData.builder()
                .setCurrency(currency)
                .setUnitAmount(line.units())
                .setProductData(ProductData.builder().setName(line.name()).build())
                .build())
        .build();
  }

  /**
   * Asks how far a session has come.
   *
   * @throws ProcessorFailed if there is no answer, or no such session
   */
  SessionReport session(String account, String sessionId) {
    SessionRetrieveParams parameters =
        SessionRetrieveParams.builder().addExpand("payment_intent").build();
    Session session =
        calls.send(
            account,
            null,
            (client, options) ->
                client.v1().checkout().sessions().retrieve(sessionId, parameters, options));
    return SessionReport.of(account, session.getLastResponse().body());
  }

  /**
   * Ends a session, so that nobody can pay in it any more. Asking twice does no harm, so it needs
   * no key: under one, a failure would come again for a day.
   *
   * @return how it has ended: now without a payment, or before, perhaps by one
   * @throws ProcessorFailed if it may not have ended
   */
  SessionReport end(String account, String sessionId) {
    try {
      Session expired =
          calls.send(
              account,
              null,
              (client, options) -> client.v1().checkout().sessions().expire(sessionId, options));
      return SessionReport.of(account, expired.getLastResponse().body());
    } catch (ProcessorFailed refused) {
      if (refused.kind() != ProcessorFailed.Kind.REFUSED) {
        throw refused;
      }
      SessionReport ended = session(account, sessionId);
      if (ended.open()) {
        throw refused;
      }
      return ended;
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
   * Creates a firm's account, or finds the one that was created under the same key. The processor
   * deals with its holder directly: it asks for the papers, takes its fees from the account, bears
   * its losses and gives it a dashboard of its own.
   *
   * <p>Source: Stripe's documentation, "Migrate your Connect integration to use controller
   * properties instead of account types"; {@code type} is deprecated.
   *
   * @param country ISO 3166, where the firm is; null if the processor is to ask for it
   * @return the account's id
   * @throws ProcessorFailed if it may not exist
   */
  public String createAccount(String firm, String country, String idempotencyKey) {
    AccountCreateParams account =
        AccountCreateParams.builder()
            .setCountry(country)
            .setController(
                Controller.builder()
                    .setFees(
                        Controller.Fees.builder().setPayer(Controller.Fees.Payer.ACCOUNT).build())
                    .setLosses(
                        Controller.Losses.builder()
                            .setPayments(Controller.Losses.Payments.STRIPE)
                            .build())
                    .setRequirementCollection(Controller.RequirementCollection.STRIPE)
                    .setStripeDashboard(
                        Controller.StripeDashboard.builder()
                            .setType(Controller.StripeDashboard.Type.FULL)
                            .build())
                    .build())
            .putMetadata("firmId", firm)
            .build();
    return calls.send(
        null,
        idempotencyKey,
        (client, options) -> client.v1().accounts().create(account, options).getId());
  }

  /**
   * Creates a link at which the owner sets the account up; it is valid for some minutes and one
   * visit.
   *
   * @param returnUrl our page, where the owner comes back to when it is done
   * @param refreshUrl our page that makes a new link, for when this one has expired or was used
   * @throws ProcessorFailed if there is none
   */
  public String onboardingLink(String accountId, String returnUrl, String refreshUrl) {
    AccountLinkCreateParams link =
        AccountLinkCreateParams.builder()
            .setAccount(accountId)
            .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
            .setReturnUrl(returnUrl)
            .setRefreshUrl(refreshUrl)
            .build();
    return calls.send(
        null, null, (client, options) -> client.v1().accountLinks().create(link, options).getUrl());
  }

  /**
   * Asks how far an account's setup is.
   *
   * @throws ProcessorFailed if there is no answer
   */
  public Account account(String accountId) {
    com.stripe.model.Account account =
        calls.send(
            null, null, (client, options) -> client.v1().accounts().retrieve(accountId, options));
    List<String> due =
        account.getRequirements() == null ? null : account.getRequirements().getCurrentlyDue();
    return new Account(
        Boolean.TRUE.equals(account.getChargesEnabled()), due == null ? List.of() : due);
  }

  /**
   * Some of an account's events, newest first.
   *
   * @param events as the processor sent them, or would have
   * @param more whether there are older ones that were asked for
   */
  record EventPage(List<Map<String, Object>> events, boolean more) {
    /** The id by which the next page is asked for. */
    String last() {
      return Json.text(events.getLast(), "id");
    }
  }

  /**
   * Asks what happened to an account, at most a hundred events at a time. The processor keeps them
   * for 30 days. Source: Stripe's documentation, "List all events".
   *
   * @param from when the first of them was made, or later
   * @param to when the last of them was made, or earlier
   * @param types at most 20
   * @param after the last event of the page before; null for the newest
   * @throws ProcessorFailed if there is no answer
   */
  EventPage events(String account, Instant from, Instant to, List<String> types, String after) {
    EventListParams parameters =
        EventListParams.builder()
            .setCreated(
                EventListParams.Created.builder()
                    .setGte(from.getEpochSecond())
                    .setLte(to.getEpochSecond())
                    .build())
            .addAllType(types)
            .setLimit(MOST_EVENTS)
            .setStartingAfter(after)
            .build();
    StripeCollection<Event> page =
        calls.send(
            account, null, (client, options) -> client.v1().events().list(parameters, options));
    Map<String, Object> list = Json.readObject(page.getLastResponse().body());
    return new EventPage(Json.objects(list, "data"), Boolean.TRUE.equals(list.get("has_more")));
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
    Refund made =
        calls.send(
            request.account(),
            request.idempotencyKey(),
            (client, options) -> client.v1().refunds().create(refund, options));
    return fact(made);
  }

  /**
   * All refunds of a payment, however they were made.
   *
   * @throws ProcessorFailed if there is no answer
   */
  List<ChargeFact.OfRefund> refunds(String account, String paymentId) {
    RefundListParams ofPayment =
        RefundListParams.builder().setPaymentIntent(paymentId).setLimit(100L).build();
    return calls.send(
        account,
        null,
        (client, options) -> {
          List<ChargeFact.OfRefund> found = new ArrayList<>();
          client
              .v1()
              .refunds()
              .list(ofPayment, options)
              .autoPagingIterable()
              .forEach(refund -> found.add(fact(refund)));
          return found;
        });
  }

  /** None is left out: one that is not seen would be made again. */
  private static ChargeFact.OfRefund fact(Refund refund) {
    return ChargeEvent.refund(
            Json.object(
                "id", refund.getId(),
                "status", refund.getStatus(),
                "amount", refund.getAmount(),
                "created", refund.getCreated(),
                "metadata", refund.getMetadata()))
        .orElseThrow();
  }
}
