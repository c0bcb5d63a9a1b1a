package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the portal's files are served. */
@OnStack
class PortalTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
  void thePageMayRunNothingButItsOwnFiles() throws Exception {
    assertThat(header(get("/", ""), "content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
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
