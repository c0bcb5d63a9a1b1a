package dev.clockbill.runtime;

import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import java.util.function.Supplier;

/**
 * What a function is called with.
 *
 * @param function its name in the template
 * @param event makes the event of a call
 * @param status what is answered
 */
public record Scenario(String function, Supplier<String> event, int status) {

  /** The function's class, as the template has it. */
  public String handler() {
    return Project.functions().stream()
        .filter(entry -> entry.logicalId().equals(function))
        .map(FunctionEntry::handlerClass)
        .findFirst()
        .orElseThrow();
  }
}
