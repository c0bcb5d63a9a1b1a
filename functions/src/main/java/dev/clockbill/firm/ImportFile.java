package dev.clockbill.firm;

import dev.clockbill.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file as spreadsheets write them: a header and lines, with commas, semicolons or tabs
 * between the cells, in UTF-8 with or without a mark at its beginning.
 *
 * @param columns in the order of the file
 */
record ImportFile(List<ImportColumn> columns, List<Line> lines) {
  /** How many lines one file may have, the header aside. */
  static final int MOST_LINES = 5_000;

  /** How many bytes one file may have. */
  static final int MOST_BYTES = 1_000_000;

  private static final String MARK = "\ufeff";

  /** Replaces bytes that are not UTF-8. */
  private static final String UNREADABLE = "\ufffd";

  /**
   * A line.
   *
   * @param number of the line in the file on which it begins; the header's is 1
   * @param cells without surrounding blanks; there may be fewer or more of them than columns
   */
  record Line(long number, List<String> cells) {

    /** The cell of a column; empty where there is none. */
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    /** Whether there is text after the last column. */
    boolean isLongerThan(int columns) {
      return cells.stream().skip(columns).anyMatch(cell -> !cell.isEmpty());
    }

    private boolean blank() {
      return cells.stream().allMatch(String::isEmpty);
    }
  }

  /**
   * Reads a file.
   *
   * @param known returns the column for a header's cell
   * @param required the fields that there have to be columns for
   * @throws Problem 400 if it is not such a file, or too large
   */
  static ImportFile read(
      String text, Function<String, Optional<ImportColumn>> known, List<String> required) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw wrong("This has more than 1 MB. Split the file and import one part after the other.");
    }
    if (text.contains(UNREADABLE)) {
      throw wrong("This is not UTF-8. Save the file as CSV UTF-8 and import it again.");
    }
    List<Line> lines = lines(text.startsWith(MARK) ? text.substring(1) : text);
    if (lines.isEmpty()) {
      throw wrong("This is empty. Its first line has to name the columns.");
    }
    if (lines.size() > MOST_LINES + 1) {
      throw wrong(
          "This has more than 5,000 lines. Split the file and import one part after the other.");
    }
    return new ImportFile(
        columns(lines.getFirst().cells(), known, required), lines.subList(1, lines.size()));
  }

  private static List<Line> lines(String text) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(text))
            .setIgnoreEmptyLines(false)
            .setIgnoreSurroundingSpaces(true)
            .get();
    List<Line> lines = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      for (long begun = 1; hasNext(records, begun); begun = parser.getCurrentLineNumber() + 1) {
        Line line = new Line(begun, records.next().stream().map(String::strip).toList());
        if (!line.blank()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean hasNext(Iterator<CSVRecord> records, long begun) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException malformed) {
      throw wrong(
          "Line " + begun + " cannot be read: a quotation mark in it opens or closes nothing.");
    }
  }

  /** The delimiter that is most frequent in the first line. */
  private static char delimiter(String text) {
    String header = text.lines().findFirst().orElse("");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(each -> header.chars().filter(one -> one == each).count()))
        .orElseThrow();
  }

  private static List<ImportColumn> columns(
      List<String> header, Function<String, Optional<ImportColumn>> known, List<String> required) {
    List<ImportColumn> columns =
        header.stream()
            .limit(named(header))
            .map(
                label ->
                    known
                        .apply(label)
                        .orElseThrow(() -> wrong("There is no column " + label + " in an import.")))
            .toList();
    Set<String> fields = new HashSet<>();
    for (ImportColumn column : columns) {
      if (!fields.add(column.field())) {
        throw wrong("More than one column stands for what " + column.label() + " does.");
      }
    }
    String missing =
        required.stream()
            .filter(field -> !fields.contains(field))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw wrong("The first line has to name the columns, and lacks " + missing + ".");
    }
    return columns;
  }

  /** How many columns are named: spreadsheets leave empty ones behind. */
  private static int named(List<String> header) {
    int named = header.size();
    while (named > 0 && header.get(named - 1).isEmpty()) {
      named--;
    }
    return named;
  }

  private static Problem wrong(String message) {
    return Problem.invalid("file", message);
  }
}
