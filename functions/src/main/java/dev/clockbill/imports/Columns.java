package dev.clockbill.imports;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.imports.ImportColumn.Kind;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a file: what each is, and which nobody knows. Those are named all at once, and are
 * left out only where the person says so, or where they are empty.
 *
 * @param all in the order of the file
 * @param missing what there has to be a column for and is none, each by what it is best called
 */
public record Columns(List<Column> all, List<String> missing) {
  private static final int SAMPLES = 3;

  /** Why a column is not read. */
  public enum Unread {
    /** There is no such column. */
    UNKNOWN,
    /** Another column stands for the same. */
    TWICE,
    /** The person leaves it out, it is empty, or nobody needs it here. */
    LEFT_OUT
  }

  /**
   * A column of a file.
   *
   * @param at its place, from 0
   * @param label as the header has it
   * @param known what it is; null where it is not read
   * @param unread why it is not read; null where it is
   * @param samples its first cells that are not empty
   */
  public record Column(
      int at, String label, ImportColumn known, Unread unread, List<String> samples) {
    private String called() {
      return label.isEmpty() ? "column " + (at + 1) : label;
    }

    private Map<String, Object> json() {
      return Json.object(
          "label",
          label,
          "field",
          known == null ? null : known.field(),
          "known",
          known != null,
          "leftOut",
          unread == Unread.LEFT_OUT,
          "samples",
          samples);
    }

    private Optional<FieldError> error() {
      return switch (unread) {
        case null -> Optional.empty();
        case LEFT_OUT -> Optional.empty();
        case UNKNOWN ->
            Optional.of(
                new FieldError(
                    called(),
                    "There is no column "
                        + label
                        + " in an import. Say what it is, or that it is left out."));
        case TWICE ->
            Optional.of(
                new FieldError(
                    called(),
                    "More than one column stands for what " + label + " does. Leave out one."));
      };
    }
  }

  /** A label as it is compared: people and tools differ in case and blanks. */
  static String spelled(String label) {
    return Text.identity(label);
  }

  /**
   * Finds out what the columns of a file are.
   *
   * @param said what the person says of some, by their {@linkplain #spelled labels}
   * @param known returns the column for a name
   * @param required for each thing that is needed, the fields that may bring it
   * @throws Problem 400 if the person says what there is not
   */
  static Columns of(
      ImportFile file,
      Map<String, Optional<String>> said,
      Function<String, Optional<ImportColumn>> known,
      List<List<String>> required) {
    List<Column> all = new ArrayList<>();
    Set<String> fields = new HashSet<>();
    List<String> header = file.header().cells();
    for (int at = 0; at < named(header); at++) {
      String label = header.get(at);
      Optional<String> name =
          said.get(spelled(label)) == null ? Optional.of(label) : said.get(spelled(label));
      Optional<ImportColumn> meant = name.flatMap(known).map(each -> each.called(label));
      boolean needless = meant.filter(each -> each.kind() instanceof Kind.LeftOut).isPresent();
      Optional<ImportColumn> column = needless ? Optional.empty() : meant;
      boolean leftOut = name.isEmpty() || needless;
      if (column.isEmpty() && !leftOut && said.containsKey(spelled(label))) {
        throw Problem.invalid(
            "columns", "There is no column " + name.orElseThrow() + " in an import.");
      }
      boolean twice = column.isPresent() && !fields.add(column.get().field());
      List<String> samples = samples(file, at);
      boolean read = column.isPresent() && !twice;
      boolean empty = samples.isEmpty() && !file.lines().isEmpty();
      all.add(
          new Column(
              at,
              label,
              read ? column.get() : null,
              unread(leftOut || (!read && empty), twice, column.isPresent()),
              samples));
    }
    List<String> missing =
        required.stream()
            .filter(each -> each.stream().noneMatch(fields::contains))
            .map(List::getFirst)
            .toList();
    return new Columns(all, missing);
  }

  private static Unread unread(boolean leftOut, boolean twice, boolean known) {
    if (leftOut) {
      return Unread.LEFT_OUT;
    }
    if (twice) {
      return Unread.TWICE;
    }
    return known ? null : Unread.UNKNOWN;
  }

  private static List<String> samples(ImportFile file, int at) {
    return file.lines().stream()
        .map(line -> line.cell(at))
        .filter(cell -> !cell.isEmpty())
        .limit(SAMPLES)
        .map(
            cell ->
                cell.substring(
                    0,
                    cell.offsetByCodePoints(
                        0, Math.min(80, cell.codePointCount(0, cell.length())))))
        .toList();
  }

  /** How many columns are named: spreadsheets leave empty ones behind. */
  private static int named(List<String> header) {
    int named = header.size();
    while (named > 0 && header.get(named - 1).isEmpty()) {
      named--;
    }
    return named;
  }

  /**
   * Refuses a file with columns of which nobody has said what they are, or without one that it
   * needs.
   *
   * @throws Problem 400 with all of them
   */
  void check() {
    Stream<FieldError> lacking =
        missing.isEmpty()
            ? Stream.empty()
            : Stream.of(
                new FieldError(
                    "file",
                    "The first line has to name the columns, and lacks "
                        + String.join(", ", missing)
                        + "."));
    List<FieldError> errors =
        Stream.concat(all.stream().flatMap(each -> each.error().stream()), lacking).toList();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  /** Those that are read. */
  List<Column> read() {
    return all.stream().filter(each -> each.known() != null).toList();
  }

  /** The fields that those bring which are read. */
  Set<String> fields() {
    return read().stream().map(column -> column.known().field()).collect(Collectors.toSet());
  }

  /** As responses show them. */
  List<Map<String, Object>> json() {
    return all.stream().map(Column::json).toList();
  }
}
