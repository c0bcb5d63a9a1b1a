package dev.clockbill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.clockbill.Api;
import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the README and of {@code docs/}, of the demonstration data, into {@code
 * portal/pictures}. It is no test and runs only when asked for, as CONTRIBUTING.md says.
 */
@InBrowser
class TakePictures {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 860;

  @Test
  void ofTheDemonstrationData(Visitors visitors) throws IOException {
    Settings settings = Settings.read(Project.path("functions/src/local/stack.yaml"));
    try (Stack stack = Stack.start(settings)) {
      Api nobody = Api.at(stack.base());
      Api priya =
          nobody.as(
              nobody
                  .post("/_local/token", Api.json("user", "priya"))
                  .expect(200)
                  .path("token")
                  .asText());
      Visitor owner = visitors.at(priya, TakePictures::still);
      // As much of it as fits, in a window that is high enough for what else stays in sight.
      owner.page().setViewportSize(WIDTH, 2 * HEIGHT);
      owner.go("/billing");
      owner.page().getByText("Made on your billing day").waitFor();
      keep(owner, "billing");
      owner.page().setViewportSize(WIDTH, HEIGHT);
      JsonNode draft = draftWithMostLines(priya);
      owner.go("/invoices/" + draft.path("invoiceId").asText());
      keep(owner, "invoice");
      owner.button("Send").click();
      owner.page().frameLocator("mail-preview iframe").locator("img").waitFor();
      keep(owner, "send");
      owner.button("Cancel").click();
      track(priya);
      owner.go("/customers/" + draft.at("/customer/customerId").asText());
      owner.tracker().waitFor();
      keep(owner, "tracking");
      Visitor customer = visitors.stranger(stack.base(), TakePictures::still);
      customer.page().setViewportSize(900, HEIGHT);
      customer.page().navigate(clientPage(priya));
      keep(customer, "client");
    }
  }

  private static Browser.NewContextOptions still(Browser.NewContextOptions options) {
    return options
        .setViewportSize(WIDTH, HEIGHT)
        .setDeviceScaleFactor(1.5)
        .setColorScheme(ColorScheme.LIGHT)
        .setReducedMotion(ReducedMotion.REDUCE);
  }

  /** The link in the statement that was mailed last. */
  private static String clientPage(Api priya) {
    return stream(priya.get("/customers?limit=100").expect(200).path("customers"))
        .map(each -> "/customers/" + each.path("customerId").asText() + "/statement")
        .map(path -> priya.get(path).expect(200))
        .filter(statement -> !statement.path("latest").isNull())
        .max(Comparator.comparing(statement -> statement.at("/latest/at").asText()))
        .orElseThrow()
        .path("clientUrl")
        .asText();
  }

  private static JsonNode draftWithMostLines(Api priya) {
    return stream(priya.get("/invoices?state=draft").expect(200).path("invoices"))
        .map(each -> priya.get("/invoices/" + each.path("invoiceId").asText()).expect(200))
        .max(Comparator.comparingInt(each -> each.path("lines").size()))
        .orElseThrow();
  }

  /** Lets Priya's timer run since a while. */
  private static void track(Api priya) {
    String now = priya.get("/timers/running").expect(200).path("serverTime").asText();
    JsonNode customer = draftWithMostLines(priya).at("/customer/customerId");
    JsonNode service =
        stream(priya.get("/services").expect(200).path("services"))
            .filter(each -> each.path("name").asText().equals("Tax Resolution"))
            .findFirst()
            .orElseThrow();
    priya
        .post(
            "/timers",
            Api.json(
                "customerId", customer.asText(),
                "serviceId", service.path("serviceId").asText(),
                "note", "Research credit, questions",
                "startedAt", Instant.parse(now).minusSeconds(42 * 60 + 17).toString()))
        .expect(201);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** Keeps what is shown, once nothing moves any more. */
  private static void keep(Visitor visitor, String name) {
    Page page = visitor.page();
    page.waitForFunction("() => !document.documentElement.hasAttribute('data-busy')");
    page.evaluate("() => document.fonts.ready.then(() => null)");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setClip(0, 0, page.viewportSize().width, HEIGHT)
            .setPath(Project.path("portal/pictures/" + name + ".png")));
  }
}
