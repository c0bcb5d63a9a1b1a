package dev.clockbill.local.aws;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests that a test wants to fail. Safe for many threads. */
public final class Faults {

  /** Whether a request fails before or after it took effect. */
  public enum When {
    /** The request has no effect. */
    BEFORE,
    /** The request takes effect, but its response is an error. */
    AFTER
  }

  private record Fault(String function, String service, String operation, When when) {}

  private final Map<Fault, Integer> pending = new LinkedHashMap<>();

  /**
   * Makes the next requests of a function for an operation fail; replaces an earlier fault for the
   * same.
   *
   * @param service {@code dynamodb}, {@code states}, {@code ses}, {@code cognito-idp} or {@code
   *     processor}
   * @param when {@code before} or {@code after}
   * @param times how many requests; 0 cancels the fault
   * @throws IllegalArgumentException if an argument is not valid
   */
  public synchronized void add(
      String function, String service, String operation, String when, int times) {
    if (times < 0) {
      throw new IllegalArgumentException("\"times\" must be 0 or more, not " + times + ".");
    }
    When moment =
        switch (when) {
          case "before" -> When.BEFORE;
          case "after" -> When.AFTER;
          default ->
              throw new IllegalArgumentException(
                  "\"when\" must be \"before\" or \"after\", not \"" + when + "\".");
        };
    Fault fault = new Fault(function, service, operation, moment);
    if (times == 0) {
      pending.remove(fault);
    } else {
      pending.put(fault, times);
    }
  }

  /** Counts a request of a function; empty if it should not fail. */
  public synchronized Optional<When> take(String function, String service, String operation) {
    for (Iterator<Map.Entry<Fault, Integer>> faults = pending.entrySet().iterator();
        faults.hasNext(); ) {
      Map.Entry<Fault, Integer> entry = faults.next();
      Fault fault = entry.getKey();
      if (fault.function().equals(function)
          && fault.service().equals(service)
          && fault.operation().equals(operation)) {
        if (entry.getValue() == 1) {
          faults.remove();
        } else {
          entry.setValue(entry.getValue() - 1);
        }
        return Optional.of(fault.when());
      }
    }
    return Optional.empty();
  }
}
