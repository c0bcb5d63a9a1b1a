package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Clock;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import dev.clockbill.units.Asking;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the portal asks what runs on other devices. Time passes as the tests say. */
@InBrowser
class AskingTest {
  private static final String ASKED = "/timers/running";
  private final AtomicInteger asked = new AtomicInteger();
  private TestFirm firm;
  private Visitor owner;
  private int touches;

  @BeforeEach
  void somebodyAtThePortal(Visitors visitors) {
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    owner = visitors.at(firm.owner());
    owner.context().onRequest(request -> count(request.url()));
    Clock clock = owner.context().clock();
    clock.install(new Clock.InstallOptions().setTime(Instant.now().toEpochMilli()));
    owner.go("/customers");
    clock.pauseAt(Instant.now().plusSeconds(60).toEpochMilli());
    settle(owner);
    touch();
    settle(owner);
    asked.set(0);
  }

  private void count(String address) {
    if (address.endsWith(ASKED)) {
      asked.incrementAndGet();
    }
  }

  private void touch() {
    touches++;
    owner.page().mouse().move(100 + touches % 2, 300);
  }

  /** Returns when nobody is asking: who asks holds this lock. */
  private static void settle(Visitor visitor) {
    for (String lock : new String[] {"clockbill.waiting", "clockbill.asking", "clockbill.asking"}) {
      visitor.page().evaluate("(lock) => navigator.locks.request(lock, () => null)", lock);
    }
  }

  private void pass(int seconds, Runnable each) {
    for (int second = 0; second < seconds; second++) {
      owner.context().clock().runFor(1_000);
      settle(owner);
      each.run();
    }
  }

  private void pass(int seconds) {
    pass(seconds, () -> {});
  }

  @Test
  void whatAMonthCostsIsComputedByWhatABrowserAsks() {
    pass(120, this::touch);
    pass(480);
    assertThat(asked.get()).isCloseTo(Asking.requests(120, 600), within(3));
  }

  @Test
  void whoTurnsToThePageAgainHasItAskedAtOnce() {
    pass(300);
    asked.set(0);
    pass(20);
    assertThat(asked.get()).isLessThanOrEqualTo(1);
    asked.set(0);
    touch();
    settle(owner);
    assertThat(asked.get()).isEqualTo(1);
    pass(20);
    assertThat(asked.get()).isBetween(4, 6);
  }

  @Test
  void aPageOutOfSightAsksNothing() {
    hide(true);
    settle(owner);
    asked.set(0);
    pass(60);
    touch();
    settle(owner);
    assertThat(asked.get()).isZero();
    hide(false);
    settle(owner);
    assertThat(asked.get()).isEqualTo(1);
  }

  private void hide(boolean hidden) {
    owner
        .page()
        .evaluate(
            """
            (hidden) => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            hidden);
  }

  @Test
  void oneWindowOfABrowserAsksForAll() {
    Visitor window = owner.window();
    window.go("/time");
    settle(window);
    asked.set(0);
    pass(60);
    assertThat(asked.get()).isBetween(8, Asking.requests(0, 60) + 1);
    firm.start(firm.customer("Ada Lovelace"), firm.service("Advice", 9_000));
    pass(20);
    assertThat(owner.tracker()).containsText("Ada Lovelace");
    assertThat(window.tracker()).containsText("Ada Lovelace");
  }

  @Test
  void whatHappensOnAnotherDeviceIsSeenWithinHalfAMinuteByWhoJustLooks() {
    pass(600);
    firm.start(firm.customer("Ada Lovelace"), firm.service("Advice", 9_000));
    for (int seconds = 0; !owner.tracker().isVisible(); seconds++) {
      assertThat(seconds).isLessThan(31);
      pass(1);
    }
    asked.set(0);
    pass(20); // and more is expected at once
    assertThat(asked.get()).isBetween(4, 6);
  }
}
