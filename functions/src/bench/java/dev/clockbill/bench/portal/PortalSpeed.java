package dev.clockbill.bench.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Project;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures what a person at the portal waits for, in Chromium on a processor that is four times
 * slower and at the end of Lighthouse's slow 4G: 150 ms there and back for each request, 1.6 Mbit/s
 * down, 750 kbit/s up. Prints tables in Markdown.
 *
 * <p>Times are medians. They are those of one machine with the stack on it: compare them with each
 * other, not with those of elsewhere. The stack talks HTTP/1.1, so that a browser has six requests
 * under way at once; API Gateway talks HTTP/2, where files do not wait for each other.
 *
 * <p>{@code -Dportal.rounds=7} sets how often each thing is measured (5 unless given).
 */
public final class PortalSpeed {
  private static final int ROUNDS = Integer.getInteger("portal.rounds", 5);
  private static final int CUSTOMERS = 20;
  private static final String SERVICE = "Tax Resolution";
  private static final double PATIENCE = 60_000;
  private static final double GIVEN_UP = 30_000;

  /** What is listed or written on a page once it can be read. */
  private static final String LISTED = "main table tbody a";

  private static final String HEADING = "main h1";

  private final String base;
  private final Browser browser;
  private final String user;
  private final TestFirm firm;
  private final String invoice;
  private final Map<String, List<Map<String, Object>>> loads = new LinkedHashMap<>();
  private final Map<String, List<Double>> waits = new LinkedHashMap<>();

  private int hung;

  private PortalSpeed(String base, Browser browser) {
    this.base = base;
    this.browser = browser;
    JsonNode made = Api.at(base).post("/_local/firms", Api.json("payments", "ready")).expect(201);
    JsonNode owner = made.path("users").path(0);
    this.user = owner.path("user").asText();
    this.firm =
        new TestFirm(
            made.path("firmId").asText(), List.of(Api.at(base).as(owner.path("token").asText())));
    String service = firm.service(SERVICE, 25_000);
    List<String> customers = new ArrayList<>();
    for (int at = 0; at < CUSTOMERS; at++) {
      customers.add(firm.customer("Customer " + (char) ('A' + at)));
    }
    this.invoice = draft(customers.getFirst(), service);
  }

  /** The draft of an hour that somebody worked. */
  private String draft(String customer, String service) {
    String day = firm.owner().get("/timers/running").expect(200).path("serverTime").asText();
    String time =
        firm.entered(customer, service, "workedOn", day.substring(0, 10), "minutes", 61)
            .path("timeEntryId")
            .asText();
    return Eventually.get(
        "the draft",
        () -> firm.owner().get("/time-entries/" + time).expect(200).path("invoiceId").asText(""),
        id -> !id.isEmpty() && !id.equals("null"));
  }

  /** Measures and prints; takes some minutes. */
  public static void main(String[] ignored) {
    Settings settings =
        Settings.read(Project.path("functions/src/local/stack.yaml")).withoutDemonstration();
    try (Stack stack = Stack.start(settings);
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      PortalSpeed speed = new PortalSpeed(stack.base(), browser);
      speed.measure();
      System.out.print(speed.report());
    }
  }

  private static BrowserType.LaunchOptions options() {
    Path headless = Path.of("/usr/bin/chromium-headless-shell");
    return new BrowserType.LaunchOptions()
        .setExecutablePath(Files.isExecutable(headless) ? headless : Path.of("/usr/bin/chromium"))
        .setTimeout(2 * PATIENCE)
        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
  }

  /** Each thing once a round, so that what else the machine does meets all of them alike. */
  private void measure() {
    for (int round = 0; round <= ROUNDS; round++) {
      firstScreen();
      logIn();
      pages();
      workOn();
      if (round == 0) { // the stack's functions are warm from here on
        loads.clear();
        waits.clear();
      }
    }
  }

  /** The list of customers, with nothing kept, with files kept, and with a service worker. */
  private void firstScreen() {
    try (BrowserContext context = loggedIn(ServiceWorkerPolicy.BLOCK)) {
      loads("customers, nothing kept", context, "/customers", LISTED);
      loads("customers, files in the browser's cache", context, "/customers", LISTED);
    }
    try (BrowserContext context = loggedIn(ServiceWorkerPolicy.ALLOW)) {
      Page first = context.newPage();
      first.navigate(base + "/#/customers");
      first.waitForFunction("() => navigator.serviceWorker.controller !== null");
      first.close();
      loads("customers, with a service worker", context, "/customers", LISTED);
    }
  }

  private void pages() {
    for (String place :
        List.of("/", "/customers", "/time", "/invoices", "/invoices/" + invoice, "/settings")) {
      try (BrowserContext context = loggedIn(ServiceWorkerPolicy.BLOCK)) {
        String name = place.equals("/invoices/" + invoice) ? "a draft" : place;
        loads("`" + name + "`", context, place, HEADING);
      }
    }
  }

