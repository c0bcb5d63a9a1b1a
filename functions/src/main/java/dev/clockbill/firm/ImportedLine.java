package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of an import file as it was understood.
 *
 * @param number of the line in the file
 * @param said what its cells say, as a request would have it; an empty cell says nothing
 * @param thing what it stands for; null where there are errors
 * @param errors what is wrong, by the names of the columns
 */
record ImportedLine<T>(
    long number, Map<ImportColumn, Object> said, T thing, List<FieldError> errors) {

  /** Reads a line by its file's columns. */
  static <T> ImportedLine<T> of(
      ImportFile.Line line, List<ImportColumn> columns, ImportKind<T> kind) {
    Map<ImportColumn, Object> said = new LinkedHashMap<>();
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
                value -> said.put(column, value),
                () -> errors.add(new FieldError(column.label(), column.expected())));
      }
    }
    T thing = null;
    try {
      thing = kind.created(fields(said));
    } catch (Problem wrong) {
      wrong.errors().stream()
          .map(error -> new FieldError(label(columns, error.field()), error.message()))
          .filter(error -> errors.stream().noneMatch(one -> one.field().equals(error.field())))
          .toList()
          .forEach(errors::add);
    }
    return new ImportedLine<>(line.number(), said, errors.isEmpty() ? thing : null, errors);
  }

  /** The columns in which it says something else than what is there already has. */
  List<String> differing(T there, ImportKind<T> kind) {
    return said.keySet().stream()
        .filter(column -> !kind.identifying().contains(column.field()))
        .filter(
            column -> !kind.merged(fields(Map.of(column, said.get(column))), there).equals(there))
        .map(ImportColumn::label)
        .toList();
  }

  /** What a request would have to say the same; a column's field may lie within another one. */
  private static Fields fields(Map<ImportColumn, Object> said) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Map<String, Object>> within = new LinkedHashMap<>();
    said.forEach(
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
