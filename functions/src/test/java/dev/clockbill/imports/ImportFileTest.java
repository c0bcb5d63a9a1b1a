package dev.clockbill.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.firm.CustomerImport;
import dev.clockbill.firm.RateColumns;
import dev.clockbill.firm.Service;
import dev.clockbill.http.Problem;
import dev.clockbill.imports.ImportFile.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFileTest {
  private static final CustomerImport CUSTOMERS =
      new CustomerImport(
          new RateColumns(
              2,
              List.of(
                  service("01TAX", "Tax Resolution", true),
                  service("01ABC", "A;B;C;D;E", true),
                  service("01ONE", "Twice", true),
                  service("01TWO", "twice", false))),
          true);

  private static Service service(String id, String name, boolean active) {
    return new Service(id, name, 25_000, null, true, Service.Kind.HOURLY, null, active, 1);
  }

  private record Read(List<ImportColumn> columns, List<Line> lines) {}

  private static Read read(String text) {
    ImportFile file = ImportFile.read(text, label -> CUSTOMERS.column(label).isPresent());
    Columns columns = Columns.of(file, Map.of(), CUSTOMERS::column, CUSTOMERS.required());
    columns.check();
    return new Read(columns.read().stream().map(Columns.Column::known).toList(), file.lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void cellsStandBetweenCommasSemicolonsOrTabs(String between) {
    Read file = read("name%semail\nAda%sada@b.example".replace("%s", between));
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
    Read file =
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
  void anApostropheThatOurFilesHaveBeforeFormulasIsNoPartOfACell() {
    Read file = read("name,phone\n'=Hopper,'+49 40 5550134\n't Hooft,''-1\n");
    assertThat(file.lines())
        .containsExactly(
            new Line(2, List.of("=Hopper", "+49 40 5550134")),
            new Line(3, List.of("'t Hooft", "'-1")));
  }

  @Test
  void cellsArePartedByWhatPartsTheColumnsThatAreKnown() {
    Read file = read("name,email,hourlyRateDecimal:A;B;C;D;E\nAda,a@b.example,1\n");
    assertThat(file.columns())
        .extracting(ImportColumn::field)
        .containsExactly("name", "email", "rates.01ABC");
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
          email                               | lacks name
          name,email,e-mail                   | More than one column
          name,email,fax                      | no column fax
          name,,email                         | no column
          name,email,hourlyRate:Nothing       | no column hourlyRate:Nothing
          name,email,hourlyRate:Twice         | no column hourlyRate:Twice
          name,email,rate:Tax Resolution      | no column rate:Tax Resolution
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
                  .satisfies(error -> assertThat(error.message()).contains(because));
            });
  }

  @Test
  void failure30_theDelimiterMayBeSaidAndTitlesMayStandAbove() {
    assertThat(read("sep=;\r\nname;email\r\n\"Smith, Jo, Sons, Ltd\";j@b.example\r\n").lines())
        .containsExactly(new Line(3, List.of("Smith, Jo, Sons, Ltd", "j@b.example")));
    assertThat(read("Customer Contact List\r\n\r\nClient;Email\r\nAda;a@b.example").lines())
        .containsExactly(new Line(4, List.of("Ada", "a@b.example")));
  }

  /** What might be a line of the file is none that names columns. */
  @Test
  void failure30_whatMayBeALineIsNoTitle() {
    assertThatThrownBy(() -> read("Ada,a@b.example\nname,email\n"))
        .isInstanceOfSatisfying(
            Problem.class,
            refused ->
                assertThat(refused.errors())
                    .extracting(Problem.FieldError::field)
                    .containsExactly("Ada", "a@b.example", "file"));
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
    "'1,5', 3, 1500",
    "22.0000, 4, 220000",
    "'22,0001', 4, 220001",
    "22.5, 4, 225000",
    "22, 4, 220000",
    "1.50000, 5, 150000"
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
    "1.234, 4",
    "'1,234', 4",
    "1.23456, 4",
    "'1,0000', 0",
    "'1,0000', 3",
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