  /**
   * Opens a page. One that hangs is given up and opened again, and the report says how many did.
   */
  private void loads(String name, BrowserContext context, String place, String wanted) {
    try (SlowPage slow = SlowPage.in(context)) {
      slow.go(base + "/#" + place);
      slow.page()
          .locator(wanted)
          .first()
          .waitFor(new Locator.WaitForOptions().setTimeout(GIVEN_UP));
      slow.page().waitForTimeout(1500); // for what comes after: it counts as the page's
      loads.computeIfAbsent(name, ignored -> new ArrayList<>()).add(slow.loaded());
      return;
    } catch (TimeoutError hangs) {
      hung++;
    }
    loads(name, context, place, wanted);
  }

  private void logIn() {
    try (BrowserContext context = browser.newContext(profile(ServiceWorkerPolicy.BLOCK));
        SlowPage slow = SlowPage.in(context)) {
      context.setDefaultTimeout(PATIENCE);
      slow.go(base + "/#/customers");
      Locator login =
          slow.page().locator("button", new Page.LocatorOptions().setHasText(user + "@"));
      login.click();
      slow.page().locator(LISTED).first().waitFor();
      slow.page().waitForFunction("() => noted.seen.listed !== undefined");
      waits("log in → customers", slow.listedSincePress());
    }
  }

  /** Track, Start, Stop, in a window that is open for a while, its files kept. */
  private void workOn() {
    String customer =
        firm.customer("Ada Lovelace", "ada" + Instant.now().toEpochMilli() + "@example.com");
    try (BrowserContext context = loggedIn(ServiceWorkerPolicy.ALLOW);
        SlowPage slow = SlowPage.in(context)) {
      Page page = slow.page();
      slow.go(base + "/#/customers/" + customer);
      page.waitForFunction("() => navigator.serviceWorker.controller !== null");
      button(page, "Track").waitFor();
      waits(
          "Track → services offered",
          slow.from(() -> button(page, "Track").click(), "dialog[open] input[type=radio]"));
      waits(
          "Start Tracking → tracker window",
          slow.from(
              () -> button(page, "Start Tracking").click(), "section.tracker[aria-label] .stop"));
      waits(
          "Stop Tracking → invoice readable",
          slow.from(() -> button(page, "Stop Tracking").click(), "invoice-page table tbody td"));
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private BrowserContext loggedIn(ServiceWorkerPolicy workers) {
    String session =
        Api.json(
            "token", firm.owner().token().orElseThrow(),
            "who", "somebody",
            "until", Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
    String state =
        Api.json(
            "cookies",
            List.of(),
            "origins",
            List.of(
                Map.of(
                    "origin",
                    base,
                    "localStorage",
                    List.of(Map.of("name", "clockbill.session", "value", session)))));
    BrowserContext context = browser.newContext(profile(workers).setStorageState(state));
    context.setDefaultTimeout(PATIENCE);
    return context;
  }

  private static Browser.NewContextOptions profile(ServiceWorkerPolicy workers) {
    return new Browser.NewContextOptions()
        .setViewportSize(1280, 860)
        .setLocale("en-US")
        .setServiceWorkers(workers);
  }

  private void waits(String name, double milliseconds) {
    waits.computeIfAbsent(name, ignored -> new ArrayList<>()).add(milliseconds);
  }

  private String report() {
    StringBuilder text = new StringBuilder();
    text.append("medians of ").append(ROUNDS).append(", milliseconds and kB");
    text.append(hung == 0 ? "" : "; opened again because they hung: " + hung).append("\n\n");
    text.append(
        row(
            List.of(
                "a page is opened",
                "first paint",
                "heading",
                "list",
                "requests",
                "of the API",
                "kB over the network",
                "kB compressed",
                "kB unpacked",
                "long tasks",
                "moved")));
    text.append(rule(10));
    loads.forEach(
        (name, all) ->
            text.append(
                row(
                    List.of(
                        name,
                        whole(all, "paint"),
                        whole(all, "heading"),
                        whole(all, "listed"),
                        whole(all, "requests"),
                        whole(all, "api"),
                        whole(all, "network"),
                        whole(all, "encoded"),
                        whole(all, "decoded"),
                        whole(all, "tasks"),
                        String.format(Locale.ROOT, "%.3f", median(all, "moved"))))));
    text.append('\n').append(row(List.of("a button is pressed", "ms"))).append(rule(1));
    waits.forEach((name, all) -> text.append(row(List.of(name, whole(median(all))))));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String rule(int numbers) {
    return "| --- |" + " ---: |".repeat(numbers) + "\n";
  }

  private static String whole(List<Map<String, Object>> all, String name) {
    return whole(median(all, name));
  }

  private static String whole(double number) {
    return Double.isNaN(number) ? "–" : String.valueOf(Math.round(number));
  }

  private static double median(List<Map<String, Object>> all, String name) {
    return median(all.stream().map(each -> ((Number) each.get(name)).doubleValue()).toList());
  }

  private static double median(List<Double> all) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : Arrays.stream(sorted)
            .skip((sorted.length - 1) / 2)
            .limit(2 - sorted.length % 2)
            .average()
            .getAsDouble();
  }
}
