package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestsTest {
  private final TestShop shop = new TestShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  private Session checkout(String key) throws StripeException {
    return shop.checkout(
        5000, "usd", RequestOptions.builder().setIdempotencyKey(key).setMaxNetworkRetries(0));
  }

  private void fail(String when, String with) {
    shop.parts
        .faults()
        .add(new Faults.Call("Seller", "processor", "CreateCheckoutSession"), when, with, 1);
  }

  private int sessions() {
    return shop.parts.get("/_processor/checkout").json().path("sessions").size();
  }

  @ParameterizedTest
  @CsvSource({"before, 0", "after, 1"})
  void failure35_anAnswerOf500ComesAgainForADay(String when, int made) throws StripeException {
    fail(when, "error");
    assertThatThrownBy(() -> checkout("k")).isInstanceOf(ApiException.class);
    shop.parts.clock().advance(Duration.ofHours(23));
    assertThatThrownBy(() -> checkout("k"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("CreateCheckoutSession");
    assertThat(sessions()).isEqualTo(made);
    shop.parts.clock().advance(Duration.ofHours(1));
    assertThat(checkout("k").getStatus()).isEqualTo("open");
  }

  @Test
  void aReplayedAnswerSaysSo() throws StripeException {
    assertThat(checkout("k").getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .isEmpty();
    assertThat(checkout("k").getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .hasValue("true");
  }

  @Test
  void whatIsLimitedByRateIsNotKept() throws StripeException {
    fail("before", "throttle");
    assertThatThrownBy(() -> checkout("k")).isInstanceOf(RateLimitException.class);
    assertThat(checkout("k").getStatus()).isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void whatWasCutOffIsDoneOnceUnderTheSameKey(String when) throws StripeException {
    fail(when, "timeout");
    // The JDK's own client sends a request again if its connection ends.
    try {
      checkout("k");
    } catch (ApiConnectionException cutOff) {
      assertThat(cutOff).hasMessageContaining("IOException");
    }
    checkout("k");
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void whatFailsValidationIsNotKept() throws StripeException {
    RequestOptions.RequestOptionsBuilder key = RequestOptions.builder().setIdempotencyKey("k");
    assertThatThrownBy(() -> shop.checkout(5000, "xyz", key))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Invalid currency: xyz");
    assertThat(shop.checkout(5000, "usd", key).getStatus()).isEqualTo("open");
  }

  @Test
  void whatIsRefusedWhileItIsExecutedIsKept() {
    RequestOptions.RequestOptionsBuilder key = RequestOptions.builder().setIdempotencyKey("k");
    for (int press = 1; press <= 2; press++) {
      assertThatThrownBy(() -> shop.checkout(40, "usd", key))
          .isInstanceOf(InvalidRequestException.class);
    }
    assertThatThrownBy(() -> shop.checkout(5000, "usd", key))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void aRequestIsRefusedWhileAnotherOneHasItsKey() {
    Request request =
        new Request(
            "POST",
            "/v1/refunds",
            "",
            Map.of("idempotency-key", List.of("k")),
            "payment_intent=pi_1".getBytes(StandardCharsets.UTF_8));
    IdempotentRequests requests =
        new IdempotentRequests(shop.parts.data().store("requests"), shop.parts.clock());
    StripeError inUse =
        catchThrowableOfType(
            StripeError.class,
            () ->
                requests.once(
                    request,
                    "",
                    () -> requests.once(request, "", () -> Response.json(200, Map.of()))));
    assertThat(inUse.answer().status()).isEqualTo(409);
    assertThat(new String(inUse.answer().body(), StandardCharsets.UTF_8))
        .contains("idempotency_key_in_use");
    assertThat(requests.once(request, "", () -> Response.json(200, Map.of())).status())
        .isEqualTo(200);
  }
}
