package dev.clockbill.http;

import dev.clockbill.shared.Json;
import dev.clockbill.table.WrongCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A list as CSV (RFC 4180), page by page: a header, then up to 5,000 rows. One page of CSV reads as
 * many pages of the list as it takes; {@code Link} leads to the next one. Text that a spreadsheet
 * would take for a formula has an apostrophe before it, see {@link CsvCell}.
 */
public final class CsvPage {
  /** How many rows one page has at most. */
  private static final int MOST_ROWS = 5_000;

  /** How many rows are read at once. */
  private static final int AT_ONCE = 100;

  /** How many pages of the list are read for one: filtered pages may be short. */
  private static final int MOST_PARTS = 200;

  /** The size at which a page ends early: Lambda answers at most 6 MB. */
  private static final int ENOUGH = 4_500_000;

  private CsvPage() {}

  /**
   * One page of the list.
   *
   * @param rows by column; null is an empty cell
   * @param next the cursor of the page after it, or null at the end
   */
  public record Part(List<Map<String, Object>> rows, String next) {}

  /** A list that is read one page at a time. */
  @FunctionalInterface
  public interface Source {
    /** Reads up to {@code limit} rows from a cursor on, null for the beginning. */
    Part read(int limit, String cursor);
  }

  /**
   * Answers a request for a list.
   *
   * @throws Problem 400 for a wrong limit or cursor
   */
  public static Response answer(Request request, List<String> columns, Source list) {
    int wanted = request.limit(MOST_ROWS, MOST_ROWS);
    String cursor = request.query("cursor").orElse(null);
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(columns.stream().map(CsvCell::written));
      int rows = 0;
      int bytes = 0;
      int parts = 0;
      do {
        int begun = text.length();
        Part part = list.read(Math.min(AT_ONCE, wanted - rows), cursor);
        for (Map<String, Object> row : part.rows()) {
          printer.printRecord(columns.stream().map(column -> CsvCell.written(row.get(column))));
        }
        rows += part.rows().size();
        bytes += bytesSent(text.substring(begun));
        parts++;
        cursor = part.next();
      } while (cursor != null && rows < wanted && bytes < ENOUGH && parts < MOST_PARTS);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Response page = Response.of(200, "text/csv; charset=utf-8; header=present", text.toString());
    return cursor == null ? page : page.with("link", link(request, cursor));
  }

  /**
   * Answers a request for a table that is there whole, page by page as well. A cursor is the number
   * of rows before.
   *
   * @throws Problem 400 for a wrong limit or cursor
   */
  public static Response of(Request request, List<String> columns, List<Map<String, Object>> rows) {
    return answer(
        request,
        columns,
        (limit, cursor) -> {
          int from = cursor == null ? 0 : before(cursor);
          int to = Math.min(rows.size(), from + limit);
          return new Part(
              from > to ? List.of() : rows.subList(from, to),
              to < rows.size() ? Integer.toString(to) : null);
        });
  }

  private static int before(String cursor) {
    if (!cursor.matches("\\d{1,6}")) {
      throw new WrongCursor();
    }
    return Integer.parseInt(cursor);
  }

  /** The size of a text within Lambda's answer, which is JSON. */
  private static int bytesSent(String text) {
    return Json.write(text).getBytes(StandardCharsets.UTF_8).length;
  }

  private static String link(Request request, String cursor) {
    Map<String, Object> query = new LinkedHashMap<>(request.query());
    query.put("cursor", cursor);
    return query.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue().toString()))
        .collect(Collectors.joining("&", "<" + request.path() + "?", ">; rel=\"next\""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
