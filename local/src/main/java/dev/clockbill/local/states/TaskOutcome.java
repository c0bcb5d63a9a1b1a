package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/** The outcome of an attempt at a task. */
sealed interface TaskOutcome {

  /** It returned a result. */
  record Succeeded(JsonNode result) implements TaskOutcome {}

  /** It failed. */
  record Failed(StateError error) implements TaskOutcome {}
}
