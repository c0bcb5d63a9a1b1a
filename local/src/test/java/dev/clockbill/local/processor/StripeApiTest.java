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
  private final TestShop shop = new TestShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aCheckoutIsMadeAndReadByStripesOwnClient() throws StripeException {
    Session made = shop.checkout();
    Session read = shop.client.v1().checkout().sessions().retrieve(made.getId(), TestShop.shop());
    assertThat(read.getStatus()).isEqualTo("open");
    assertThat(read.getPaymentStatus()).isEqualTo("unpaid");
    assertThat(read.getAmountTotal()).isEqualTo(5000);
    assertThat(read.getCurrency()).isEqualTo("usd");
    assertThat(read.getMetadata()).isEqualTo(Map.of("order", "7"));
    assertThat(read.getClientReferenceId()).isEqualTo("order-7");
    assertThat(read.getUrl()).isEqualTo(shop.parts.base() + "/_processor/checkout/" + made.getId());
    assertThat(read.getExpiresAt())
        .isEqualTo(shop.parts.clock().instant().plus(Duration.ofHours(24)).getEpochSecond());
    assertThat(read.getPaymentIntent()).isNull();
    assertThat(read.toJson()).doesNotContain("payment_intent_data");
  }

  @Test
  void aCheckoutBelongsToItsAccount() throws StripeException {
    Session made = shop.checkout();
    assertThatThrownBy(() -> shop.client.v1().checkout().sessions().retrieve(made.getId()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("No such checkout.session");
  }

  @Test
  void theSameKeyGivesTheSameCheckoutAndAnotherBodyIsRefused() throws StripeException {
    var first = shop.checkout(5000, "usd", key("k"));
    assertThat(shop.checkout(5000, "usd", key("k")).getId()).isEqualTo(first.getId());
    assertThatThrownBy(() -> shop.checkout(6000, "usd", key("k")))
        .isInstanceOf(IdempotencyException.class);
    assertThat(shop.checkout(5000, "usd", key("l")).getId()).isNotEqualTo(first.getId());
  }

  @Test
  void whatStripeDoesNotChargeIsRefused() {
    assertThatThrownBy(() -> shop.checkout(40, "usd", RequestOptions.builder()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("amount_too_small"));
    assertThatThrownBy(() -> shop.checkout(1234, "bhd", RequestOptions.builder()))
        .hasMessageContaining("divisible by 10");
  }

  @Test
  void unknownParametersCallsAndKeysAreRefusedByName() {
    assertThatThrownBy(
            () ->
                shop.client
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
    assertThatThrownBy(() -> shop.client.v1().customers().retrieve("cus_1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("GET /_processor/v1/customers/cus_1");
    assertThatThrownBy(() -> shop.client("other").v1().events().list())
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void anOpenCheckoutIsExpiredOnce() throws StripeException {
    Session made = shop.checkout();
    Session expired = shop.client.v1().checkout().sessions().expire(made.getId(), TestShop.shop());
    assertThat(expired.getStatus()).isEqualTo("expired");
    assertThat(expired.getUrl()).isNull();
    shop.parts.clock().settle();
    assertThat(shop.types()).containsExactly("checkout.session.expired");
    assertThatThrownBy(
            () -> shop.client.v1().checkout().sessions().expire(made.getId(), TestShop.shop()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("status of `expired`");
  }

  @Test
  void aPaymentIsReadWithItsCharge() throws StripeException {
    Session made = shop.checkout();
    shop.happen(made, "paid");
    Session read =
        shop.client
            .v1()
            .checkout()
            .sessions()
            .retrieve(
                made.getId(),
                SessionRetrieveParams.builder().addExpand("payment_intent.latest_charge").build(),
                TestShop.shop());
    var payment = read.getPaymentIntentObject();
    assertThat(payment.getStatus()).isEqualTo("succeeded");
    assertThat(payment.getMetadata()).isEqualTo(Map.of("order", "7"));
    assertThat(payment.getLatestChargeObject().getPaymentMethodDetails().getType())
        .isEqualTo("card");
    assertThat(
            shop.client
                .v1()
                .checkout()
                .sessions()
                .list(
                    SessionListParams.builder().setPaymentIntent(payment.getId()).build(),
                    TestShop.shop())
                .getData())
        .extracting(Session::getId)
        .containsExactly(made.getId());
    assertThat(
            shop.client
                .v1()
                .paymentIntents()
                .retrieve(payment.getId(), TestShop.shop())
                .getAmount())
        .isEqualTo(5000);
  }

  @Test
  void moneyIsGivenBackUpToWhatWasPaid() throws StripeException {
    String payment = shop.paid();
    Refund refund = refund(payment, 2000L);
    assertThat(refund.getStatus()).isEqualTo("succeeded");
    assertThatThrownBy(() -> refund(payment, 3001L))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("greater than unrefunded amount");
    assertThat(refund(payment, null).getAmount()).isEqualTo(3000);
    shop.parts.clock().settle();
    assertThat(shop.types()).filteredOn("charge.refunded"::equals).hasSize(2);
  }

  @Test
  void anAccountIsMadeAndSetUpByAPerson() throws StripeException {
    Account account =
        shop.client
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
        shop.client
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
    assertThat(shop.parts.browse(page).text()).contains("Finish the setup");
    assertThat(shop.parts.submit(page, "").header("location"))
        .isEqualTo("http://localhost:4000/back");
    assertThat(shop.client.v1().accounts().retrieve(account.getId()).getChargesEnabled()).isTrue();
    assertThat(shop.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("account.updated");
              assertThat(event.getAccount()).isEqualTo(account.getId());
            });
    shop.parts.clock().advance(Duration.ofMinutes(5));
    assertThat(shop.parts.browse(page).header("location")).isEqualTo("http://localhost:4000/again");
  }

  @Test
  void anAccountThatNobodyMadeHereTakesMoney() throws StripeException {
    assertThat(shop.client.v1().accounts().retrieve("acct_elsewhere").getChargesEnabled()).isTrue();
    assertThat(
            shop.parts
                .post("/_processor/accounts/acct_elsewhere", "{\"chargesEnabled\":false}")
                .status())
        .isEqualTo(200);
    assertThat(shop.client.v1().accounts().retrieve("acct_elsewhere").getChargesEnabled())
        .isFalse();
  }

  @Test
  void aFaultBefallsTheFunctionWhoseKeyCalls() throws StripeException {
    shop.parts.faults().add("Seller", "processor", "CreateCheckoutSession", "before", 1);
    assertThat(shop.client("sk_test_Other").v1().events().list().getData()).isEmpty();
    assertThatThrownBy(shop::checkout).isInstanceOf(ApiException.class);
    assertThat(shop.parts.get("/_processor/checkout").json().path("sessions")).isEmpty();
    shop.checkout();
  }

  @Test
  void eventsAreListedNewestFirst() throws StripeException {
    shop.paid();
    var events =
        shop.client
            .v1()
            .events()
            .list(EventListParams.builder().setLimit(1L).build(), TestShop.shop());
    assertThat(events.getHasMore()).isTrue();
    assertThat(events.getData())
        .singleElement()
        .satisfies(event -> assertThat(event.getType()).isEqualTo("checkout.session.completed"));
  }

  private static RequestOptions.RequestOptionsBuilder key(String key) {
    return RequestOptions.builder().setIdempotencyKey(key);
  }

  private Refund refund(String payment, Long amount) throws StripeException {
    return shop.client
        .v1()
        .refunds()
        .create(
            RefundCreateParams.builder().setPaymentIntent(payment).setAmount(amount).build(),
            TestShop.shop());
  }
}
