package dev.clockbill.bench.function;

import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import dev.clockbill.runtime.ExecutionEnvironment;
import dev.clockbill.runtime.Recorder;
import dev.clockbill.runtime.Recorder.Call;
import dev.clockbill.runtime.Scenario;
import dev.clockbill.runtime.Scenarios;
import dev.clockbill.runtime.TableState;
import dev.clockbill.runtime.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the functions start and answer that somebody waits for, beside the usual way to write
 * them, the least that a Java function can be, and the calls that they make. {@code
 * docs/benchmark.md} says how to repeat it.
 */
public final class FunctionSpeed implements AutoCloseable {
  private static final String NO_C2 = "-XX:TieredStopAtLevel=1";
  private static final int TRAINING_CALLS = 20;

  private final Layout layout = new Layout(Project.path("functions/target/bench"));
  private final Stack stack =
      Stack.start(
          Settings.read(Project.path("functions/src/local/stack.yaml")).withoutDemonstration());
  private final List<Scenario> scenarios = new Scenarios(stack).all();
  private final TableState table = new TableState(stack);
  private final Recorder services = new Recorder(stack);
  private final Way floor = layout.floor();
  private final int rounds = Integer.getInteger("rounds", 11);
  private final int calls = Integer.getInteger("calls", 5_000);

  private FunctionSpeed() {}

  /** Measures, and prints the tables. */
  public static void main(String[] arguments) throws IOException {
    try (FunctionSpeed bench = new FunctionSpeed()) {
      bench.checkUsual();
      System.out.println(bench.cold());
      System.out.println(bench.restored());
      System.out.println(bench.warm());
    }
  }

  private Map<String, String> variables(Scenario scenario) {
    return services.environment(scenario.function());
  }

  private Way clockbill(Scenario scenario) {
    return layout.clockbill(scenario).with(variables(scenario));
  }

  private Way usual(Scenario scenario) {
    return layout.usual(scenario).with(variables(scenario));
  }

  private Path log(Way way) {
    return layout.folder().resolve(way.name().replaceAll("\\W+", "-") + ".log");
  }

