package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The fields of a request to the {@code states} API. */
record StatesRequest(JsonNode body) {
  private static final int LONGEST_PAGE = 1000;
  private static final int USUAL_PAGE = 100;

  /** An optional field. */
  Optional<String> find(String field) {
    return Optional.ofNullable(body.path(field).textValue());
  }

  /** A required field. */
  String text(String field) throws Refusal {
    return find(field)
        .orElseThrow(
            () ->
                new Refusal(
                    "ValidationException",
                    "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must not be null"
                        .formatted(field)));
  }

  /** The size of a page; 0 means the default. */
  int pageSize(String field) throws Refusal {
    int asked = body.path(field).asInt(0);
    if (asked < 0 || asked > LONGEST_PAGE) {
      throw new Refusal("ValidationException", "Value at '" + field + "' must be 0 to 1000.");
    }
    return asked == 0 ? USUAL_PAGE : asked;
  }

  /** The start of a page. */
  int offset(String field) throws Refusal {
    try {
      return Integer.parseUnsignedInt(find(field).orElse("0"));
    } catch (NumberFormatException foreign) {
      throw new Refusal("InvalidToken", "Invalid Token: 'Invalid token'");
    }
  }
}
