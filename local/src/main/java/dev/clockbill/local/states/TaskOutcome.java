package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/** How a task's attempt ended. */
sealed interface TaskOutcome {

  /** It gave a result. */
  record Succeeded(JsonNode result) implements TaskOutcome {}

  /** It failed. */
  record Failed(StateError error) implements TaskOutcome {}
}