  /**
   * What a way asks in one call, after a first one: what is asked once in the life of an
   * environment is not among it.
   *
   * @throws IllegalStateException if it answers something else than it should
   */
  private List<Call> recorded(Scenario scenario, Way way) {
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      environment.initialised();
      call(scenario, environment);
      services.taken();
      call(scenario, environment);
      return services.taken();
    }
  }

  private ExecutionEnvironment.Answer call(Scenario scenario, ExecutionEnvironment environment) {
    ExecutionEnvironment.Answer answer = environment.call(scenario.event().get());
    if (!answer.body().contains("\"statusCode\":" + scenario.status())) {
      throw new IllegalStateException(scenario.function() + " answers " + answer.body());
    }
    table.restore();
    return answer;
  }

  /** Leaves the table as it was before a call, and of what was asked nothing. */
  private void forget() {
    table.restore();
    services.taken();
  }

  /** The usual way has to ask for what Clockbill's functions ask for. */
  private void checkUsual() {
    for (Scenario scenario : scenarios) {
      List<String> own = operations(recorded(scenario, clockbill(scenario)));
      List<String> usual = operations(recorded(scenario, usual(scenario)));
      if (!own.equals(usual)) {
        throw new IllegalStateException(
            scenario.function() + " asks for " + own + ", the usual way for " + usual);
      }
    }
  }

  private static List<String> operations(List<Call> calls) {
    return calls.stream().map(Call::operation).toList();
  }

  // Cold starts

  private String cold() {
    Map<Way, Scenario> ways = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      for (Way way : List.of(clockbill(scenario), usual(scenario))) {
        ways.put(way, scenario);
        ways.put(cached(way, scenario), scenario);
      }
    }
    Scenario anything = scenarios.getFirst();
    Way hello = floor.with(variables(anything));
    ways.put(hello, anything);
    ways.put(cached(hello, anything), anything);
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      ways.forEach((way, scenario) -> start(way, scenario, samples));
    }
    return coldTables(samples);
  }

  /** The same in a container's image, with a cache that a training run has written. */
  private Way cached(Way way, Scenario scenario) {
    Way image = layout.inImage(way);
    Path cache = layout.folder().resolve(image.name().replaceAll("\\W+", "-") + ".aot");
    Way training = image.with("-XX:AOTCacheOutput=" + cache);
    try (ExecutionEnvironment environment = new ExecutionEnvironment(training, log(image))) {
      environment.initialised();
      for (int call = 0; call < TRAINING_CALLS; call++) {
        environment.call(scenario.event().get());
        forget();
      }
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("There is no " + cache + "; see " + log(image));
    }
    return image.with("-XX:AOTCache=" + cache);
  }

  private void start(Way way, Scenario scenario, Samples samples) {
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      double initialisation = environment.initialised();
      double first = environment.call(scenario.event().get()).millis();
      ExecutionEnvironment.Usage usage = environment.usage();
      samples.add(way.name(), "initialisation", initialisation);
      samples.add(way.name(), "first call", first);
      samples.add(way.name(), "wall", initialisation + first);
      samples.add(way.name(), "cpu", usage.cpuMillis());
      samples.add(way.name(), "resident", usage.residentMegabytes());
      samples.add(way.name(), "classes", usage.classes());
    }
    forget();
  }

  private String coldTables(Samples samples) {
    Markdown ratios =
        new Markdown(
            "cold start",
            "wall / usual",
            "CPU / usual",
            "with cache: wall / usual",
            "CPU / usual",
            "wall / hello",
            "CPU / hello");
    Markdown figures =
        new Markdown(
            "medians",
            "initialisation, ms",
            "first call, ms",
            "both, ms",
            "CPU, ms",
            "resident, MB",
            "classes");
    for (Scenario scenario : scenarios) {
      String own = scenario.function();
      String usual = own + ", usual";
      String cached = own + ", cache";
      ratios.row(
          own,
          samples.ratio(own, usual, "wall"),
          samples.ratio(own, usual, "cpu"),
          samples.ratio(cached, usual, "wall"),
          samples.ratio(cached, usual, "cpu"),
          samples.ratio(cached, floor.name(), "wall"),
          samples.ratio(cached, floor.name(), "cpu"));
      for (String way : List.of(own, cached, usual, usual + ", cache")) {
        figures(figures, samples, way);
      }
    }
    figures(figures, samples, floor.name());
    figures(figures, samples, floor.name() + ", cache");
    return ratios + "\n" + figures;
  }

  private static void figures(Markdown table, Samples samples, String way) {
    List<Object> cells = new ArrayList<>(List.of(way));
    for (String figure :
        List.of("initialisation", "first call", "wall", "cpu", "resident", "classes")) {
      cells.add(Math.round(samples.median(way, figure)));
    }
    table.row(cells.toArray());
  }

  // From a snapshot

  /**
   * The first call of a function that waited to be restored, with and without priming. The time of
   * the restoring itself is Lambda's.
   */
  private String restored() {
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      for (Scenario scenario : scenarios) {
        Way primed = clockbill(scenario).without(NO_C2).forSnapshot();
        restore(primed, "primed", scenario, samples);
        restore(primed.unprimed(), "unprimed", scenario, samples);
      }
    }
    Markdown result =
        new Markdown(
            "first call after a restore",
            "ms",
            "CPU, ms",
            "classes",
            "not primed: ms",
            "CPU, ms",
            "classes",
            "ms / not primed",
            "classes / not primed");
    for (Scenario scenario : scenarios) {
      String primed = scenario.function() + ", primed";
      String unprimed = scenario.function() + ", unprimed";
      result.row(
          scenario.function(),
          Math.round(samples.median(primed, "first call")),
          Math.round(samples.median(primed, "cpu")),
          Math.round(samples.median(primed, "classes")),
          Math.round(samples.median(unprimed, "first call")),
          Math.round(samples.median(unprimed, "cpu")),
          Math.round(samples.median(unprimed, "classes")),
          samples.ratio(primed, unprimed, "first call"),
          samples.ratio(primed, unprimed, "classes"));
    }
    return result.toString();
  }

  private void restore(Way way, String kind, Scenario scenario, Samples samples) {
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      environment.readyForSnapshot();
      environment.restore();
      ExecutionEnvironment.Usage before = environment.usage();
      double first = environment.call(scenario.event().get()).millis();
      ExecutionEnvironment.Usage after = environment.usage();
      String name = scenario.function() + ", " + kind;
      samples.add(name, "first call", first);
      samples.add(name, "cpu", after.cpuMillis() - before.cpuMillis());
      samples.add(name, "classes", after.classes() - before.classes());
    }
    forget();
  }

  // Warm calls

  /** With the flags of a function that starts from a snapshot, which are the JVM's own. */
  private String warm() throws IOException {
    Samples samples = new Samples();
    for (Scenario scenario : scenarios) {
      warm(scenario, samples);
    }
    Markdown result =
        new Markdown(
            "warm",
            "p50, ms",
            "p99, ms",
            "its calls alone: p50, ms",
            "p99, ms",
            "p50 / calls alone",
            "own work, p50, ms",
            "usual: p50, ms",
            "p99, ms");
    for (Scenario scenario : scenarios) {
      String own = scenario.function();
      double p50 = samples.median(own, "millis");
      double bare = samples.median(own + ", bare", "millis");
      result.row(
          own,
          p50,
          Markdown.quantile(samples.of(own, "millis"), 0.99),
          bare,
          Markdown.quantile(samples.of(own + ", bare", "millis"), 0.99),
          p50 / bare,
          p50 - bare,
          samples.median(own + ", usual", "millis"),
          Markdown.quantile(samples.of(own + ", usual", "millis"), 0.99));
    }
    return result.toString();
  }

  private void warm(Scenario scenario, Samples samples) throws IOException {
    Way own = clockbill(scenario).without(NO_C2);
    Path plan = layout.folder().resolve(scenario.function() + "-calls.json");
    Files.writeString(plan, Bare.written(recorded(scenario, own)));
    Way bare =
        new Way(
            own.name() + ", bare",
            Bare.class.getName(),
            layout.bareDirectory(),
            own.classPath(),
            own.flags(),
            own.with(Map.of("RECORDED_CALLS", plan.toString())).variables());
    List<Way> ways = List.of(own, bare, usual(scenario).without(NO_C2));
    Map<Way, ExecutionEnvironment> environments = new LinkedHashMap<>();
    try {
      for (Way way : ways) {
        environments.put(way, new ExecutionEnvironment(way, log(way)));
        environments.get(way).initialised();
      }
      // As many calls before it as count: what they compile is compiled then.
      for (int call = -calls; call < calls; call++) {
        for (Way way : ways) {
          double millis = environments.get(way).call(scenario.event().get()).millis();
          forget();
          if (call >= 0) {
            samples.add(way.name(), "millis", millis);
          }
        }
      }
    } finally {
      environments.values().forEach(ExecutionEnvironment::close);
    }
  }

  @Override
  public void close() {
    services.close();
    stack.close();
  }
}
