package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import dev.clockbill.local.lambda.FunctionFailed;

/** The one-JVM stack, standing once for all tests, in memory. */
public final class Laptop {
  private static final Stack STACK = Stack.start(settings());

  private Laptop() {}

  /** What it is made of, without demonstration data: for tests that need a stack of their own. */
  public static Settings settings() {
    return Settings.read(Project.path("functions/src/local/stack.yaml")).withoutDemonstration();
  }

  /** The stack itself. */
  public static Stack stack() {
    return STACK;
  }

  /** Its API, without a token. */
  public static Api api() {
    return Api.at(STACK.base());
  }

  /** Makes a fresh firm that can take payments, with an owner and one member of staff. */
  public static TestFirm firm() {
    return firm(Api.json("payments", "ready", "staff", 1));
  }

  /** Makes a fresh firm as the stack's control takes it. */
  public static TestFirm firm(String settings) {
    return TestFirm.at(STACK.base(), settings);
  }

  /** Waits until whatever was begun has ended. */
  public static void settle() {
    advance("PT0S");
  }

  /** Moves time on, through everything that is due. */
  public static void advance(String duration) {
    api().post("/_local/clock", Api.json("advance", duration)).expect(200);
  }

  /** Stops time between advances, or lets it run. */
  static void stopTime(boolean stopped) {
    api().post("/_local/clock", Api.json("stopped", stopped)).expect(200);
  }

  /** Runs a scheduled function now, and waits until whatever was begun has ended. */
  public static void runSchedule(String function) {
    api().post("/_local/schedules/" + function, "{}").expect(200);
    settle();
  }

  /** Invokes a function with an event as JSON, and gives its answer. */
  public static String invoke(String function, String event) {
    try {
      return STACK.invoke(function, event);
    } catch (FunctionFailed failed) {
      throw new AssertionError(function + " failed", failed);
    }
  }

  /** Has a function's next call of an operation fail. */
  public static void fault(
      String function, String service, String operation, String when, int times) {
    api()
        .post(
            "/_local/faults",
            Api.json(
                "function", function,
                "service", service,
                "operation", operation,
                "when", when,
                "times", times))
        .expect(200);
  }

  /** The execution of that name. */
  public static JsonNode execution(String name) {
    for (JsonNode execution : api().get("/_local/executions").expect(200).path("executions")) {
      if (execution.path("name").asText().equals(name)) {
        return execution;
      }
    }
    throw new AssertionError("there is no execution " + name);
  }

  /** Ends an execution as if by hand. */
  public static void abort(String execution) {
    api().post("/_local/executions/" + execution + "/abort", "{}").expect(200);
    settle();
  }
}
