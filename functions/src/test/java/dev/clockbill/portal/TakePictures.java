package dev.clockbill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.clockbill.Api;
import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Takes the README's pictures, of the demonstration data, into {@code portal/pictures}. It is no
 * test and runs only when asked for, as CONTRIBUTING.md says.
 */
@InBrowser
class TakePictures {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int COLORS = 256;

  @Test
  void ofTheReadme(Visitors visitors) throws IOException {
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
      Visitor owner =
          visitors.at(
              priya,
              options ->
                  options
                      .setViewportSize(WIDTH, HEIGHT)
                      .setDeviceScaleFactor(1.5)
                      .setColorScheme(ColorScheme.LIGHT)
                      .setReducedMotion(ReducedMotion.REDUCE));
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
    }
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
                "note", "Reply to the IRS notice",
                "startedAt", Instant.parse(now).minusSeconds(42 * 60 + 17).toString()))
        .expect(201);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** Keeps what is shown, once nothing moves any more. */
  private static void keep(Visitor visitor, String name) throws IOException {
    Page page = visitor.page();
    page.waitForFunction("() => !document.documentElement.hasAttribute('data-busy')");
    page.evaluate("() => document.fonts.ready.then(() => null)");
    byte[] taken = page.screenshot(new Page.ScreenshotOptions());
    ImageIO.write(
        small(ImageIO.read(new ByteArrayInputStream(taken))),
        "png",
        Project.path("portal/pictures/" + name + ".png").toFile());
  }

  /** The same picture with its 256 most frequent colors, which takes a third of the bytes. */
  private static BufferedImage small(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Integer> kept =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLORS)
            .map(Map.Entry::getKey)
            .toList();
    int[] palette = kept.stream().mapToInt(Integer::intValue).toArray();
    Map<Integer, Integer> nearest = new HashMap<>();
    counts.keySet().forEach(color -> nearest.put(color, nearest(palette, color)));
    BufferedImage small =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE));
    int[] indexes = IntStream.of(pixels).map(pixel -> nearest.get(pixel & 0xffffff)).toArray();
    small.getRaster().setPixels(0, 0, width, height, indexes);
    return small;
  }

  private static int nearest(int[] palette, int color) {
    return IntStream.range(0, palette.length)
        .boxed()
        .min(Comparator.comparingInt(at -> apart(palette[at], color)))
        .orElseThrow();
  }

  private static int apart(int one, int other) {
    return IntStream.of(16, 8, 0)
        .map(shift -> (one >> shift & 0xff) - (other >> shift & 0xff))
        .map(difference -> difference * difference)
        .sum();
  }
}
