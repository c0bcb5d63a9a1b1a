package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import dev.clockbill.Api;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * People at the portal, each with a browser profile of their own. What goes wrong beside what a
 * test looks at (an error in the console, a breach of the content security policy, a request to
 * another origin) fails the test in the end.
 */
final class Visitors implements AutoCloseable {
  /** How long a test waits for what a page is going to show, in milliseconds. */
  static final double PATIENCE = 60_000;

  /** How long a failed test waits for a window to say what it shows, in milliseconds. */
  private static final double SOON = 5_000;

  private final Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<String> unanswered = new ArrayList<>();
  private final Set<Request> underWay = new LinkedHashSet<>();
  private final List<String> expected =
      new ArrayList<>(
          List.of(
              "ERR_INTERNET_DISCONNECTED",
              // Playwright keeps service workers away by a script, which a sandboxed frame refuses.
              "Service worker is disabled because the context is sandboxed",
              "Blocked script execution in 'about:blank'",
              // axe-core asks every frame to answer it, a sandboxed one too.
              "does not match the recipient window's origin ('null')",
              "/reports/overview",
              "/payments/setup",
              "/mail:",
              "Service Worker registration blocked by Playwright"));

  Visitors(Browser browser) {
    this.browser = browser;
  }

  /** Someone who is logged in already, at a desk. */
  Visitor at(Api user) {
    return at(user, options -> options.setViewportSize(1280, 860));
  }

  /** Someone who is logged in already, at a desk, in a browser that keeps the portal's files. */
  Visitor withServiceWorker(Api user) {
    return withServiceWorker(user, user.base());
  }

  /** The same at another address of the stack. */
  Visitor withServiceWorker(Api user, String base) {
    Visitor visitor =
        at(
            user,
            base,
            options ->
                options.setViewportSize(1280, 860).setServiceWorkers(ServiceWorkerPolicy.ALLOW));
    visitor.go("/");
    visitor.page().waitForFunction("() => navigator.serviceWorker.controller !== null");
    return visitor;
  }

  /**
   * Someone who is logged in already, in a browser with these options. No service worker is
   * installed unless they ask for it: what pages ask for could not be looked at.
   */
  Visitor at(Api user, UnaryOperator<Browser.NewContextOptions> options) {
    return at(user, user.base(), options);
  }

  private Visitor at(Api user, String base, UnaryOperator<Browser.NewContextOptions> options) {
    String session =
        Api.json(
            "token", user.token().orElseThrow(),
            "who", "somebody",
            "until", Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
    return visitor(
        base,
        options.apply(
            new Browser.NewContextOptions()
                .setStorageState(
                    """
                    {"cookies": [], "origins": [{"origin": "%s", "localStorage": [
                      {"name": "clockbill.session", "value": %s}]}]}
                    """
                        .formatted(base, quoted(session)))));
  }

  /** Someone who has yet to log in. */
  Visitor stranger(String base) {
    return stranger(base, options -> options);
  }

  /** Someone who has yet to log in, or never will, in a browser with these options. */
  Visitor stranger(String base, UnaryOperator<Browser.NewContextOptions> options) {
    return visitor(base, options.apply(new Browser.NewContextOptions().setViewportSize(1280, 860)));
  }

  private Visitor visitor(String base, Browser.NewContextOptions options) {
    if (options.serviceWorkers == null) {
      options.setServiceWorkers(ServiceWorkerPolicy.BLOCK);
    }
    BrowserContext context = browser.newContext(options.setLocale("en-US"));
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE);
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            troubles.add("console: " + message.text() + " " + message.location());
          }
        });
    context.onWebError(error -> troubles.add("script: " + error.error()));
    context.onPage(window -> window.onCrash(ignored -> troubles.add("crashed: " + window.url())));
    context.onRequestFinished(underWay::remove);
    context.onRequestFailed(
        request -> {
          underWay.remove(request);
          unanswered.add(request.url() + " " + request.failure());
        });
    context.onRequest(
        request -> {
          underWay.add(request);
          if (!request.url().startsWith(base + "/") && !request.url().startsWith("data:")) {
            troubles.add("another origin: " + request.url());
          }
        });
    Page page = context.newPage();
    return new Visitor(context, page, base);
  }

  /** Lets messages pass that hold these words. */
  void expect(String words) {
    expected.add(words);
  }

  /** Fails if anything went wrong that was not expected. */
  void expectNothingElse() {
    assertThat(troubles)
        .filteredOn(trouble -> expected.stream().noneMatch(trouble::contains))
        .isEmpty();
  }

  /**
   * What there was to see when a test failed: what went wrong, what is under way, and of each
   * window its address, its text and a picture.
   *
   * @param pictures the folder of the pictures
   */
  AssertionError seen(Path pictures) {
    List<String> told = new ArrayList<>(List.of("What there was to see:"));
    told.addAll(troubles);
    unanswered.forEach(request -> told.add("not answered: " + request));
    underWay.forEach(request -> told.add("under way: " + request.method() + " " + request.url()));
    for (Page page : contexts.stream().flatMap(context -> context.pages().stream()).toList()) {
      Path picture = pictures.resolve(told.size() + ".png");
      told.add("window: " + page.url() + " " + picture);
      try {
        told.add(page.locator("body").innerText(new Locator.InnerTextOptions().setTimeout(SOON)));
        page.screenshot(new Page.ScreenshotOptions().setPath(picture).setTimeout(SOON));
      } catch (PlaywrightException hangs) {
        told.add("it does not answer: " + hangs.getMessage());
      }
    }
    AssertionError seen = new AssertionError(String.join("\n", told));
    seen.setStackTrace(new StackTraceElement[0]);
    return seen;
  }

  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
