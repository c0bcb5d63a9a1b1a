package dev.clockbill.local.states;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The definition of a workflow; every state that it refers to is one of {@code states}.
 *
 * @param timeout how long an execution may take; empty if there is no limit
 */
record Definition(String startAt, Map<String, State> states, Optional<Duration> timeout) {

  /** The state with this name. */
  State state(String name) {
    return states.get(name);
  }
}
