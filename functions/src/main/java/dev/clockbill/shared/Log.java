package dev.clockbill.shared;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Log lines as JSON: ids, never bodies, tokens or personal data. */
public final class Log {
  /**
   * Lambda keeps a line that is JSON as it is, level included, only if it has a time under this
   * name (Lambda's guide, "Log-level filtering").
   */
  private static final String TIMESTAMP = "timestamp";

  /** Bound while what is logged is about no call of anybody: each line then says so. */
  static final ScopedValue<Boolean> REHEARSAL = ScopedValue.newInstance();

  private Log() {}

  /** Logs what happened, with alternating names and values. */
  public static void info(String message, Object... namesAndValues) {
    line("INFO", message, Json.object(namesAndValues));
  }

  /**
   * Logs what an operator has to look at, with alternating names and values. The message is always
   * the same words, by which an alarm finds it.
   */
  public static void alarm(String message, Object... namesAndValues) {
    line("ERROR", message, Json.object(namesAndValues));
  }

  /** Logs a failure, with alternating names and values. */
  public static void failure(Throwable failure, Object... namesAndValues) {
    Map<String, Object> entry = Json.object(namesAndValues);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    entry.put("errorType", failure.getClass().getName());
    entry.put("stackTrace", trace.toString());
    line("ERROR", "failed", entry);
  }

  private static void line(String level, String message, Map<String, Object> details) {
    Map<String, Object> line =
        Json.object(TIMESTAMP, Time.now().toString(), "level", level, "message", message);
    line.putAll(details);
    if (REHEARSAL.isBound()) {
      line.put("rehearsal", true);
    }
    System.out.println(Json.write(line));
  }
}
