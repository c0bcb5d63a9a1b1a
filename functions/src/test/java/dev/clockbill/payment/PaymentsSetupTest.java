package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting a fresh firm's account at the processor, against the stack. */
@StoppedClock
class PaymentsSetupTest {
  private static final Api API = Laptop.api();
  private static final String SETUP = "/payments/setup";

  private final TestFirm firm = Laptop.firm(Api.json("staff", 1));
  private final Api owner = firm.owner();

  private String begin() {
    return owner.post(SETUP).expect(201).path("onboardingUrl").asText();
  }

  private static void finish(String onboardingUrl) {
    Api.Answer finished = API.post(onboardingUrl);
    assertThat(finished.status()).as(finished.toString()).isEqualTo(303);
    assertThat(finished.header("location"))
        .hasValueSatisfying(back -> assertThat(back).endsWith("/#/settings/payments"));
    Laptop.settle();
  }

  private JsonNode setup() {
    return firm.staff().get(SETUP).expect(200);
  }

  private String status() {
    return owner.get("/firm").expect(200).path("payments").path("status").asText();
  }

  private static void enable(String accountId, boolean chargesEnabled) {
    API.post("/_processor/accounts/" + accountId, Api.json("chargesEnabled", chargesEnabled))
        .expect(200);
    Laptop.settle();
  }

  @Test
  void aFreshFirmTracksTimeOnceItsSetupIsFinished() {
    String timer =
        Api.json(
            "customerId", firm.customer("Ada Lovelace"),
            "serviceId", firm.service("Tax Resolution", 25_000));
    assertThat(setup().path("status").asText()).isEqualTo("missing");
    assertThat(setup().path("accountId").isNull()).isTrue();
    Api.Answer refused = owner.post("/timers", timer);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.word()).isEqualTo("payments-setup-incomplete");

    String onboardingUrl = begin();
    assertThat(setup().path("status").asText()).isEqualTo("pending");
    assertThat(setup().path("accountId").asText()).startsWith("acct_");
    assertThat(setup().path("requirements")).isNotEmpty();
    assertThat(owner.post("/timers", timer).word()).isEqualTo("payments-setup-incomplete");

