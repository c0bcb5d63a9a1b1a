package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.util.List;
import java.util.stream.StreamSupport;

/** The one-JVM stack, standing once for all tests, in memory. */
public final class Laptop {
  private static final Stack STACK =
      Stack.start(
          Settings.read(Project.path("functions/src/local/stack.yaml")).withoutDemonstration());

  private Laptop() {}

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
    JsonNode made = api().post("/_local/firms", settings).expect(201);
    List<Api> users =
        StreamSupport.stream(made.path("users").spliterator(), false)
            .map(user -> api().as(user.path("token").asText()))
            .toList();
    return new TestFirm(made.path("firmId").asText(), users);
  }

  /** Waits until whatever was begun has ended. */
  public static void settle() {
    advance("PT0S");
  }

  /** Moves time on, through everything that is due. */
  public static void advance(String duration) {
    api().post("/_local/clock", Api.json("advance", duration)).expect(200);
  }

  /** Runs a scheduled function now. */
  public static void runSchedule(String function) {
    api().post("/_local/schedules/" + function, "{}").expect(200);
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
