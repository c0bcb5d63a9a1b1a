package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Stripe refuses, the stand-in refuses as well. */
class StrictRequestsTest {
  private final TestShop shop = new TestShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  private void refuses(Consumer<SessionCreateParams.Builder> change, String message) {
    SessionCreateParams.Builder session =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setSuccessUrl("http://localhost:4000/paid")
            .addAllLineItem(TestShop.parameters(5000, "usd").getLineItems());
    change.accept(session);
    assertThatThrownBy(
            () -> shop.client.v1().checkout().sessions().create(session.build(), TestShop.shop()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
    assertThat(shop.parts.get("/_processor/checkout").json().path("sessions")).isEmpty();
  }

  @Test
  void aCheckoutOfTheWrongShapeIsRefusedByTheParametersName() {
    refuses(
        session ->
            IntStream.rangeClosed(0, 50)
                .forEach(number -> session.putMetadata("key" + number, "value")),
        "at most 50 keys");
    refuses(session -> session.putMetadata("k".repeat(41), "value"), "at most 40 characters");
    refuses(session -> session.putMetadata("key", "v".repeat(501)), "at most 500 characters");
    refuses(
        session ->
            session.setPaymentIntentData(
                SessionCreateParams.PaymentIntentData.builder()
                    .setDescription("d".repeat(1001))
                    .build()),
        "at most 1000 characters");
    refuses(session -> session.setCustomerEmail("nobody"), "Invalid email address: nobody");
    refuses(session -> session.setSuccessUrl("not an address"), "Not a valid URL");
    refuses(session -> session.setSuccessUrl(null), "Missing required param: success_url");
    refuses(session -> session.setExpiresAt(1L), "expires_at");
  }

  @ParameterizedTest
  @CsvSource({"usd, 49", "huf, 17499", "krw, 49", "idr, 49", "usd, 1000000000000", "isk, 10050"})
  void failure16_anAmountThatStripeDoesNotChargeIsRefused(String currency, long amount) {
    assertThatThrownBy(() -> Amounts.check(amount, currency)).isInstanceOf(StripeError.class);
  }

  @ParameterizedTest
  @CsvSource({"usd, 999999999999", "idr, 999999999999", "isk, 10000", "huf, 17501"})
  void failure16_anAmountThatStripeChargesIsTaken(String currency, long amount) {
    Amounts.check(amount, currency);
    assertThat(Amounts.shown(amount, currency))
        .endsWith(currency.toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void anAccountHasAKnownCountryAndEitherATypeOrAController() {
    assertThatThrownBy(() -> account(AccountCreateParams.builder().setCountry("XX")))
        .hasMessageContaining("Country 'XX' is unknown");
    assertThatThrownBy(() -> account(AccountCreateParams.builder().setEmail("desk")))
        .hasMessageContaining("Invalid email address");
    assertThatThrownBy(
            () ->
                account(
                    AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.STANDARD)
                        .setController(
                            controller(AccountCreateParams.Controller.StripeDashboard.Type.FULL))))
        .hasMessageContaining("`type` and `controller`");
    assertThatThrownBy(
            () ->
                account(
                    AccountCreateParams.builder()
                        .setController(
                            controller(AccountCreateParams.Controller.StripeDashboard.Type.NONE))))
        .hasMessageContaining("capabilities");
  }

  private static AccountCreateParams.Controller controller(
      AccountCreateParams.Controller.StripeDashboard.Type dashboard) {
    return AccountCreateParams.Controller.builder()
        .setStripeDashboard(
            AccountCreateParams.Controller.StripeDashboard.builder().setType(dashboard).build())
        .build();
  }

  private String account(AccountCreateParams.Builder account) throws StripeException {
    return shop.client.v1().accounts().create(account.build()).getId();
  }

  @Test
  void anAccountThatIsNotSetUpTakesNoMoney() {
    shop.parts.post("/_processor/accounts/" + TestShop.ACCOUNT, "{\"chargesEnabled\":false}");
    refuses(session -> {}, "cannot currently make charges");
  }

  @Test
  void anAccountThatWasDisconnectedIsOutOfReach() {
    shop.parts.post(
        "/_processor/events",
        "{\"type\":\"account.application.deauthorized\",\"account\":\"acct_shop\","
            + "\"data\":{\"id\":\"ca_1\",\"object\":\"application\"}}");
    assertThatThrownBy(shop::checkout)
        .isInstanceOfSatisfying(
            PermissionException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("account_invalid"));
    assertThatThrownBy(() -> shop.client.v1().accounts().retrieve(TestShop.ACCOUNT))
        .isInstanceOf(PermissionException.class);
  }

  @Test
  void aLinkToTheSetupIsGoodForOneVisit() throws StripeException {
    String account = account(AccountCreateParams.builder().setCountry("DE"));
    AccountLinkCreateParams.Builder link =
        AccountLinkCreateParams.builder()
            .setAccount(account)
            .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
            .setReturnUrl("http://localhost:4000/back");
    assertThatThrownBy(() -> shop.client.v1().accountLinks().create(link.build()))
        .hasMessageContaining("refresh_url");
    link.setRefreshUrl("http://localhost:4000/again");
    String page =
        URI.create(shop.client.v1().accountLinks().create(link.build()).getUrl()).getPath();
    assertThat(shop.parts.browse(page).status()).isEqualTo(200);
    assertThat(shop.parts.browse(page).header("location")).isEqualTo("http://localhost:4000/again");
  }

  @Test
  void aLiveKeyWantsPagesThatAreEncrypted() {
    Form form = new Form(java.util.Map.of("success_url", "http://books.example/paid"));
    Formats.url(form, "success_url", false);
    assertThatThrownBy(() -> Formats.url(form, "success_url", true)).hasMessageContaining("HTTPS");
  }
}
