package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the state of a session means. Source of the words: Stripe's OpenAPI file, {@code
 * checkout.session}, whose status may be null, and {@code payment_intent}.
 */
class SessionReportTest {
  private static SessionReport report(String status, String paymentStatus, String payment) {
    return new SessionReport(
        "acct_1",
        Json.object(
            "id",
            "cs_1",
            "status",
            status,
            "payment_status",
            paymentStatus,
            "payment_intent",
            Json.object("id", "pi_1", "status", payment),
            "metadata",
            Json.object("firmId", Samples.FIRM, "invoiceId", "01KAP4T7E8R9S0T1V2W3X4Y5Z6")));
  }

  private static Optional<Checkout.State> state(SessionReport report) {
    return report.event().flatMap(ProcessorEvent::of).map(event -> ((CheckoutEvent) event).state());
  }

  @ParameterizedTest
  @CsvSource({
    "complete, paid, succeeded, PAID",
    "complete, no_payment_required, , PAID",
    "complete, unpaid, processing, PROCESSING",
    "complete, unheard-of, processing, PROCESSING",
    "complete, , , PROCESSING",
    "complete, unpaid, requires_payment_method, FAILED",
    "complete, unpaid, canceled, FAILED",
    "expired, unpaid, , EXPIRED"
  })
  void onlyWhatIsSaidToBePaidIsPaid(
      String status, String paymentStatus, String payment, Checkout.State state) {
    SessionReport report = report(status, paymentStatus, payment);
    assertThat(state(report)).contains(state);
    assertThat(report.open()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"open, unpaid", ", unpaid", "unheard-of, unpaid", ", paid"})
  void whatIsNotSaidToHaveEndedHasNot(String status, String paymentStatus) {
    SessionReport report = report(status, paymentStatus, null);
    assertThat(report.event()).isEmpty();
    assertThat(report.open()).isTrue();
    assertThat(report.expired()).isFalse();
  }

  @Test
  void eachStateIsTakenOnce() {
    Map<String, Object> underWay = report("complete", "unpaid", "processing").event().orElseThrow();
    Map<String, Object> paid = report("complete", "paid", "succeeded").event().orElseThrow();
    assertThat(report("complete", "paid", "succeeded").event().orElseThrow().get("id"))
        .isEqualTo(paid.get("id"))
        .isNotEqualTo(underWay.get("id"));
  }
}
