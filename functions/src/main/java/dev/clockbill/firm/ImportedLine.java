package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of an import file, parsed.
 *
 * @param number of the line in the file
 * @param values the values of its cells by column, as a request would send them; empty cells are
 *     left out
 * @param parsed the customer or service that it describes; null if there are errors
 * @param errors what is wrong, by the names of the columns
 */
record ImportedLine<T>(
    long number, Map<ImportColumn, Object> values, T parsed, List<FieldError> errors) {

  /** Reads a line by its file's columns. */
  static <T> ImportedLine<T> of(
      ImportFile.Line line, List<ImportColumn> columns, ImportKind<T> kind) {
    Map<ImportColumn, Object> values = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    if (line.isLongerThan(columns.size())) {
      errors.add(new FieldError("line", "This has more cells than the first line has columns."));
    }
    for (int at = 0; at < columns.size(); at++) {
      ImportColumn column = columns.get(at);
      String cell = line.cell(at);
      if (!cell.isEmpty()) {
        column
            .value(cell)
            .ifPresentOrElse(
                value -> values.put(column, value),
                () -> errors.add(new FieldError(column.label(), column.expected())));
      }
    }
    T parsed = null;
    try {
      parsed = kind.created(fields(values));
    } catch (Problem wrong) {
      wrong.errors().stream()
          .map(error -> new FieldError(label(columns, error.field()), error.message()))
          .filter(error -> errors.stream().noneMatch(one -> one.field().equals(error.field())))
          .toList()
          .forEach(errors::add);
    }
    return new ImportedLine<>(line.number(), values, errors.isEmpty() ? parsed : null, errors);
  }

  /** The labels of the columns whose values differ from an existing one's. */
  List<String> differing(T existing, ImportKind<T> kind) {
    return values.keySet().stream()
        .filter(column -> !kind.identifying().contains(column.field()))
        .filter(
            column ->
                !kind.merged(fields(Map.of(column, values.get(column))), existing).equals(existing))
        .map(ImportColumn::label)
        .toList();
  }

  /**
   * The fields of a request with the same values; a column's field may be nested in another one.
   */
  private static Fields fields(Map<ImportColumn, Object> values) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Map<String, Object>> within = new LinkedHashMap<>();
    values.forEach(
        (column, value) -> {
          String[] path = column.field().split("\\.", 2);
          if (path.length == 1) {
            fields.put(path[0], value);
          } else {
            within.computeIfAbsent(path[0], name -> new LinkedHashMap<>()).put(path[1], value);
          }
        });
    fields.putAll(within);
    return Fields.of(fields);
  }

  private static String label(List<ImportColumn> columns, String field) {
    return columns.stream()
        .filter(column -> column.field().equals(field))
        .map(ImportColumn::label)
        .findFirst()
        .orElse(field);
  }
}
