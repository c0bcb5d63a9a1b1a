package dev.clockbill.local.states;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow as its file defines it; every name of a state in it is one of {@code states}.
 *
 * @param timeout how long an execution may take; empty where it may take as long as it likes
 */
record Definition(String startAt, Map<String, State> states, Optional<Duration> timeout) {

  /** The state of a name that the definition itself gave. */
  State state(String name) {
    return states.get(name);
  }
}
