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

/** The template's schedules. */
public final class Schedules {
  private record Beat(String function, Schedule schedule) {}

  private final Map<String, List<Schedule>> schedules = new LinkedHashMap<>();
  private final Invoker invoker;
  private final AsyncInvocations invocations;
  private final StackClock clock;
  private volatile boolean paused;

  /** The schedules of these functions; they begin with {@link #begin}. */
  public Schedules(List<FunctionEntry> functions, Invoker invoker, StackClock clock) {
    this.invoker = invoker;
    this.invocations = new AsyncInvocations(invoker, clock);
    this.clock = clock;
    for (FunctionEntry function : functions) {
      if (!function.schedules().isEmpty()) {
        schedules.put(function.logicalId(), function.schedules());
      }
    }
  }

  /** Lets every schedule run, the first time one interval from now. */
  public void begin() {
    Map<Duration, List<Beat>> beats = new TreeMap<>();
    schedules.forEach(
        (function, all) ->
            all.forEach(
                each ->
                    beats
                        .computeIfAbsent(each.every(), every -> new ArrayList<>())
                        .add(new Beat(function, each))));
    Instant now = clock.instant();
    beats.forEach((every, together) -> await(now.plus(every), every, together));
  }

  /** Schedules of the same interval run side by side, as they do on AWS. */
  private void await(Instant when, Duration every, List<Beat> together) {
    String what =
        "schedules of " + together.stream().map(Beat::function).collect(Collectors.joining(", "));
    clock.at(
        when,
        what,
        () -> {
          // What a sleeping machine missed is not made up for, as EventBridge does not either.
          Instant next = when.plus(every);
          Instant now = clock.instant();
          while (!next.isAfter(now)) {
            next = next.plus(every);
          }
          await(next, every, together);
          if (paused) {
            return;
          }
          for (Beat beat : together) {
            invocations.begin(beat.function(), payload(beat.function(), beat.schedule()));
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
   * Runs a function as its schedule would, and waits for it.
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
    ObjectNode event = Bus.envelope("aws.events", "Scheduled Event", clock.instant());
    event
        .withArray("resources")
        .add("arn:aws:events:eu-central-1:000000000000:rule/" + function + schedule.name());
    event.putObject("detail");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
