package dev.clockbill.local.states;

import java.util.List;

/** Where a task's failure leads; by default the next state gets {@code {"Error", "Cause"}}. */
record Catcher(List<String> errors, Transition exit) {

  boolean matches(String error) {
    return ErrorNames.match(errors, error);
  }
}