    finish(onboardingUrl);
    assertThat(setup().path("status").asText()).isEqualTo("ready");
    assertThat(setup().path("requirements")).isEmpty();
    owner.post("/timers", timer).expect(201);
  }

  @Test
  void whatTheProcessorTellsCountsBothWays() {
    finish(begin());
    String accountId = setup().path("accountId").asText();
    enable(accountId, false);
    assertThat(status()).isEqualTo("pending");
    enable(accountId, true);
    assertThat(status()).isEqualTo("ready");
  }

  @Test
  void theProcessorIsAskedWhereItsNewsDidNotCome() {
    String onboardingUrl = begin();
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    try {
      finish(onboardingUrl);
      assertThat(status()).isEqualTo("pending");
      assertThat(setup().path("status").asText()).isEqualTo("ready");
      assertThat(status()).isEqualTo("ready");
    } finally {
      API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    }
  }

  /** News say the second in which they were made, so their order within it is known to nobody. */
  @Test
  void ofNewsOfOneSecondTheHourlyRunBelievesNoneAndAsksHowItIs() {
    finish(begin());
    String accountId = setup().path("accountId").asText();
    enable(accountId, false);
    enable(accountId, true);
    assertThat(status()).isEqualTo("ready");
    Laptop.advance("PT1H5M");
    assertThat(status()).isEqualTo("ready");
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    enable(accountId, false);
    enable(accountId, true);
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    for (JsonNode event : API.get("/_processor/events").expect(200).path("events")) {
      if (event.path("deliveries").isEmpty()) {
        String again = "/_processor/events/" + event.path("id").asText() + "/redeliver";
        API.post(again, "{}").expect(200);
      }
    }
    assertThat(status()).isEqualTo("pending");
    Laptop.advance("PT1H5M");
    assertThat(status()).isEqualTo("ready");
  }

  @Test
  void newsThatComesLateChangesNothing() {
    finish(begin());
    String accountId = setup().path("accountId").asText();
    enable(accountId, false);
    Laptop.advance("PT1M");
    enable(accountId, true);
    for (JsonNode event : API.get("/_processor/events").expect(200).path("events")) {
      if (event.path("account").asText().equals(accountId)) {
        String again = "/_processor/events/" + event.path("id").asText() + "/redeliver";
        assertThat(API.post(again, "{}").expect(200).path("webhookStatus").asInt()).isEqualTo(200);
      }
    }
    assertThat(status()).isEqualTo("ready");
  }

  @Test
  void manyPressesAtOnceSetOneAccountUp() throws Exception {
    Callable<String> press = this::begin;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var onboardingUrl : threads.invokeAll(Collections.nCopies(8, press))) {
        enable(setup().path("accountId").asText(), false);
        finish(onboardingUrl.get());
        assertThat(status()).isEqualTo("ready");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "processor, CreateAccount, before",
    "processor, CreateAccount, after",
    "processor, CreateAccountLink, before",
    "processor, CreateAccountLink, after",
    "dynamodb, TransactWriteItems, before",
    "dynamodb, TransactWriteItems, after"
  })
  void aSetupThatBrokeOffIsBegunAgain(String service, String operation, String when) {
    // As often as the client itself tries.
    Laptop.fault("PaymentsSetup", service, operation, when, 3);
    Api.Answer first = owner.post(SETUP);
    Laptop.fault("PaymentsSetup", service, operation, when, 0);
    assertThat(first.status()).isIn(201, 500, 503);
    finish(begin());
    assertThat(status()).isEqualTo("ready");
  }

  @Test
  void theSameKeyGivesTheSameLink() {
    Api keyed = owner.with("idempotency-key", "setup");
    JsonNode first = keyed.post(SETUP).expect(201);
    assertThat(keyed.post(SETUP).expect(201)).isEqualTo(first);
    assertThat(owner.post(SETUP).expect(201)).isNotEqualTo(first);
  }

  /**
   * The checkout that an invoice had in the account before cannot be asked about any more: that is
   * no fault of the new account.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoPaysAfterAReconnectionPaysIntoTheNewAccount(boolean told) {
    DueInvoice due = DueInvoice.make();
    String before = due.checkout();
    Api dueOwner = due.firm().owner();
    disconnect(dueOwner.get(SETUP).expect(200).path("accountId").asText(), told);
    if (!told) {
      assertThat(due.press().status()).isEqualTo(409);
      // The hourly run believes it, since another account answers.
      Laptop.firm();
      Laptop.advance("PT1H5M");
    }
    assertThat(dueOwner.get(SETUP).expect(200).path("status").asText()).isEqualTo("missing");
    finish(dueOwner.post(SETUP).expect(201).path("onboardingUrl").asText());
    String next = due.checkout();
    assertThat(next).isNotEqualTo(before);
    assertThat(due.checkout()).isEqualTo(next);
    assertThat(dueOwner.get(SETUP).expect(200).path("status").asText()).isEqualTo("ready");
    API.post(next, Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    due.assertPaidOnce();
    // Asking about the one before, once it should have ended, leaves the new account alone too.
    Laptop.skip(Duration.ofHours(26));
    assertThat(dueOwner.get(SETUP).expect(200).path("status").asText()).isEqualTo("ready");
    assertThat(due.firm().mails("ownerNotice")).hasSize(1);
  }

  /** Whoever finds the account gone may be late: another press has connected a new one by then. */
  @Test
  void manyPressesAfterAnAccountIsGoneConnectOneOther() throws Exception {
    begin();
    disconnect(setup().path("accountId").asText(), false);
    Callable<String> press = this::begin;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var onboardingUrl : threads.invokeAll(Collections.nCopies(8, press))) {
        finish(onboardingUrl.get());
      }
    }
    assertThat(status()).isEqualTo("ready");
    Laptop.advance("PT10M");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
  }

  /** An event of the other mode stands for one that is lost. */
  private static void disconnect(String accountId, boolean told) {
    String application = "{\"id\":\"ca_1\",\"object\":\"application\"}";
    API.post(
            "/_processor/events",
            """
            {"type":"account.application.deauthorized","account":"%s","data":%s,"livemode":%s}
            """
                .formatted(accountId, application, !told))
        .expect(200);
    Laptop.settle();
  }

  @Test
  void onlyAnOwnerSetsPaymentsUp() {
    Api.Answer refused = firm.staff().post(SETUP);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.word()).isEqualTo("owner-only");
    assertThat(owner.post(SETUP, "{\"accountId\":\"acct_1\"}").status()).isEqualTo(400);
    assertThat(status()).isEqualTo("missing");
  }
}
