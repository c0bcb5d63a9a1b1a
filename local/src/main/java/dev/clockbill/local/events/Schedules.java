package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Schedule;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schedules of the template, of functions and of state machines. */
public final class Schedules {
  /** Starts an execution of a state machine. */
  @FunctionalInterface
  public interface Machines {
    /**
     * Starts one.
     *
     * @param machine logical id of the state machine
     * @param input JSON
     */
    void start(String machine, String input);
  }

  private record Run(String target, Schedule schedule) {}

  private final Map<String, List<Schedule>> schedules = new LinkedHashMap<>();
  private final Set<String> machineIds = new HashSet<>();
  private final Machines machines;
  private final Invoker invoker;
  private final AsyncInvocations invocations;
  private final StackClock clock;
  private volatile boolean paused;

  /** Creates the schedules of these targets; they start with {@link #begin}. */
  public Schedules(
      List<FunctionEntry> functions,
      List<StateMachineEntry> stateMachines,
      Machines machines,
      Invoker invoker,
      AsyncInvocations invocations,
      StackClock clock) {
    this.machines = machines;
    this.invoker = invoker;
    this.invocations = invocations;
    this.clock = clock;
    for (FunctionEntry function : functions) {
      if (!function.schedules().isEmpty()) {
        schedules.put(function.logicalId(), function.schedules());
      }
    }
    for (StateMachineEntry machine : stateMachines) {
      if (!machine.schedules().isEmpty()) {
        schedules.put(machine.logicalId(), machine.schedules());
        machineIds.add(machine.logicalId());
      }
    }
  }

  /** Starts every schedule; the first run is one interval from now. */
  public void begin() {
    Map<Duration, List<Run>> byInterval = new TreeMap<>();
    schedules.forEach(
        (target, all) ->
            all.forEach(
                each ->
                    byInterval
                        .computeIfAbsent(each.every(), every -> new ArrayList<>())
                        .add(new Run(target, each))));
    Instant now = clock.instant();
    byInterval.forEach((every, runs) -> await(now.plus(every), every, runs));
  }

  /** Schedules with the same interval run at the same time, as they do on AWS. */
  private void await(Instant when, Duration every, List<Run> runs) {
    String what =
        "schedules of " + runs.stream().map(Run::target).collect(Collectors.joining(", "));
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
            begin(run);
          }
        });
  }

  private void begin(Run run) {
    byte[] payload = payload(run.target(), run.schedule());
    if (machineIds.contains(run.target())) {
      machines.start(run.target(), new String(payload, StandardCharsets.UTF_8));
    } else {
      invocations.begin(run.target(), payload);
    }
  }

  /** Leaves out what becomes due from now on, as if the machine slept; or no longer does. */
  public void pause(boolean pause) {
    paused = pause;
  }

  /** Whether a function or a state machine has a schedule. */
  public boolean has(String target) {
    return schedules.containsKey(target);
  }

  /**
   * Runs a function now as its schedule would, and waits for it; or starts a state machine, and
   * waits for all that can be done without time passing.
   *
   * @throws IllegalArgumentException if it has no schedule
   * @throws FunctionFailed if it fails
   */
  public void runNow(String target) throws FunctionFailed {
    if (!has(target)) {
      throw new IllegalArgumentException("The template has no " + target + " with a schedule.");
    }
    Schedule schedule = schedules.get(target).getFirst();
    if (machineIds.contains(target)) {
      begin(new Run(target, schedule));
      clock.settle();
    } else {
      invoker.invoke(target, payload(target, schedule));
    }
  }

  private byte[] payload(String target, Schedule schedule) {
    if (schedule.input() != null) {
      return schedule.input().toString().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode event = EventBridge.envelope("aws.events", "Scheduled Event", clock.instant());
    event
        .withArray("resources")
        .add("arn:aws:events:eu-central-1:000000000000:rule/" + target + schedule.name());
    event.putObject("detail");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
