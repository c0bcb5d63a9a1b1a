package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.storage.DataFile;
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

/** A state machine with functions, a clock and an event bus that the test controls. */
final class TestWorkflow implements AutoCloseable {
  static final String MACHINE = "arn:aws:states:eu-central-1:000000000000:stateMachine:example";
  static final String EXECUTION = "arn:aws:states:eu-central-1:000000000000:execution:example:";
  private static final String FUNCTIONS = "arn:aws:lambda:eu-central-1:000000000000:function:";

  /** A function of the test. */
  @FunctionalInterface
  interface Body {
    JsonNode answer(JsonNode event) throws FunctionFailed;
  }

  final ManualClock clock;
  final List<JsonNode> events = new ArrayList<>();
  final StateMachines machines;
  private final Map<String, Body> functions = new HashMap<>();
  private final DataFile data;
  private final Path folder;
  private final String definition;

  private TestWorkflow(Path folder, String definition, ManualClock clock) {
    this.folder = folder;
    this.definition = definition;
    this.clock = clock;
    this.data = new DataFile(folder);
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
        new StateMachineEntry(
            "Example", "example", MACHINE, file, Map.of(), List.of(mayInvoke), List.of());
    this.machines =
        new StateMachines(
            List.of(entry),
            this::invoke,
            (source, type, detail) -> events.add(detail),
            clock,
            data.store("executions"),
            new Random(1));
  }

  /** A workflow with these states; the first one is named {@code First}. */
  static TestWorkflow of(Path folder, String states) {
    return defined(folder, definition(states));
  }

  /** A workflow with a complete definition. */
  static TestWorkflow defined(Path folder, String definition) {
    return new TestWorkflow(folder, definition, new ManualClock());
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

  TestWorkflow with(String function, Body body) {
    functions.put(function, body);
    return this;
  }

  /** The same workflow after a restart of the stack. */
  TestWorkflow restarted() {
    close();
    TestWorkflow next = new TestWorkflow(folder, definition, clock);
    next.functions.putAll(functions);
    return next;
  }

  /** Starts an execution and runs it as far as it goes without time passing. */
  TestWorkflow start(String name, String input) {
    Response response =
        call(
            "StartExecution",
            JsonValues.object()
                .put("stateMachineArn", MACHINE)
                .put("name", name)
                .put("input", input));
    if (response.status() != 200) {
      throw new AssertionError(text(response));
    }
    clock.settle();
    return this;
  }

  Response call(String operation, ObjectNode body) {
    return machines.answer(awsCall(operation, body));
  }

  static AwsCall awsCall(String operation, ObjectNode body) {
    return new AwsCall(
        "Anyone", "states", operation, body, new Request("POST", "/", "", Map.of(), new byte[0]));
  }

  /** The response of {@code DescribeExecution}. */
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

  /** The events of an execution, each with its state if it has one. */
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

  /** The response of a control. */
  JsonNode local(String method, String path) throws Exception {
    return read(text(control(method, path)));
  }

  Response control(String method, String path) throws Exception {
    return machines
        .controls()
        .answer(new Request(method, path, "", Map.of(), new byte[0]))
        .orElseThrow();
  }

  List<String> statuses() {
    return events.stream().map(event -> event.get("status").textValue()).toList();
  }

  static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String code(Response response) {
    return read(text(response)).path("__type").asText();
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
    data.close();
  }
}
