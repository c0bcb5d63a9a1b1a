package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
  private static final Pattern FORMULA = Pattern.compile("[-=+@＝＋－＠]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        ";=1",
        "x;=HYPERLINK(\"http://evil.example\")",
        "x\n=1",
        "x\t@1",
        "x;\"=1+1;y",
        "x\t \"\"=1",
        "\"=1"
      })
  void textThatASpreadsheetWouldComputeHasAnApostropheBeforeIt(String text) {
    String cell = (String) CsvCell.written(text);
    assertThat(cell).isNotEqualTo(text);
    assertThat(cell.replace("'", "")).isEqualTo(text);
    for (String part : cell.replace("\"", "").split("[;\t\r\n]")) {
      assertThat(part.strip()).doesNotStartWith("=").doesNotMatch("[-+@＝].*");
    }
  }

  @Test
  void numbersAndOtherTextStayAsTheyAre() {
    assertThat(CsvCell.written(-500L)).isEqualTo(-500L);
    assertThat(CsvCell.written("a=b - c, d@e.example")).isEqualTo("a=b - c, d@e.example");
    assertThat(CsvCell.written("'t Hooft, 'n'")).isEqualTo("'t Hooft, 'n'");
    assertThat(CsvCell.written(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'+49 40 5550134, +49 40 5550134",
        "''=1, '=1",
        "'t Hooft, 't Hooft",
        "O'Brien, O'Brien",
        "x;'=1, x;=1",
        "+1, +1",
      })
  void anApostropheThatStandsBeforeAFormulaIsLeftOutWhereACellIsRead(String cell, String text) {
    assertThat(CsvCell.read(cell)).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "'", "''", "\"", "=", "+", "-", "@", "＝", ",", ";", "\t", "\r", "\n", " ", "x", "1")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property
  void whatIsReadIsWhatWasWritten(@ForAll("texts") String text) {
    assertThat(CsvCell.read((String) CsvCell.written(text))).isEqualTo(text);
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> rows() {
    return Combinators.combine(texts(), texts(), texts())
        .as((first, second, third) -> Json.object("a", first, "b", second, "c", third))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  /** Which one it takes depends on its user's locale, and on what its user says. */
  @Property
  void noCellBeginsAFormulaWhateverSeparatorASpreadsheetTakes(
      @ForAll("rows") List<Map<String, Object>> rows) {
    String csv = csv(rows);
    for (char separator : new char[] {',', ';', '\t'}) {
      for (boolean blanksAround : List.of(true, false)) {
        assertThat(cells(csv, separator, blanksAround))
            .as(csv)
            .noneMatch(cell -> FORMULA.matcher(cell.strip()).lookingAt());
      }
    }
  }

  private static String csv(List<Map<String, Object>> rows) {
    Request request =
        new Request(
            "GET /notes", "/notes", Map.of(), Map.of(), Map.of(), new byte[0], Map.of(), "1", null);
    return CsvPage.of(request, List.of("a", "b", "c"), rows).body();
  }

  /**
   * The cells that a spreadsheet finds: a quotation mark that closes a cell too early is no error
   * to it, nor is one that never closes.
   */
  private static List<String> cells(String csv, char separator, boolean blanksAround) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setTrailingData(true)
            .setLenientEof(true)
            .setIgnoreSurroundingSpaces(blanksAround)
            .get();
    try {
      return format.parse(new StringReader(csv)).stream().flatMap(CSVRecord::stream).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void aLongCellOfBlanksIsReadAtOnce() {
    String blanks = String.join("", Collections.nCopies(500_000, "\t")) + "'";
    assertThat(CsvCell.read(blanks)).isEqualTo(blanks);
  }
}
