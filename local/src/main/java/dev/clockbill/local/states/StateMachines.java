package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.JsonProtocol;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.time.StackClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Step Functions: runs the state machines of the template and answers the {@code states} API.
 * Executions are kept between runs; {@link #abortInterrupted()} ends those that a restart
 * interrupted as {@code ABORTED}.
 */
public final class StateMachines implements AwsService {
  private static final JsonProtocol PROTOCOL =
      new JsonProtocol(
          "1.0",
          "AWSStepFunctions",
          Set.of(
              "StartExecution",
              "StopExecution",
              "DescribeExecution",
              "ListExecutions",
              "SendTaskSuccess",
              "SendTaskFailure"));

  private final List<Machine> machines;
  private final Executions executions;

  /**
   * Reads the definitions and the executions of earlier runs.
   *
   * @param executions where executions are kept
   * @throws DefinitionException naming what the stack does not support
   */
  public StateMachines(
      List<StateMachineEntry> machines,
      Invoker invoker,
      EventBus events,
      StackClock clock,
      DocumentStore executions) {
    this(machines, invoker, events, clock, executions, new Random());
  }

  /**
   * The same with a source of random numbers for the delays of retries.
   *
   * @param random for many threads
   */
  StateMachines(
      List<StateMachineEntry> machines,
      Invoker invoker,
      EventBus events,
      StackClock clock,
      DocumentStore executions,
      RandomGenerator random) {
    this.machines = machines.stream().map(Machine::of).toList();
    this.executions =
        new Executions(
            this.machines,
            new Engine(
                clock,
                invoker,
                events,
                new ExecutionStore(executions),
                new TaskTokens(),
                new ConcurrentHashMap<>(),
                random));
  }

  /**
   * Ends the executions that the last stop of the stack interrupted, and publishes their events.
   * Call it once, when functions and rules are ready.
   */
  public void abortInterrupted() {
    executions.abortInterrupted();
  }

  /**
   * Starts an execution with a name of its own, as a schedule does.
   *
   * @param logicalId of the state machine
   * @param input JSON
   */
  public void start(String logicalId, String input) {
    String arn =
        machines.stream()
            .filter(machine -> machine.logicalId().equals(logicalId))
            .map(Machine::arn)
            .findFirst()
            .orElseThrow();
    try {
      executions.start(arn, Optional.empty(), input);
    } catch (Refusal impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Controls for tests: executions with their history, and aborting them. */
  public Router controls() {
    return ExecutionControls.router(executions);
  }

  @Override
  public String signingName() {
    return "states";
  }

  @Override
  public String operation(Request request) {
    return PROTOCOL.operation(request);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The resources are those of the Service Authorization Reference: for the result of a task it
   * is the state machine, whose ARN is part of the token.
   */
  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    JsonNode body = call.body();
    String resource =
        switch (call.operation()) {
          case "StartExecution", "ListExecutions" -> body.path("stateMachineArn").asText("*");
          case "StopExecution", "DescribeExecution" -> body.path("executionArn").asText("*");
          default -> machineOf(body.path("taskToken").asText());
        };
    return List.of(RequiredPermission.of("states:" + call.operation(), resource));
  }

  /** An invalid token belongs to no state machine: the permission for the first one is enough. */
  private String machineOf(String token) {
    return TaskTokens.machineArn(token)
        .or(() -> machines.stream().map(Machine::arn).findFirst())
        .orElse("*");
  }

  @Override
  public Response answer(AwsCall call) {
    StatesRequest request = new StatesRequest(call.body());
    try {
      return PROTOCOL.answer(
          switch (call.operation()) {
            case "StartExecution" -> start(request);
            case "StopExecution" -> stop(request);
            case "DescribeExecution" -> describe(executions.find(request.text("executionArn")));
            case "ListExecutions" -> list(request);
            case "SendTaskSuccess" -> {
              executions.succeed(request.text("taskToken"), request.text("output"));
              yield JsonValues.object();
            }
            case "SendTaskFailure" -> {
              executions.fail(
                  request.text("taskToken"),
                  request.find("error").orElse(""),
                  request.find("cause").orElse(""));
              yield JsonValues.object();
            }
            default -> throw new IllegalStateException("Unknown: " + call.operation());
          });
    } catch (Refusal refused) {
      return error(400, refused.code(), refused.getMessage());
    }
  }

  @Override
  public Response error(int status, String code, String message) {
    return PROTOCOL.error(status, code, message);
  }

  private ObjectNode start(StatesRequest request) throws Refusal {
    Execution execution =
        executions.start(
            request.text("stateMachineArn"),
            request.find("name"),
            request.find("input").orElse("{}"));
    return JsonValues.object()
        .put("executionArn", execution.arn())
        .put("startDate", seconds(execution.startedAt()));
  }

  private ObjectNode stop(StatesRequest request) throws Refusal {
    Execution stopped =
        executions.stop(
            request.text("executionArn"),
            request.find("error").orElse(null),
            request.find("cause").orElse(null));
    return JsonValues.object().put("stopDate", seconds(stopped.stoppedAt()));
  }

  private static ObjectNode describe(Execution execution) {
    ObjectNode described = summary(execution).put("input", execution.input());
    described.putObject("inputDetails").put("included", true);
    if (execution.output() != null) {
      described.put("output", execution.output());
      described.putObject("outputDetails").put("included", true);
    }
    Optional.ofNullable(execution.error()).ifPresent(error -> described.put("error", error));
    Optional.ofNullable(execution.cause()).ifPresent(cause -> described.put("cause", cause));
    return described;
  }

  private ObjectNode list(StatesRequest request) throws Refusal {
    Optional<String> status = request.find("statusFilter");
    List<Execution> all =
        executions.of(request.text("stateMachineArn")).stream()
            .filter(each -> status.isEmpty() || status.get().equals(each.status().name()))
            .toList();
    int start = Math.min(all.size(), request.offset("nextToken"));
    int end = Math.min(all.size(), start + request.pageSize("maxResults"));
    ObjectNode page = JsonValues.object();
    ArrayNode listed = page.putArray("executions");
    all.subList(start, end).forEach(each -> listed.add(summary(each)));
    if (end < all.size()) {
      page.put("nextToken", Integer.toString(end));
    }
    return page;
  }

  private static ObjectNode summary(Execution execution) {
    ObjectNode summary =
        JsonValues.object()
            .put("executionArn", execution.arn())
            .put("stateMachineArn", execution.machineArn())
            .put("name", execution.name())
            .put("status", execution.status().name())
            .put("startDate", seconds(execution.startedAt()));
    return execution.running() ? summary : summary.put("stopDate", seconds(execution.stoppedAt()));
  }

  private static BigDecimal seconds(Instant moment) {
    return BigDecimal.valueOf(moment.toEpochMilli(), 3);
  }
}
