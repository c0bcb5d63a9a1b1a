package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook.Signature;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final String BODY = "{\"id\": \"evt_1\", \"name\": \"Žofie\"}";

  private static String signed(String secret, Instant at) {
    try {
      return Signature.generateSignatureHeader(BODY, secret, at.getEpochSecond());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean fits(String header, String body, String secrets) {
    return WebhookSignature.fits(header, body, secrets, NOW);
  }

  @Test
  void takesWhatTheProcessorSigned() {
    assertThat(fits(signed("whsec_new", NOW), BODY, "whsec_new")).isTrue();
  }

  @Test
  void takesBothSecretsDuringARotation() {
    assertThat(fits(signed("whsec_old", NOW), BODY, "whsec_new, whsec_old")).isTrue();
    assertThat(fits(signed("whsec_new", NOW), BODY, "whsec_new, whsec_old")).isTrue();
    assertThat(
            fits(
                signed("whsec_other", NOW) + ",v1=00," + signed("whsec_new", NOW),
                BODY,
                "whsec_new"))
        .isTrue();
  }

  @Test
  void takesBlanksAfterTheCommas() {
    String header = signed("whsec_new", NOW).replace(",", ", ");
    assertThat(fits(header, BODY, "whsec_new")).isTrue();
  }

  @Test
  void refusesAnotherBodyAndAnotherSecret() {
    assertThat(fits(signed("whsec_new", NOW), BODY + " ", "whsec_new")).isFalse();
    assertThat(fits(signed("whsec_forged", NOW), BODY, "whsec_new")).isFalse();
    assertThat(fits(signed("whsec_new", NOW), BODY, "")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "t",
        "t=",
        "v1=abc",
        "t=1764064800",
        "t=1795600800,v1",
        "t=x,v1=y",
        "=",
        "=,=",
        "t=1764064800,=",
        "t=1764064800,v1=",
        "t=1764064800,t=1764064800",
        "v1=00,t=1764064800",
        "\u0000=\u0000",
        "t=99999999999999,v1=y"
      })
  void refusesWhatIsNotSigned(String header) {
    assertThat(fits(header, BODY, "whsec_new")).isFalse();
  }

  @Test
  void toleratesFiveMinutesAndNoMore() {
    Duration tolerated = Duration.ofMinutes(5);
    assertThat(fits(signed("s", NOW.minus(tolerated)), BODY, "s")).isTrue();
    assertThat(fits(signed("s", NOW.minus(tolerated).minusSeconds(1)), BODY, "s")).isFalse();
    assertThat(fits(signed("s", NOW.plus(tolerated).plusSeconds(1)), BODY, "s")).isFalse();
  }
}
