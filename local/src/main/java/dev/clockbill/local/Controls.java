package dev.clockbill.local;

import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.events.Queues;
import dev.clockbill.local.events.Schedules;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Lambda;
import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Controls for tests: time, schedules, queues and faults. */
final class Controls {
  private static final Duration LONGEST = Duration.ofDays(3660);
  private static final Set<String> SERVICES =
      Set.of("dynamodb", "states", "ses", "ssm", "cognito-idp", "processor");

  private final StackClock clock;
  private final Schedules schedules;
  private final Faults faults;
  private final Lambda functions;
  private final Queues queues;

  Controls(StackClock clock, Schedules schedules, Faults faults, Lambda functions, Queues queues) {
    this.clock = clock;
    this.schedules = schedules;
    this.faults = faults;
    this.functions = functions;
    this.queues = queues;
  }

  /** The routes. */
  Router router() {
    return new Router()
        .on(
            "POST",
            "/_local/clock",
            (request, parameters) -> JsonBody.refusing(() -> clock(request)))
        .on(
            "POST",
            "/_local/schedules/{function}",
            (request, parameters) -> schedule(parameters.get("function")))
        .on(
            "GET",
            "/_local/queues/{queue}",
            (request, parameters) -> messages(parameters.get("queue")))
        .on(
            "POST",
            "/_local/queues/{queue}/move",
            (request, parameters) ->
                JsonBody.refusing(() -> move(parameters.get("queue"), request)))
        .on(
            "POST",
            "/_local/faults",
            (request, parameters) -> JsonBody.refusing(() -> fault(request)))
        .on(
            "POST",
            "/_local/functions",
            (request, parameters) -> JsonBody.refusing(() -> functions(request)));
  }

  private Response clock(Request request) {
    JsonBody asked = JsonBody.of(request, Set.of("advance", "stopped", "schedules"));
    boolean stopped = asked.flag("stopped", clock.stopped());
    Duration advance = asked.optionalText("advance").map(Controls::duration).orElse(Duration.ZERO);
    if (stopped != clock.stopped()) {
      clock.stop(stopped);
    }
    schedules.pause(!asked.flag("schedules", true));
    try {
      clock.advance(advance);
    } finally {
      schedules.pause(false);
    }
    return Response.json(
        200,
        Map.of(
            "now",
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            "stopped",
            clock.stopped()));
  }

  private static Duration duration(String written) {
    Duration duration;
    try {
      duration = Duration.parse(written);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "\"advance\" must be a duration such as \"PT8H\" or \"P3D\", not \"" + written + "\".",
          malformed);
    }
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "\"advance\" must lie between PT0S and ten years, not \"" + written + "\".");
    }
    return duration;
  }

  private Response schedule(String function) {
    if (!schedules.has(function)) {
      return JsonBody.problem(404, "The template has no " + function + " with a schedule.");
    }
    try {
      schedules.runNow(function);
      return Response.json(200, Map.of());
    } catch (FunctionFailed failed) {
      return JsonBody.problem(500, failed.errorType() + ": " + failed.getMessage());
    }
  }

  private Response messages(String queue) {
    return queues.knows(queue)
        ? Response.json(200, Map.of("messages", queues.bodies(queue)))
        : JsonBody.problem(404, "The template has no queue " + queue + ".");
  }

  private Response move(String queue, Request request) {
    String to = JsonBody.of(request, Set.of("to")).text("to");
    for (String each : List.of(queue, to)) {
      if (!queues.knows(each)) {
        throw new IllegalArgumentException("The template has no queue \"" + each + "\".");
      }
    }
    int moved = queues.move(queue, to);
    clock.settle();
    return Response.json(200, Map.of("moved", moved));
  }

  private Response functions(Request request) {
    functions.fallAsleep(JsonBody.of(request, Set.of("fallAsleep")).flag("fallAsleep", false));
    return Response.json(200, Map.of());
  }

  private Response fault(Request request) {
    JsonBody asked =
        JsonBody.of(request, Set.of("function", "service", "operation", "when", "with", "times"));
    String function = asked.text("function");
    if (!function.equals(Faults.ANY) && !functions.knows(function)) {
      throw new IllegalArgumentException("The template has no function \"" + function + "\".");
    }
    String service = asked.text("service");
    if (!SERVICES.contains(service)) {
      throw new IllegalArgumentException(
          "\"service\" must be dynamodb, states, ses, ssm, cognito-idp or processor, not \""
              + service
              + "\".");
    }
    int times = Math.toIntExact(Math.min(asked.number("times", 1), Integer.MAX_VALUE));
    faults.add(
        new Faults.Call(function, service, asked.text("operation")),
        asked.text("when"),
        asked.optionalText("with").orElse("error"),
        times);
    return Response.json(200, Map.of());
  }
}
