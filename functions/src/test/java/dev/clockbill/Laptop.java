package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import dev.clockbill.local.aws.Partitions.Stray;
import dev.clockbill.local.lambda.FunctionFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one-JVM stack of the test class that runs, in memory. It is started when the class first uses
 * it and closed after its last test, so that no class meets what another one left.
 */
public final class Laptop {
  private static boolean allowed;
  private static Optional<Stack> running = Optional.empty();

  private Laptop() {}

  /** Lets the test class that begins use a stack. */
  static synchronized void allow() {
    allowed = true;
  }

  /** Closes the stack of the test class that ends, if it used one. */
  static synchronized void close() {
    allowed = false;
    Optional<Stack> ended = running;
    running = Optional.empty();
    ended.ifPresent(
        stack -> {
          stack.close();
          UsedGrantFiles.keep(stack.used().uses());
          List<Stray> strays = stack.partitions().strays();
          if (!strays.isEmpty()) {
            throw new AssertionError("functions touched what is not their firm's: " + strays);
          }
        });
  }

  /**
   * What the stack is made of, without demonstration data: for tests that start a stack themselves.
   *
   * @throws IllegalStateException in a class that is not marked {@link OnStack}
   */
  public static synchronized Settings settings() {
    if (!allowed) {
      throw new IllegalStateException("A class of tests that use a stack has to be @OnStack.");
    }
    return Settings.read(Project.path("functions/src/local/stack.yaml")).withoutDemonstration();
  }

  /**
   * The stack itself.
   *
   * @throws IllegalStateException in a class that is not marked {@link OnStack}
   */
  public static synchronized Stack stack() {
    if (running.isEmpty()) {
      running = Optional.of(Stack.start(settings()));
    }
    return running.get();
  }

  /** Its API, without a token. */
  public static Api api() {
    return Api.at(stack().base());
  }

  /** Makes a fresh firm that can take payments, with an owner and one member of staff. */
  public static TestFirm firm() {
    return firm(Api.json("payments", "ready", "staff", 1));
  }

  /** Makes a fresh firm as the stack's control takes it. */
  public static TestFirm firm(String settings) {
    return TestFirm.at(stack().base(), settings);
  }

  /** Waits until whatever was begun has ended. */
  public static void settle() {
    advance("PT0S");
  }

  /** Moves time on, through everything that is due. */
  public static void advance(String duration) {
    api().post("/_local/clock", Api.json("advance", duration)).expect(200);
  }

  /**
   * Moves time on like {@link #advance}, but schedules run in the last hour only. For days on which
   * they would find nothing to do: each day of theirs takes three seconds.
   */
  public static void skip(Duration duration) {
    Duration withoutSchedules = duration.minusHours(1);
    if (withoutSchedules.isPositive()) {
      String asleep = Api.json("advance", withoutSchedules.toString(), "schedules", false);
      api().post("/_local/clock", asleep).expect(200);
      advance("PT1H");
    } else {
      advance(duration.toString());
    }
  }

  /** Moves time on to a moment, like {@link #skip}. */
  public static void skipTo(Instant then) {
    skip(Duration.between(now(), then));
  }

  /** What time it is on the stack, in whole seconds. */
  public static Instant now() {
    return Instant.parse(api().post("/_local/clock", "{}").expect(200).path("now").asText());
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
      return stack().invoke(function, event);
    } catch (FunctionFailed failed) {
      throw new AssertionError(function + " failed", failed);
    }
  }

  /** Has a function's next call of an operation fail. */
  public static void fault(
      String function, String service, String operation, String when, int times) {
    fault(function, service, operation, when, "error", times);
  }

  /** Has a function's next calls of an operation fail by an error, a time-out or throttling. */
  public static void fault(
      String function, String service, String operation, String when, String with, int times) {
    api()
        .post(
            "/_local/faults",
            Api.json(
                "function", function,
                "service", service,
                "operation", operation,
                "when", when,
                "with", with,
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

  /** The name of the execution whose name holds an id, such as an invoice's. */
  public static String executionOf(String id) {
    return api()
        .get("/_local/executions")
        .expect(200)
        .path("executions")
        .findValuesAsText("name")
        .stream()
        .filter(name -> name.contains(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no execution of " + id));
  }

  /** Ends an execution as if by hand. */
  public static void abort(String execution) {
    api().post("/_local/executions/" + execution + "/abort", "{}").expect(200);
    settle();
  }
}
