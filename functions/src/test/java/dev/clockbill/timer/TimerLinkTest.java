package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Ids;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerLinkTest {
  private static final Instant SENT = Instant.parse("2026-11-25T21:00:00Z");
  private static final Instant STOP = Instant.parse("2026-11-25T18:00:00Z");
  private static final TimerLink LINK =
      new TimerLink(Ids.next(), Ids.next(), Ids.next(), SENT, STOP);
  private static final TimerLink WORKING =
      new TimerLink(LINK.firmId(), LINK.staffId(), LINK.timerId(), SENT, null);

  @Test
  void aTokenSaysWhatItsLinkIsGoodFor() {
    assertThat(TimerLink.of(LINK.token("secret"), "secret")).contains(LINK);
    assertThat(TimerLink.of(WORKING.token("secret"), "secret")).contains(WORKING);
    assertThat(LINK.token("secret")).matches("[A-Za-z0-9.]{100,200}");
  }

  @Test
  void bothSecretsAreGoodDuringARotationAndTheNewOneSigns() {
    assertThat(TimerLink.of(LINK.token("old"), "new, old")).contains(LINK);
    assertThat(LINK.token("new,old")).isEqualTo(LINK.token("new"));
  }

  @Test
  void whatWasNotSignedHereIsNoLink() {
    String token = LINK.token("secret");
    long later = STOP.getEpochSecond() + 1;
    for (String forged :
        new String[] {
          null,
          "",
          "working",
          token + "0",
          token.substring(1),
          token.replace(Long.toString(STOP.getEpochSecond()), Long.toString(later)),
          token.replace(Long.toString(STOP.getEpochSecond()), "working"),
          token.replace(LINK.timerId(), Ids.next()),
          LINK.token("guessed")
        }) {
      assertThat(TimerLink.of(forged, "secret")).as(forged).isEmpty();
    }
  }

  @Test
  void itIsGoodForAWeek() {
    assertThat(LINK.outOfDate(SENT.plus(Duration.ofDays(7)))).isFalse();
    assertThat(LINK.outOfDate(SENT.plus(Duration.ofDays(7)).plusSeconds(1))).isTrue();
  }
}
