package dev.clockbill.imports;

import dev.clockbill.http.CsvCell;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file as spreadsheets and other tools write them: a header and lines, with commas,
 * semicolons or tabs between the cells. Excel's {@code sep=;} may stand before it, and titles, as
 * long as it is certain that they are none of the columns' names.
 *
 * @param header the line that names the columns
 * @param lines those that follow, without blank ones
 */
public record ImportFile(Line header, List<Line> lines) {
  /** How many lines one file may have, the header aside. */
  static final int MOST_LINES = 5_000;

  /** How many bytes one file may have. */
  static final int MOST_BYTES = 1_000_000;

  private static final String MARK = "\ufeff";

  /** How far down the columns' names are looked for. */
  private static final int MOST_TITLES = 10;

  /** How many columns that are known make it certain that a line names them. */
  private static final int CERTAIN = 2;

  /** Source: "Import or export text files", Microsoft 365: Excel reads the delimiter from it. */
  private static final Pattern DELIMITER =
      Pattern.compile("sep=(.)\\r?\\n?", Pattern.CASE_INSENSITIVE);

  /**
   * A line.
   *
   * @param number of the line in the file on which it begins; the header's is 1
   * @param cells without surrounding blanks, and without the apostrophes that {@link CsvCell} puts
   *     before formulas; there may be fewer or more of them than columns
   */
  public record Line(long number, List<String> cells) {

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
   * @param known whether there is a column of that name
   * @throws Problem 400 if it is not such a file, or too large
   */
  static ImportFile read(String text, Predicate<String> known) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw wrong("This has more than 1 MB. Split the file and import one part after the other.");
    }
    String unmarked = text.startsWith(MARK) ? text.substring(1) : text;
    Matcher said = DELIMITER.matcher(unmarked);
    List<Line> lines =
        said.lookingAt()
            ? lines(unmarked.substring(said.end()), said.group(1).charAt(0), 2)
            : lines(unmarked, delimiter(unmarked, known), 1);
    if (lines.isEmpty()) {
      throw wrong("This is empty. Its first line has to name the columns.");
    }
    int header = header(lines, known);
    if (lines.size() > MOST_LINES + 1 + header) {
      throw wrong(
          "This has more than 5,000 lines. Split the file and import one part after the other.");
    }
    return new ImportFile(lines.get(header), lines.subList(header + 1, lines.size()));
  }

  /** Where the columns are named: further down only if all above are titles of one cell. */
  private static int header(List<Line> lines, Predicate<String> known) {
    for (int at = 0; at < Math.min(MOST_TITLES, lines.size()); at++) {
      List<String> filled = lines.get(at).cells().stream().filter(each -> !each.isEmpty()).toList();
      if (filled.stream().filter(known).count() >= CERTAIN) {
        return at;
      }
      if (filled.size() > 1) {
        return 0;
      }
    }
    return 0;
  }

  private static List<Line> lines(String text, char delimiter, long first) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(false)
            .setIgnoreSurroundingSpaces(true)
            .get();
    List<Line> lines = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      for (long begun = first;
          hasNext(records, begun);
          begun = first + parser.getCurrentLineNumber()) {
        Line line =
            new Line(begun, records.next().stream().map(Text::normal).map(CsvCell::read).toList());
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

  /**
   * The delimiter that parts most columns that are known, or else the most frequent one, in the
   * line that names the columns.
   */
  private static char delimiter(String text, Predicate<String> known) {
    return text.lines()
        .limit(MOST_TITLES)
        .filter(
            line -> Stream.of(line.split("[,;\t]")).map(String::strip).filter(known).count() > 1)
        .findFirst()
        .or(() -> text.lines().findFirst())
        .map(
            line ->
                Stream.of(',', ';', '\t')
                    .max(
                        Comparator.<Character>comparingLong(each -> known(line, each, known))
                            .thenComparingLong(each -> count(line, each)))
                    .orElseThrow())
        .orElse(',');
  }

  private static long known(String line, char delimiter, Predicate<String> known) {
    return Stream.of(line.split(String.valueOf(delimiter)))
        .map(String::strip)
        .filter(known)
        .count();
  }

  private static long count(String line, char delimiter) {
    return line.chars().filter(each -> each == delimiter).count();
  }

  private static Problem wrong(String message) {
    return Problem.invalid("file", message);
  }
}
