package dev.clockbill.local.states;

import java.util.List;

/** Where a failed task continues; by default the next state gets {@code {"Error", "Cause"}}. */
record Catcher(List<String> errors, Transition exit) {

  boolean matches(String error) {
    return ErrorNames.match(errors, error);
  }
}
