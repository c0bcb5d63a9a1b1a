package dev.clockbill.imports;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A line of an import file, parsed.
 *
 * @param number of the line in the file
 * @param columns those of the file that are read
 * @param values of its cells, by the fields of a request that creates; empty cells are left out
 * @param parsed what it describes; null if there are errors
 * @param errors what is wrong, by the names of the columns
 */
record ImportedLine<T>(
    long number,
    List<ImportColumn> columns,
    Map<String, Object> values,
    T parsed,
    List<FieldError> errors) {

  /** Reads a line by its file's columns. */
  static <T> ImportedLine<T> of(ImportFile.Line line, Columns columns, ImportKind<T> kind) {
    Cells cells = Cells.of(line, columns);
    Map<String, Object> values = kind.assembled(cells.values());
    List<FieldError> errors = new ArrayList<>(cells.errors());
    T parsed = null;
    try {
      parsed = kind.created(Cells.fields(values));
    } catch (Problem wrong) {
      wrong.errors().stream()
          .map(error -> new FieldError(cells.label(error.field()), error.message()))
          .filter(error -> errors.stream().noneMatch(one -> one.field().equals(error.field())))
          .toList()
          .forEach(errors::add);
    }
    return new ImportedLine<>(
        line.number(), cells.columns(), values, errors.isEmpty() ? parsed : null, errors);
  }

  /** The labels of the columns whose values differ from an existing one's. */
  List<String> differing(T existing, ImportKind<T> kind) {
    return values.entrySet().stream()
        .filter(value -> !kind.identifying().contains(value.getKey()))
        .filter(value -> changes(Map.of(value.getKey(), value.getValue()), existing, kind))
        .map(value -> Cells.label(columns, value.getKey()))
        .toList();
  }

  /** Whether a value would change an existing one, or not even go with what that has. */
  private static <T> boolean changes(Map<String, Object> value, T existing, ImportKind<T> kind) {
    try {
      return !kind.merged(Cells.fields(value), existing).equals(existing);
    } catch (Problem doesNotFit) {
      return true;
    }
  }
}
