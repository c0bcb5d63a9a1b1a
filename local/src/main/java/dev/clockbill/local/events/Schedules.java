package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Schedule;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schedules of the template. */
public final class Schedules {
  private record Run(String function, Schedule schedule) {}

  private final Map<String, List<Schedule>> schedules = new LinkedHashMap<>();
  private final Invoker invoker;
  private final AsyncInvocations invocations;
  private final StackClock clock;
  private volatile boolean paused;

  /** Creates the schedules of these functions; they start with {@link #begin}. */
  public Schedules(
      List<FunctionEntry> functions,
      Invoker invoker,
      AsyncInvocations invocations,
      StackClock clock) {
    this.invoker = invoker;
    this.invocations = invocations;
    this.clock = clock;
    for (FunctionEntry function : functions) {
      if (!function.schedules().isEmpty()) {
        schedules.put(function.logicalId(), function.schedules());
      }
    }
  }

  /** Starts every schedule; the first run is one interval from now. */
  public void begin() {
    Map<Duration, List<Run>> byInterval = new TreeMap<>();
    schedules.forEach(
        (function, all) ->
            all.forEach(
                each ->
                    byInterval
                        .computeIfAbsent(each.every(), every -> new ArrayList<>())
                        .add(new Run(function, each))));
    Instant now = clock.instant();
    byInterval.forEach((every, runs) -> await(now.plus(every), every, runs));
  }

  /** Schedules with the same interval run at the same time, as they do on AWS. */
  private void await(Instant when, Duration every, List<Run> runs) {
    String what =
        "schedules of " + runs.stream().map(Run::function).collect(Collectors.joining(", "));
    clock.at(
        when,
        what,
        () -> {
          // Runs that a sleeping machine missed are not made up for, as on EventBridge.
          Instant next = when.plus(every);
          Instant now = clock.instant();
          while (!next.isAfter(now)) {
            next = next.plus(every);
          }
          await(next, every, runs);
          if (paused) {
            return;
          }
          for (Run run : runs) {
            invocations.begin(run.function(), payload(run.function(), run.schedule()));
          }
        });
  }

  /** Leaves out what becomes due from now on, as if the machine slept; or no longer does. */
  public void pause(boolean pause) {
    paused = pause;
  }

  /** Whether a function has a schedule. */
  public boolean has(String function) {
    return schedules.containsKey(function);
  }

  /**
   * Runs a function now as its schedule would, and waits for it.
   *
   * @throws IllegalArgumentException if it has no schedule
   * @throws FunctionFailed if it fails
   */
  public void runNow(String function) throws FunctionFailed {
    if (!has(function)) {
      throw new IllegalArgumentException(
          "The template has no function " + function + " with a schedule.");
    }
    invoker.invoke(function, payload(function, schedules.get(function).getFirst()));
  }

  private byte[] payload(String function, Schedule schedule) {
    if (schedule.input() != null) {
      return schedule.input().toString().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode event = EventBridge.envelope("aws.events", "Scheduled Event", clock.instant());
    event
        .withArray("resources")
        .add("arn:aws:events:eu-central-1:000000000000:rule/" + function + schedule.name());
    event.putObject("detail");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
