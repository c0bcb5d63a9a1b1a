package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.firm.ImportFile.Line;
import dev.clockbill.http.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFileTest {
  private static final CustomerImport CUSTOMERS =
      new CustomerImport(
          2,
          List.of(
              new Service("01TAX", "Tax Resolution", 25_000, null, true, 1),
              new Service("01ONE", "Twice", 1, null, true, 1),
              new Service("01TWO", "twice", 2, null, false, 1)));

  private static ImportFile read(String text) {
    return ImportFile.read(text, CUSTOMERS::column, CUSTOMERS.required());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void cellsStandBetweenCommasSemicolonsOrTabs(String between) {
    ImportFile file = read("name%semail\nAda%sada@b.example".replace("%s", between));
    assertThat(file.columns()).extracting(ImportColumn::field).containsExactly("name", "email");
    assertThat(file.lines()).containsExactly(new Line(2, List.of("Ada", "ada@b.example")));
  }

  @Test
  void aMarkAtTheBeginningIsNoPartOfTheFirstColumn() {
    assertThat(read("\ufeffname,email\r\n").columns())
        .extracting(ImportColumn::label)
        .containsExactly("name", "email");
  }

  @Test
  void aLineIsToldByWhereItBeginsInTheFile() {
    ImportFile file =
        read("name,email,address\r\n\r\nAda,a@b.example,\"1 Way\r\nTown\"\r\n,,\r\nBo,b@b.example");
    assertThat(file.lines())
        .containsExactly(
            new Line(3, List.of("Ada", "a@b.example", "1 Way\r\nTown")),
            new Line(6, List.of("Bo", "b@b.example")));
  }

  @Test
  void quotedCellsHoldWhatElseStandsBetweenThem() {
    assertThat(read("name,email\n\"Smith, \"\"Jo\"\"; & Co\", j@b.example ").lines())
        .containsExactly(new Line(2, List.of("Smith, \"Jo\"; & Co", "j@b.example")));
  }

  @Test
  void aColumnIsFoundHoweverItIsWritten() {
    assertThat(
            read("E-Mail,NAME,Send automatically,hourly_rate_decimal: tax  resolution,,").columns())
        .extracting(ImportColumn::field)
        .containsExactly("email", "name", "sendAutomatically", "rates.01TAX");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | This is empty
          name                                | lacks email
          name,email,e-mail                   | More than one column
          name,email,phone                    | no column phone
          name,,email                         | no column
          name,email,hourlyRate:Nothing       | no column hourlyRate:Nothing
          name,email,hourlyRate:Twice         | no column hourlyRate:Twice
          name,email,rate:Tax Resolution      | no column rate:Tax Resolution
          na\ufffdme,email                     | not UTF-8
          """)
  void aFileThatIsNoneIsRefusedAsAWhole(String header, String because) {
    assertRefused(header + "\n", because);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    assertRefused("name,email\n" + "x,y\n".repeat(5_001), "more than 5,000 lines");
    assertRefused("name,email\n" + "x".repeat(1_000_000), "more than 1 MB");
    assertThat(read("name,email\n" + "x,y\n".repeat(5_000)).lines()).hasSize(5_000);
  }

  @Test
  void aQuotationMarkThatClosesNothingIsToldByItsLine() {
    assertRefused("name,email\nAda,a@b.example\n\"Bo\"x,b@b.example\n", "Line 3 cannot be read");
    assertRefused("name,email\nAda,\"a@b.example\nBo,b@b.example\n", "Line 2 cannot be read");
  }

  private static void assertRefused(String text, String because) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Problem.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.errors())
                  .singleElement()
                  .satisfies(error -> assertThat(error.field()).isEqualTo("file"))
                  .satisfies(error -> assertThat(error.message()).contains(because));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "250, 2, 25000",
    "250.5, 2, 25050",
    "'250,50', 2, 25050",
    "0, 2, 0",
    "100, 0, 100",
    "100.0, 0, 100",
    "1.234, 3, 1234",
    "25.000, 3, 25000",
    "'1,5', 3, 1500"
  })
  void anAmountIsReadInItsCurrency(String cell, int decimals, long minorUnits) {
    assertThat(decimal(decimals).value(cell)).contains(minorUnits);
  }

  @ParameterizedTest
  @CsvSource({
    "250.555, 2",
    "1.500, 2",
    "25.000, 0",
    "'1,234', 2",
    "'1,234', 3",
    "'1,234.00', 2",
    "$250, 2",
    "-1, 2",
    "100.5, 0",
    "1e3, 2",
    "9999999999999, 2"
  })
  void whatMayBeAnotherAmountIsRefused(String cell, int decimals) {
    assertThat(decimal(decimals).value(cell)).isEmpty();
  }

  private static ImportColumn decimal(int decimals) {
    return new ImportColumn(
        "hourlyRateDecimal", "hourlyRate", new ImportColumn.Kind.Decimal(decimals));
  }
}
