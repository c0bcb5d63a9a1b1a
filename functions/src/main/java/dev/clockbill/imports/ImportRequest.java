package dev.clockbill.imports;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.shared.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the query of an import says beside its file.
 *
 * @param dryRun whether it only says what would become of every line
 * @param columns what a person says of columns: by the label of one the name of what it is, or
 *     empty where it is left out
 * @param charset the encoding of the file, where the person had to choose
 * @param dates how the file writes dates, where that had to be asked
 */
public record ImportRequest(
    boolean dryRun,
    Map<String, Optional<String>> columns,
    Optional<String> charset,
    Optional<DateOrder> dates) {

  /** The order of day and month in dates such as 03/04/2026. */
  public enum DateOrder {
    /** 3 April. */
    DAY_FIRST("dayFirst"),
    /** 4 March. */
    MONTH_FIRST("monthFirst");

    private final String word;

    DateOrder(String word) {
      this.word = word;
    }

    /** As requests write it. */
    public String word() {
      return word;
    }
  }

  /**
   * Reads a query.
   *
   * @throws Problem 400 with every parameter that is wrong
   */
  static ImportRequest of(Request request) {
    Fields query = Fields.of(request.query());
    String dryRun = query.choice("dryRun", "true", "false");
    String charset = query.text("charset", Fields.NAME);
    DateOrder dates = query.choice("dates", DateOrder.values(), DateOrder::word);
    String columns = query.text("columns", Integer.MAX_VALUE);
    Map<String, Optional<String>> said = columns == null ? Map.of() : columns(query, columns);
    query.names();
    query.check();
    return new ImportRequest(
        "true".equals(dryRun), said, Optional.ofNullable(charset), Optional.ofNullable(dates));
  }

  private static Map<String, Optional<String>> columns(Fields query, String json) {
    Map<String, Optional<String>> said = new LinkedHashMap<>();
    Map<String, Object> object;
    try {
      object = Json.readObject(json);
    } catch (IllegalArgumentException wrong) {
      object = Map.of();
    }
    object.forEach(
        (label, name) -> {
          if (name == null || name instanceof String) {
            said.put(Columns.spelled(label), Optional.ofNullable((String) name));
          } else {
            query.refuse(
                "columns", "Say of " + label + " what it is, as text, or null to leave it out.");
          }
        });
    if (object.isEmpty()) {
      query.refuse("columns", "Send a JSON object, such as {\"Client\": \"name\", \"Fax\": null}.");
    }
    return said;
  }
}
