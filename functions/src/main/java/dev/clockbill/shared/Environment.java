package dev.clockbill.shared;

import java.util.Map;
import java.util.Optional;

/**
 * The variables that a function is configured by.
 *
 * @param variables by name
 */
public record Environment(Map<String, String> variables) {

  /**
   * The value of a variable that the function needs.
   *
   * @throws IllegalStateException naming the variable if it is missing or empty
   */
  public String required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The environment variable " + name + " is missing; template.yaml sets it."));
  }

  /** The value of a variable, unless it is missing or empty. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
