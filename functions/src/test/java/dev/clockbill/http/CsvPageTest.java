package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.http.CsvPage.Part;
import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

class CsvPageTest {
  private static Request asked(Map<String, Object> query) {
    return new Request(
        "GET /things", "/things", Map.of(), query, Map.of(), new byte[0], Map.of(), "1", null);
  }

  private static Response page(Map<String, Object> query, CsvPage.Source list) {
    return CsvPage.answer(asked(query), List.of("name", "amount"), list);
  }

  /** A list of things that are called by their places, some of which are left out. */
  private static Part things(int count, int every, String note, int limit, String cursor) {
    int begin = cursor == null ? 0 : Integer.parseInt(cursor);
    int end = Math.min(count, begin + limit);
    List<Map<String, Object>> rows =
        IntStream.range(begin, end)
            .filter(place -> place % every == 0)
            .mapToObj(place -> Map.<String, Object>of("name", place + note, "amount", place))
            .toList();
    return new Part(rows, end == count ? null : Integer.toString(end));
  }

  @Test
  void neitherACellNorTheNameOfAColumnIsAFormula() {
    Response page =
        CsvPage.of(
            asked(Map.of()),
            List.of("=name", "amount"),
            List.of(Map.of("=name", "@1", "amount", -5)));
    assertThat(page.body()).isEqualTo("'=name,amount\r\n'@1,-5\r\n");
  }

  @Test
  void whatItHoldsReadsBackAsItWas() throws IOException {
    String name = "Smith, \"Jo\"\r\n& Co; Köln";
    Response page =
        page(
            Map.of(),
            (limit, cursor) -> new Part(List.of(Map.of("name", name, "amount", -5)), null));
    assertThat(page.headers())
        .containsEntry("content-type", "text/csv; charset=utf-8; header=present");
    var records = CSVFormat.RFC4180.parse(new StringReader(page.body())).getRecords();
    assertThat(records).hasSize(2);
    assertThat(records.getFirst()).containsExactly("name", "amount");
    assertThat(records.getLast()).containsExactly(name, "-5");
  }

  @Test
  void pagesFollowOneAnotherByTheirLinks() {
    List<String> lines = new ArrayList<>();
    Map<String, Object> query = Map.of("limit", "150", "state", "a b");
    Response first = page(query, (limit, cursor) -> things(220, 1, "", limit, cursor));
    lines.addAll(first.body().lines().skip(1).toList());
    assertThat(first.headers().get("link"))
        .startsWith("</things?")
        .contains("limit=150", "state=a+b", "cursor=150")
        .endsWith(">; rel=\"next\"");
    Response last =
        page(
            Map.of("limit", "150", "cursor", "150"),
            (limit, cursor) -> things(220, 1, "", limit, cursor));
    lines.addAll(last.body().lines().skip(1).toList());
    assertThat(last.headers()).doesNotContainKey("link");
    assertThat(lines).hasSize(220).doesNotHaveDuplicates();
  }

  @Test
  void fiveThousandAreAPage() {
    Response page = page(Map.of(), (limit, cursor) -> things(5_001, 1, "", limit, cursor));
    assertThat(page.body().lines()).hasSize(5_001);
    assertThat(page.headers().get("link")).contains("cursor=5000");
  }

  @Test
  void aPageEndsBeforeItIsTooLargeToBeAnswered() {
    String note = "\"".repeat(2_000);
    Response page = page(Map.of(), (limit, cursor) -> things(5_000, 1, note, limit, cursor));
    assertThat(Json.write(page.payload())).hasSizeBetween(4_500_000, 6_000_000);
    assertThat(page.headers()).containsKey("link");
  }

  @Test
  void aPageEndsWhereNothingIsFoundForLong() {
    Response page =
        page(Map.of(), (limit, cursor) -> things(1_000_000, 100_000, "", limit, cursor));
    assertThat(page.body().lines()).hasSize(2);
    assertThat(page.headers()).containsKey("link");
  }
}
