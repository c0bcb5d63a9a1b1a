package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

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
        "x\t@1"
      })
  void textThatASpreadsheetWouldComputeHasAnApostropheBeforeIt(String text) {
    String cell = (String) CsvCell.written(text);
    assertThat(cell).isNotEqualTo(text);
    assertThat(cell.replace("'", "")).isEqualTo(text);
    for (String part : cell.split("[;\t\r\n]")) {
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
    return Arbitraries.of("'", "''", "=", "+", "-", "@", "＝", ";", "\t", "\r", "\n", " ", "x", "1")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property
  void whatIsReadIsWhatWasWritten(@ForAll("texts") String text) {
    assertThat(CsvCell.read((String) CsvCell.written(text))).isEqualTo(text);
  }

  @Test
  void aLongCellOfBlanksIsReadAtOnce() {
    String blanks = String.join("", Collections.nCopies(500_000, "\t")) + "'";
    assertThat(CsvCell.read(blanks)).isEqualTo(blanks);
  }
}
