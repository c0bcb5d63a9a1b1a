package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the portal's files are served. */
@OnStack
class PortalTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern PRELOADED =
      Pattern.compile("rel=\"modulepreload\" href=\"/assets/[0-9a-f]{16}/([^\"]+)\"");
  private static final Pattern PAGES = Pattern.compile("name=\"pages\" content=\"([^\"]+)\"");
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[0-9a-f]{16}/)app.js\"");

  @Test
  void thePageIsAskedForAnewAndItsFilesAreKeptForEver() throws Exception {
    HttpResponse<byte[]> page = get("/", "gzip");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "cache-control")).isEqualTo("no-cache");

    HttpResponse<byte[]> script = get(assets() + "app.js", "gzip");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(header(script, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(script, "content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(script, "content-encoding")).isEqualTo("gzip");
  }

  @Test
  void thePageNamesTheScriptsThatAreNeededAtOnce() throws Exception {
    String page = new String(get("/", "").body(), StandardCharsets.UTF_8);
    List<String> named = PRELOADED.matcher(page).results().map(link -> link.group(1)).toList();
    assertThat(named)
        .doesNotHaveDuplicates()
        .contains("app.js", "core/api.js", "core/memory.js", "tracking/last-used.js")
        .doesNotContain("pages/customers.js", "vendor/oauth4webapi.js");
    for (String script : named) {
      assertThat(get(assets() + script, "br").statusCode()).as(script).isEqualTo(200);
    }
    Matcher pages = PAGES.matcher(page);
    assertThat(pages.find()).isTrue();
    assertThat(new JsonMapper().readTree(pages.group(1).replace("&quot;", "\"")).path("customers"))
        .extracting(JsonNode::asText)
        .contains("pages/customers.js", "parts/page.js", "tracking/track-dialog.js")
        .doesNotContainAnyElementsOf(named);
    HttpResponse<byte[]> small = get("/", "gzip, br");
    assertThat(header(small, "content-encoding")).isEqualTo("gzip");
    assertThat(small.body()).hasSizeLessThan(2500);
  }

  @ParameterizedTest
  @CsvSource({"'gzip, deflate, br, zstd',br", "'gzip, deflate',gzip", "'br;q=0, GZIP;q=0.5',gzip"})
  void aFileIsCompressedAsWellAsTheBrowserCanUnpackIt(String accepted, String encoding)
      throws Exception {
    HttpResponse<byte[]> script = get(assets() + "app.js", accepted);
    assertThat(header(script, "content-encoding")).isEqualTo(encoding);
    assertThat(header(script, "vary")).isEqualTo("accept-encoding");
    assertThat(script.body()).hasSizeBetween(1000, 6000);
  }

  @Test
  void theServiceWorkerNamesWhatEveryPageNeedsAndIsAskedForAnew() throws Exception {
    HttpResponse<byte[]> worker = get("/service-worker.js", "gzip");
    assertThat(header(worker, "content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(worker, "cache-control")).isEqualTo("no-cache");
    String text = new String(worker.body(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("HASH = '" + new PortalFiles().hash() + "'")
        .doesNotContain("{files}");
    for (String file : new PortalFiles().neededOffline()) {
      assertThat(text).contains("\"" + file + "\"");
      assertThat(get(assets() + file, "br").statusCode()).as(file).isEqualTo(200);
    }
    assertThat(new PortalFiles().neededOffline())
        .contains("app.js", "app.css", "vendor/inter.woff2", "pages/invoice.js", "icon-running.svg")
        .doesNotContain("service-worker.js", "vendor/inter-ext.woff2");
  }

  @Test
  void thePortalIsAnAppWhoseIconsAreThere() throws Exception {
    HttpResponse<byte[]> manifest = get("/manifest.webmanifest", "gzip");
    assertThat(header(manifest, "content-type")).isEqualTo("application/manifest+json");
    JsonNode app = new JsonMapper().readTree(manifest.body());
    assertThat(app.path("display").asText()).isEqualTo("standalone");
    assertThat(app.findValuesAsText("url")).contains("/#/timer");
    assertThat(app.path("icons").findValuesAsText("sizes")).contains("192x192", "512x512");
    assertThat(app.path("icons").findValuesAsText("purpose")).containsExactly("maskable");
    for (String icon : app.findValuesAsText("src")) {
      HttpResponse<byte[]> file = get(icon, "");
      assertThat(header(file, "content-type")).as(icon).startsWith("image/");
      if (icon.endsWith(".png")) {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.body()));
        assertThat(picture.getWidth()).isEqualTo(icon.endsWith("192.png") ? 192 : 512);
      }
    }
  }

  @Test
  void thePageMayRunNothingButItsOwnFiles() throws Exception {
    assertThat(header(get("/", ""), "content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("worker-src 'self'", "manifest-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void aFileComesUncompressedToWhoeverCannotUnpackIt() throws Exception {
    HttpResponse<byte[]> style = get(assets() + "app.css", "");
    assertThat(style.headers().firstValue("content-encoding")).isEmpty();
    assertThat(new String(style.body(), StandardCharsets.UTF_8)).contains(":root");
  }

  @Test
  void filesOfAnotherTreeAndFilesThatAreNoneAreNotFound() throws Exception {
    assertThat(get("/assets/0000000000000000/app.js", "").statusCode()).isEqualTo(404);
    assertThat(get(assets() + "absent.js", "").statusCode()).isEqualTo(404);
    assertThat(get(assets() + "vendor/refresh.mjs", "").statusCode()).isEqualTo(404);
  }

  private static String assets() throws Exception {
    String page = new String(get("/", "").body(), StandardCharsets.UTF_8);
    Matcher found = SCRIPT.matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group(1);
  }

  private static HttpResponse<byte[]> get(String path, String encodings)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Laptop.api().base() + path));
    if (!encodings.isEmpty()) {
      request.header("accept-encoding", encodings);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
