package dev.clockbill.imports;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of a line that stand in columns which are read.
 *
 * @param number of the line in the file
 * @param columns those of the file that are read
 * @param values by the columns' fields; empty cells are left out
 * @param errors cells that cannot be read, by the labels of their columns
 */
public record Cells(
    long number, List<ImportColumn> columns, Map<String, Object> values, List<FieldError> errors) {

  /** Reads a line. */
  static Cells of(ImportFile.Line line, Columns columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    if (line.isLongerThan(columns.all().size())) {
      errors.add(new FieldError("line", "This has more cells than the first line has columns."));
    }
    for (Columns.Column each : columns.read()) {
      ImportColumn column = each.known();
      String cell = line.cell(each.at());
      if (!cell.isEmpty()) {
        column
            .value(cell)
            .ifPresentOrElse(
                value -> values.put(column.field(), value),
                () -> errors.add(new FieldError(column.label(), column.expected())));
      }
    }
    return new Cells(
        line.number(), columns.read().stream().map(Columns.Column::known).toList(), values, errors);
  }

  /** The text in a column; empty where there is none. */
  public String text(String field) {
    return values.getOrDefault(field, "").toString();
  }

  /**
   * What the file calls a field, or a part of one: the label of its column, or the field itself.
   */
  public String label(String field) {
    return label(columns, field);
  }

  static String label(List<ImportColumn> columns, String field) {
    return columns.stream()
        .filter(column -> column.field().equals(field) || field.endsWith("." + column.field()))
        .map(ImportColumn::label)
        .findFirst()
        .orElse(field);
  }

  /** The fields of a request with the same values; one may be nested in another. */
  public static Fields fields(Map<String, Object> values) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Map<String, Object>> within = new LinkedHashMap<>();
    values.forEach(
        (field, value) -> {
          String[] path = field.split("\\.", 2);
          if (path.length == 1) {
            fields.put(path[0], value);
          } else {
            within.computeIfAbsent(path[0], name -> new LinkedHashMap<>()).put(path[1], value);
          }
        });
    fields.putAll(within);
    return Fields.of(fields);
  }
}
