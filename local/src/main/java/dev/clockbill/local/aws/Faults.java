package dev.clockbill.local.aws;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Calls that are to fail, so that a test can see what is left behind. Safe for many threads. */
public final class Faults {

  /** Whether a call fails without having had an effect or after it. */
  public enum When {
    /** Nothing is done. */
    BEFORE,
    /** It is done, and the caller is told that it failed. */
    AFTER
  }

  private record Fault(String function, String service, String operation, When when) {}

  private final Map<Fault, Integer> pending = new LinkedHashMap<>();

  /**
   * Lets a function's next calls of an operation fail; replaces what was asked for the same before.
   *
   * @param service {@code dynamodb}, {@code states}, {@code ses} or {@code processor}
   * @param when {@code before} or {@code after}
   * @param times how many calls; 0 takes it back
   * @throws IllegalArgumentException saying what cannot be meant
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

  /** Counts a call of a function: empty if it is not to fail. */
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
