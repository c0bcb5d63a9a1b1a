package dev.clockbill.bench.function;

import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import java.util.function.Supplier;

/**
 * What a function is called with.
 *
 * @param function its name in the template
 * @param usual the class that does the same work in the table as it is usually written
 * @param event makes the event of a call
 * @param status what is answered
 */
record Scenario(String function, Class<?> usual, Supplier<String> event, int status) {

  /** The function's class, as the template has it. */
  String handler() {
    return Project.functions().stream()
        .filter(entry -> entry.logicalId().equals(function))
        .map(FunctionEntry::handlerClass)
        .findFirst()
        .orElseThrow();
  }
}
