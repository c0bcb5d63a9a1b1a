package dev.clockbill.imports;

import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.shared.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of a line. */
public enum Fate {
  /** It did not exist, and is added. */
  CREATED,
  /** It exists, and is changed to what the line says. */
  CHANGED,
  /** It exists and is equal to the line. */
  UNCHANGED,
  /** It is wrong, or exists and differs; nothing is done. */
  REFUSED;

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of a line's answer that says it, and what is wrong. */
  public Map<String, Object> json(List<FieldError> errors) {
    return Json.object(
        "fate",
        word(),
        "errors",
        errors.stream()
            .map(error -> Json.object("field", error.field(), "message", error.message()))
            .toList());
  }
}
