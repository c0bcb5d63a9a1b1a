package dev.clockbill.bench.portal;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.Map;

/**
 * A window on a slow processor at the end of a slow network, that notes when things come in sight.
 *
 * @param page the window
 */
record SlowPage(Page page) implements AutoCloseable {
  private static final int TIMES_SLOWER = 4;

  /** Lighthouse's "slow 4G": milliseconds there and back, and bytes a second. */
  private static final int LATENCY = 150;

  private static final double DOWN = 1.6 * 1024 * 1024 / 8;
  private static final double UP = 750.0 * 1024 / 8;

  /** Notes when the first element of each kind is seen, long tasks, and what moves. */
  private static final String NOTES =
      """
      (() => {
        const noted = { seen: {}, tasks: 0, moved: 0 };
        globalThis.noted = noted;
        const watch = (type, take) =>
          new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
        watch('longtask', ({ duration }) => (noted.tasks += duration));
        watch('layout-shift', ({ value, hadRecentInput }) => (noted.moved += hadRecentInput ? 0 : value));
        const kinds = { heading: 'main h1', listed: 'main table tbody a' };
        const look = () => {
          for (const [name, selector] of Object.entries(kinds)) {
            if (!(name in noted.seen) && document.querySelector(selector)?.checkVisibility()) {
              noted.seen[name] = performance.now();
            }
          }
          if (noted.pressed && noted.took === undefined && document.querySelector(noted.wanted)?.checkVisibility()) {
            noted.took = performance.now() - noted.pressed;
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        addEventListener('click', () => {
          noted.pressed ??= performance.now();
          sessionStorage.setItem('pressed', performance.timeOrigin + performance.now());
        }, true);
      })()
      """;

  /** What the window loaded, and what that cost. */
  private static final String LOADED =
      """
      () => {
        const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const api = all.filter(({ initiatorType, name }) => initiatorType === 'fetch' && !name.includes('/assets/'));
        const sum = (some, what) => some.reduce((sum, each) => sum + each[what], 0);
        return {
          paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
          heading: noted.seen.heading ?? NaN,
          listed: noted.seen.listed ?? NaN,
          requests: all.filter(({ transferSize }) => transferSize > 0).length,
          files: all.length - api.length,
          api: api.length,
          network: sum(all, 'transferSize') / 1000,
          encoded: sum(all, 'encodedBodySize') / 1000,
          decoded: sum(all, 'decodedBodySize') / 1000,
          tasks: noted.tasks,
          moved: noted.moved,
        };
      }
      """;

  /** One more window of a profile, slowed down. */
  static SlowPage in(BrowserContext context) {
    Page page = context.newPage();
    page.addInitScript(NOTES);
    CDPSession tools = context.newCDPSession(page);
    JsonObject slower = new JsonObject();
    slower.addProperty("rate", TIMES_SLOWER);
    tools.send("Emulation.setCPUThrottlingRate", slower);
    tools.send("Network.enable");
    tools.send("Network.emulateNetworkConditions", slowNetwork());
    return new SlowPage(page);
  }

  static JsonObject slowNetwork() {
    JsonObject slow = new JsonObject();
    slow.addProperty("offline", false);
    slow.addProperty("latency", LATENCY);
    slow.addProperty("downloadThroughput", DOWN);
    slow.addProperty("uploadThroughput", UP);
    return slow;
  }

  /** Begins to open an address: what is waited for is noted by the page itself. */
  void go(String address) {
    page.navigate(address, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
  }

  /** What was loaded until now, by its name. */
  @SuppressWarnings("unchecked")
  Map<String, Object> loaded() {
    return (Map<String, Object>) page.evaluate(LOADED);
  }

  /**
   * Milliseconds from a press until something is seen.
   *
   * @param press presses something, once
   * @param wanted a selector of what is waited for
   */
  double from(Runnable press, String wanted) {
    page.evaluate(
        "(wanted) => Object.assign(noted, { wanted, pressed: undefined, took: undefined })",
        wanted);
    press.run();
    page.waitForFunction("() => noted.took !== undefined");
    return ((Number) page.evaluate("() => noted.took")).doubleValue();
  }

  /**
   * Milliseconds from the last press, on an earlier page of this window, until the list is seen.
   */
  double listedSincePress() {
    return ((Number)
            page.evaluate(
                """
                () => performance.timeOrigin + noted.seen.listed - Number(sessionStorage.getItem('pressed'))
                """))
        .doubleValue();
  }

  @Override
  public void close() {
    page.close();
  }
}
