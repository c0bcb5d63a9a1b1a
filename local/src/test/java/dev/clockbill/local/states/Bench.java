package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.shelf.Shelves;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.template.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One state machine with functions, clock and event bus written by hand. */
final class Bench implements AutoCloseable {
  static final String MACHINE = "arn:aws:states:eu-central-1:000000000000:stateMachine:example";
  static final String EXECUTION = "arn:aws:states:eu-central-1:000000000000:execution:example:";
  private static final String FUNCTIONS = "arn:aws:lambda:eu-central-1:000000000000:function:";

  /** A function of the bench. */
  @FunctionalInterface
  interface Body {
    JsonNode answer(JsonNode event) throws FunctionFailed;
  }

  final HandClock clock;
  final List<JsonNode> events = new ArrayList<>();
  final StateMachines machines;
  private final Map<String, Body> functions = new HashMap<>();
  private final Shelves shelves;
  private final Path folder;
  private final String definition;

  private Bench(Path folder, String definition, HandClock clock) {
    this.folder = folder;
    this.definition = definition;
    this.clock = clock;
    this.shelves = new Shelves(folder);
    Path file = folder.resolve("example.asl.json");
    try {
      Files.writeString(file, definition);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Statement mayInvoke =
        new Statement(
            "Allow", List.of("lambda:InvokeFunction"), List.of(FUNCTIONS + "Known*"), null);
    StateMachineEntry entry =
        new StateMachineEntry("Example", "example", MACHINE, file, Map.of(), List.of(mayInvoke));
    this.machines =
        new StateMachines(
            List.of(entry),
            this::invoke,
            (source, type, detail) -> events.add(detail),
            clock,
            shelves.shelf("executions"),
            new Random(1));
  }

  /** A bench whose workflow has these states, the first of which is named {@code First}. */
  static Bench of(Path folder, String states) {
    return defined(folder, definition(states));
  }

  /** A bench with a whole definition. */
  static Bench defined(Path folder, String definition) {
    return new Bench(folder, definition, new HandClock());
  }

  static String definition(String states) {
    return "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"First\", \"States\": {" + states + "}}";
  }

  /** A task that calls the function {@code Known}, with more fields. */
  static String task(String name, String more) {
    return """
    "%s": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {"FunctionName": "Known", "Payload": "{%% $states.input %%}"}, %s}
    """
        .formatted(name, more);
  }

  /** A task that waits for the answer to its token, with more fields. */
  static String tokenTask(String name, String more) {
    return """
    "%s": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
      "Arguments": {"FunctionName": "Known",
        "Payload": {"token": "{%% $states.context.Task.Token %%}"}}, %s}
    """
        .formatted(name, more);
  }

  private byte[] invoke(String function, byte[] payload) throws FunctionFailed {
    Body body = functions.get(function);
    if (body == null) {
      throw new FunctionFailed("Lambda.ResourceNotFoundException", function, null);
    }
    return body.answer(read(new String(payload, StandardCharsets.UTF_8)))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  Bench with(String function, Body body) {
    functions.put(function, body);
    return this;
  }

  /** The same stack after it was stopped and started again. */
  Bench restarted() {
    close();
    Bench next = new Bench(folder, definition, clock);
    next.functions.putAll(functions);
    return next;
  }

  /** Starts an execution and lets it go as far as it can without time passing. */
  Bench start(String name, String input) {
    Answer answer =
        call(
            "StartExecution",
            JsonValues.object()
                .put("stateMachineArn", MACHINE)
                .put("name", name)
                .put("input", input));
    if (answer.status() != 200) {
      throw new AssertionError(text(answer));
    }
    clock.settle();
    return this;
  }

  Answer call(String operation, ObjectNode body) {
    return machines.answer(awsCall(operation, body));
  }

  static AwsCall awsCall(String operation, ObjectNode body) {
    return new AwsCall(
        "Anyone", "states", operation, body, new Call("POST", "/", "", Map.of(), new byte[0]));
  }

  /** What {@code DescribeExecution} says. */
  JsonNode describe(String name) {
    return read(
        text(call("DescribeExecution", JsonValues.object().put("executionArn", EXECUTION + name))));
  }

  String status(String name) {
    return describe(name).path("status").asText();
  }

  JsonNode output(String name) {
    JsonNode described = describe(name);
    if (!described.path("status").asText().equals("SUCCEEDED")) {
      throw new AssertionError(described.toString());
    }
    return read(described.get("output").textValue());
  }

  /** The names of an execution's events, each with its state where it has one. */
  List<String> history(String name) throws Exception {
    List<String> history = new ArrayList<>();
    for (JsonNode execution : local("GET", "/_local/executions").get("executions")) {
      if (execution.get("name").textValue().equals(name)) {
        execution
            .get("history")
            .forEach(
                event ->
                    history.add(
                        event.get("state").isNull()
                            ? event.get("event").textValue()
                            : event.get("state").textValue()
                                + " "
                                + event.get("event").textValue()));
      }
    }
    return history;
  }

  /** The answer of one of the stack's own controls. */
  JsonNode local(String method, String path) throws Exception {
    return read(text(control(method, path)));
  }

  Answer control(String method, String path) throws Exception {
    return machines
        .controls()
        .answer(new Call(method, path, "", Map.of(), new byte[0]))
        .orElseThrow();
  }

  List<String> statuses() {
    return events.stream().map(event -> event.get("status").textValue()).toList();
  }

  static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static String code(Answer answer) {
    return read(text(answer)).path("__type").asText();
  }

  static JsonNode read(String json) {
    try {
      return JsonValues.read(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  @Override
  public void close() {
    shelves.close();
  }
}
