package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeApiTest {
  private final Desk desk = new Desk();

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void aCheckoutIsMadeAndReadByStripesOwnClient() throws StripeException {
    Session made = desk.checkout();
    Session read = desk.client.v1().checkout().sessions().retrieve(made.getId(), Desk.shop());
    assertThat(read.getStatus()).isEqualTo("open");
    assertThat(read.getPaymentStatus()).isEqualTo("unpaid");
    assertThat(read.getAmountTotal()).isEqualTo(5000);
    assertThat(read.getCurrency()).isEqualTo("usd");
    assertThat(read.getMetadata()).isEqualTo(Map.of("order", "7"));
    assertThat(read.getClientReferenceId()).isEqualTo("order-7");
    assertThat(read.getUrl()).isEqualTo(desk.rig.base() + "/_processor/checkout/" + made.getId());
    assertThat(read.getExpiresAt())
        .isEqualTo(desk.rig.clock().instant().plus(Duration.ofHours(24)).getEpochSecond());
    assertThat(read.getPaymentIntent()).isNull();
    assertThat(read.toJson()).doesNotContain("payment_intent_data");
  }

  @Test
  void aCheckoutBelongsToItsAccount() throws StripeException {
    Session made = desk.checkout();
    assertThatThrownBy(() -> desk.client.v1().checkout().sessions().retrieve(made.getId()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("No such checkout.session");
  }

  @Test
  void theSameKeyGivesTheSameCheckoutAndAnotherBodyIsRefused() throws StripeException {
    var first = desk.checkout(5000, "usd", key("k"));
    assertThat(desk.checkout(5000, "usd", key("k")).getId()).isEqualTo(first.getId());
    assertThatThrownBy(() -> desk.checkout(6000, "usd", key("k")))
        .isInstanceOf(IdempotencyException.class);
    assertThat(desk.checkout(5000, "usd", key("l")).getId()).isNotEqualTo(first.getId());
  }

  @Test
  void whatStripeDoesNotChargeIsRefused() {
    assertThatThrownBy(() -> desk.checkout(40, "usd", RequestOptions.builder()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("amount_too_small"));
    assertThatThrownBy(() -> desk.checkout(1234, "bhd", RequestOptions.builder()))
        .hasMessageContaining("divisible by 10");
  }

  @Test
  void unknownParametersCallsAndKeysAreRefusedByName() {
    assertThatThrownBy(
            () ->
                desk.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(
                        SessionCreateParams.builder()
                            .setMode(SessionCreateParams.Mode.PAYMENT)
                            .setAllowPromotionCodes(true)
                            .build()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getParam()).isEqualTo("allow_promotion_codes"));
    assertThatThrownBy(() -> desk.client.v1().customers().retrieve("cus_1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("GET /_processor/v1/customers/cus_1");
    assertThatThrownBy(() -> desk.client("other").v1().events().list())
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void anOpenCheckoutIsExpiredOnce() throws StripeException {
    Session made = desk.checkout();
    Session expired = desk.client.v1().checkout().sessions().expire(made.getId(), Desk.shop());
    assertThat(expired.getStatus()).isEqualTo("expired");
    assertThat(expired.getUrl()).isNull();
    desk.rig.clock().settle();
    assertThat(desk.types()).containsExactly("checkout.session.expired");
    assertThatThrownBy(
            () -> desk.client.v1().checkout().sessions().expire(made.getId(), Desk.shop()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("status of `expired`");
  }

  @Test
  void aPaymentIsReadWithItsCharge() throws StripeException {
    Session made = desk.checkout();
    desk.happen(made, "paid");
    Session read =
        desk.client
            .v1()
            .checkout()
            .sessions()
            .retrieve(
                made.getId(),
                SessionRetrieveParams.builder().addExpand("payment_intent.latest_charge").build(),
                Desk.shop());
    var payment = read.getPaymentIntentObject();
    assertThat(payment.getStatus()).isEqualTo("succeeded");
    assertThat(payment.getMetadata()).isEqualTo(Map.of("order", "7"));
    assertThat(payment.getLatestChargeObject().getPaymentMethodDetails().getType())
        .isEqualTo("card");
    assertThat(
            desk.client
                .v1()
                .checkout()
                .sessions()
                .list(
                    SessionListParams.builder().setPaymentIntent(payment.getId()).build(),
                    Desk.shop())
                .getData())
        .extracting(Session::getId)
        .containsExactly(made.getId());
    assertThat(desk.client.v1().paymentIntents().retrieve(payment.getId(), Desk.shop()).getAmount())
        .isEqualTo(5000);
  }

  @Test
  void moneyIsGivenBackUpToWhatWasPaid() throws StripeException {
    String payment = desk.paid();
    Refund refund = refund(payment, 2000L);
    assertThat(refund.getStatus()).isEqualTo("succeeded");
    assertThatThrownBy(() -> refund(payment, 3001L))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("greater than unrefunded amount");
    assertThat(refund(payment, null).getAmount()).isEqualTo(3000);
    desk.rig.clock().settle();
    assertThat(desk.types()).filteredOn("charge.refunded"::equals).hasSize(2);
  }

  @Test
  void anAccountIsMadeAndSetUpByAPerson() throws StripeException {
    Account account =
        desk.client
            .v1()
            .accounts()
            .create(
                AccountCreateParams.builder()
                    .setType(AccountCreateParams.Type.STANDARD)
                    .setEmail("desk@house.example")
                    .build());
    assertThat(account.getChargesEnabled()).isFalse();
    assertThat(account.getRequirements().getCurrentlyDue()).isNotEmpty();
    String url =
        desk.client
            .v1()
            .accountLinks()
            .create(
                AccountLinkCreateParams.builder()
                    .setAccount(account.getId())
                    .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                    .setReturnUrl("http://localhost:4000/back")
                    .setRefreshUrl("http://localhost:4000/again")
                    .build())
            .getUrl();
    String page = URI.create(url).getPath();
    assertThat(desk.rig.browse(page).text()).contains("Finish the setup");
    assertThat(desk.rig.submit(page, "").header("location"))
        .isEqualTo("http://localhost:4000/back");
    assertThat(desk.client.v1().accounts().retrieve(account.getId()).getChargesEnabled()).isTrue();
    assertThat(desk.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("account.updated");
              assertThat(event.getAccount()).isEqualTo(account.getId());
            });
    desk.rig.clock().advance(Duration.ofMinutes(5));
    assertThat(desk.rig.browse(page).header("location")).isEqualTo("http://localhost:4000/again");
  }

  @Test
  void anAccountThatNobodyMadeHereTakesMoney() throws StripeException {
    assertThat(desk.client.v1().accounts().retrieve("acct_elsewhere").getChargesEnabled()).isTrue();
    assertThat(
            desk.rig
                .post("/_processor/accounts/acct_elsewhere", "{\"chargesEnabled\":false}")
                .status())
        .isEqualTo(200);
    assertThat(desk.client.v1().accounts().retrieve("acct_elsewhere").getChargesEnabled())
        .isFalse();
  }

  @Test
  void aFaultBefallsTheFunctionWhoseKeyCalls() throws StripeException {
    desk.rig.faults().add("Seller", "processor", "CreateCheckoutSession", "before", 1);
    assertThat(desk.client("sk_test_Other").v1().events().list().getData()).isEmpty();
    assertThatThrownBy(desk::checkout).isInstanceOf(ApiException.class);
    assertThat(desk.rig.get("/_processor/checkout").json().path("sessions")).isEmpty();
    desk.rig.faults().add("Seller", "processor", "CreateCheckoutSession", "after", 1);
    assertThatThrownBy(() -> desk.checkout(5000, "usd", key("k"))).isInstanceOf(ApiException.class);
    Session again = desk.checkout(5000, "usd", key("k"));
    assertThat(desk.rig.get("/_processor/checkout").json().path("sessions"))
        .singleElement()
        .satisfies(
            session -> assertThat(session.path("sessionId").asText()).isEqualTo(again.getId()));
  }

  @Test
  void eventsAreListedNewestFirst() throws StripeException {
    desk.paid();
    var events =
        desk.client.v1().events().list(EventListParams.builder().setLimit(1L).build(), Desk.shop());
    assertThat(events.getHasMore()).isTrue();
    assertThat(events.getData())
        .singleElement()
        .satisfies(event -> assertThat(event.getType()).isEqualTo("checkout.session.completed"));
  }

  private static RequestOptions.RequestOptionsBuilder key(String key) {
    return RequestOptions.builder().setIdempotencyKey(key);
  }

  private Refund refund(String payment, Long amount) throws StripeException {
    return desk.client
        .v1()
        .refunds()
        .create(
            RefundCreateParams.builder().setPaymentIntent(payment).setAmount(amount).build(),
            Desk.shop());
  }
}
