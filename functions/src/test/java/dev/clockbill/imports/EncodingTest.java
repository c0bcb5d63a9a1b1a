package dev.clockbill.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.shared.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  private static final String POLISH = "name,email\nŻółć Łódź,a@b.example\n";

  private static Request sent(byte[] bytes, String type) {
    return Request.of(
        Json.object(
            "headers",
            Map.of("content-type", type),
            "body",
            Base64.getEncoder().encodeToString(bytes),
            "isBase64Encoded",
            true));
  }

  private static Request sent(String text, String charset) {
    return sent(text.getBytes(Charset.forName(charset)), "application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void failure30_aMarkTellsTheEncoding(String charset) {
    assertThat(Encoding.text(sent("\ufeff" + POLISH, charset), Optional.empty())).isEqualTo(POLISH);
  }

  @Test
  void failure30_utf8IsRecognizedWithoutAMark() {
    assertThat(Encoding.text(sent(POLISH, "UTF-8"), Optional.empty())).isEqualTo(POLISH);
  }

  @Test
  void failure30_anotherEncodingIsAskedWithLinesAsTheyWouldRead() {
    assertRefused(
        () -> Encoding.text(sent(POLISH, "windows-1250"), Optional.empty()),
        refused -> {
          assertThat(refused.errors().getFirst().field()).isEqualTo("charset");
          List<Map<String, Object>> encodings =
              Json.objects(Json.readObject(refused.response().body()), "encodings");
          assertThat(encodings)
              .contains(
                  Map.of("charset", "windows-1250", "lines", List.of("Żółć Łódź,a@b.example")));
          assertThat(encodings).extracting(each -> each.get("lines")).doesNotHaveDuplicates();
        });
  }

  @Test
  void failure30_utf16WithoutAMarkIsAskedToo() {
    assertRefused(
        () -> Encoding.text(sent("name,email\nAda,a@b.example", "UTF-16LE"), Optional.empty()),
        refused ->
            assertThat(Json.objects(Json.readObject(refused.response().body()), "encodings"))
                .extracting(each -> each.get("charset"))
                .contains("UTF-16LE")
                .doesNotContain("windows-1252"));
  }

  @ParameterizedTest
  @CsvSource({"windows-1250", "WINDOWS-1250", "utf-16le"})
  void failure30_theEncodingThatIsSaidIsUsed(String charset) {
    assertThat(Encoding.text(sent(POLISH, charset), Optional.of(charset))).isEqualTo(POLISH);
    byte[] bytes = POLISH.getBytes(Charset.forName(charset));
    assertThat(Encoding.text(sent(bytes, "text/csv; charset=" + charset), Optional.empty()))
        .isEqualTo(POLISH);
  }

  @Test
  void failure30_whatTheFileIsNotIsRefused() {
    for (String said : List.of("utf-8", "utf-7", "x")) {
      assertRefused(
          () -> Encoding.text(sent(POLISH, "windows-1250"), Optional.of(said)),
          refused -> assertThat(refused.errors().getFirst().field()).isEqualTo("charset"));
    }
  }

  /** A gateway that takes the body for text loses what is not UTF-8. */
  @Test
  void failure30_whatWasLostOnTheWayIsRefused() {
    String lost =
        new String(POLISH.getBytes(Charset.forName("windows-1250")), StandardCharsets.UTF_8);
    assertRefused(
        () ->
            Encoding.text(
                Request.of(Json.object("headers", Map.of(), "body", lost)),
                Optional.of("windows-1250")),
        refused ->
            assertThat(refused.errors().getFirst().message()).contains("application/octet-stream"));
  }

  private static void assertRefused(Runnable reading, Consumer<Problem> what) {
    assertThatThrownBy(reading::run).isInstanceOfSatisfying(Problem.class, what);
  }
}
