package dev.clockbill.journey;

import dev.clockbill.local.aws.Faults.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A way in which calls fail.
 *
 * @param when {@code before} or {@code after} the effect
 * @param with {@code error}, {@code timeout} or {@code throttle}
 * @param stubborn whether a call fails so often that its client's own repetitions do not hide it
 */
record FailureKind(String when, String with, boolean stubborn) {
  /** The slowest first: clients wait longest before they repeat what was throttled. */
  static final List<FailureKind> ALL =
      List.of(
          new FailureKind("before", "throttle", true),
          new FailureKind("before", "error", true),
          new FailureKind("after", "error", true),
          new FailureKind("before", "timeout", true),
          new FailureKind("after", "timeout", true),
          new FailureKind("after", "error", false),
          new FailureKind("after", "timeout", false),
          new FailureKind("before", "throttle", false),
          new FailureKind("before", "error", false),
          new FailureKind("before", "timeout", false));

  /** Those of which something is to be learned without hours of time: the first seven. */
  static final List<FailureKind> SOONEST = ALL.subList(0, 7);

  /** The SDK and the processor's client try three times. */
  private static final int CLIENTS_TRIES = 3;

  /** The table tries a throttled transaction eight times. */
  private static final int TABLES_TRIES = 8;

  /** In how many steps a call fails stubbornly; which ones depends on the kind. */
  private static final int STEPS = 2;

  /**
   * The calls that are to fail in a step, and how often, where many fail in one run: each call in
   * two of its steps, or in all if it fails once. Throttling that the SDK alone repeats, after
   * seconds, is left to the long form.
   */
  Map<Call, Integer> together(Map<String, Set<Call>> calls, String step) {
    Map<Call, Integer> faults = new LinkedHashMap<>();
    for (Call call : calls.get(step)) {
      boolean repeatedByTheSdk =
          throttles() && call.service().equals("dynamodb") && !transaction(call);
      if (!repeatedByTheSdk && (!stubborn || chosen(calls, call, step))) {
        faults.put(call, times(call));
      }
    }
    return faults;
  }

  /** The one call that is to fail in a step where one fails at a time; none in late rounds. */
  Map<Call, Integer> alone(Map<String, Set<Call>> calls, String step, int round) {
    Map<Call, Integer> faults = new LinkedHashMap<>();
    calls.get(step).stream()
        .skip(round)
        .findFirst()
        .ifPresent(call -> faults.put(call, times(call)));
    return faults;
  }

  private boolean chosen(Map<String, Set<Call>> calls, Call call, String step) {
    List<String> steps =
        calls.keySet().stream().filter(name -> calls.get(name).contains(call)).toList();
    int first = ALL.indexOf(this) * STEPS;
    return Math.floorMod(steps.indexOf(step) - first, steps.size()) < STEPS;
  }

  private int times(Call call) {
    if (!stubborn) {
      return 1;
    }
    if (throttles()) {
      return transaction(call) ? TABLES_TRIES + 1 : CLIENTS_TRIES;
    }
    return CLIENTS_TRIES + 2;
  }

  private boolean throttles() {
    return with.equals("throttle");
  }

  private static boolean transaction(Call call) {
    return call.operation().equals("TransactWriteItems");
  }

  @Override
  public String toString() {
    return "%s %s its effect%s".formatted(with, when, stubborn ? ", stubbornly" : "");
  }
}
