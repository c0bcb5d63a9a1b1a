package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.events.Schedules;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Lambda;
import dev.clockbill.local.time.StackClock;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/** The stack's own controls over time, schedules and faults. */
final class Controls {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> SERVICES = Set.of("dynamodb", "states", "ses", "processor");

  private final StackClock clock;
  private final Schedules schedules;
  private final Faults faults;
  private final Lambda functions;

  Controls(StackClock clock, Schedules schedules, Faults faults, Lambda functions) {
    this.clock = clock;
    this.schedules = schedules;
    this.faults = faults;
    this.functions = functions;
  }

  /** Their routes. */
  Router router() {
    return new Router()
        .on("POST", "/_local/clock", (call, parameters) -> refusing(() -> clock(call)))
        .on(
            "POST",
            "/_local/schedules/{function}",
            (call, parameters) -> schedule(parameters.get("function")))
        .on("POST", "/_local/faults", (call, parameters) -> refusing(() -> fault(call)));
  }

  private Answer clock(Call call) {
    JsonNode asked = read(call, Set.of("advance", "stopped"));
    JsonNode stopped = asked.path("stopped");
    if (!stopped.isMissingNode() && !stopped.isBoolean()) {
      throw new IllegalArgumentException("\"stopped\" must be true or false.");
    }
    Duration advance = duration(asked.path("advance"));
    if (stopped.isBoolean()) {
      clock.stop(stopped.asBoolean());
    }
    clock.advance(advance);
    return Answer.json(
        200,
        Map.of(
            "now",
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            "stopped",
            clock.stopped()));
  }

  private static Duration duration(JsonNode advance) {
    if (advance.isMissingNode()) {
      return Duration.ZERO;
    }
    try {
      Duration duration = Duration.parse(advance.asText());
      if (duration.isNegative() || duration.compareTo(Duration.ofDays(3660)) > 0) {
        throw new IllegalArgumentException(
            "\"advance\" must lie between PT0S and ten years, not " + advance + ".");
      }
      return duration;
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "\"advance\" must be a duration such as \"PT8H\" or \"P3D\", not " + advance + ".",
          malformed);
    }
  }

  private Answer schedule(String function) {
    if (!schedules.has(function)) {
      return problem(404, "The template has no function " + function + " with a schedule.");
    }
    try {
      schedules.runNow(function);
      return Answer.json(200, Map.of());
    } catch (FunctionFailed failed) {
      return problem(500, failed.errorType() + ": " + failed.getMessage());
    }
  }

  private Answer fault(Call call) {
    JsonNode asked = read(call, Set.of("function", "service", "operation", "when", "times"));
    String function = text(asked, "function");
    if (!functions.knows(function)) {
      throw new IllegalArgumentException("The template has no function \"" + function + "\".");
    }
    String service = text(asked, "service");
    if (!SERVICES.contains(service)) {
      throw new IllegalArgumentException(
          "\"service\" must be dynamodb, states, ses or processor, not \"" + service + "\".");
    }
    JsonNode times = asked.path("times");
    if (!times.isMissingNode() && !times.canConvertToInt()) {
      throw new IllegalArgumentException("\"times\" must be a whole number.");
    }
    faults.add(function, service, text(asked, "operation"), text(asked, "when"), times.asInt(1));
    return Answer.json(200, Map.of());
  }

  private static String text(JsonNode asked, String name) {
    JsonNode text = asked.path(name);
    if (!text.isTextual() || text.asText().isEmpty()) {
      throw new IllegalArgumentException("\"" + name + "\" must be text.");
    }
    return text.asText();
  }

  /** The body of a control's call, an object; nothing counts as an empty one. */
  private static JsonNode read(Call call, Set<String> known) {
    JsonNode asked;
    try {
      asked =
          call.body().length == 0
              ? JsonNodeFactory.instance.objectNode()
              : JSON.readTree(call.body());
    } catch (IOException malformed) {
      throw new IllegalArgumentException("The body is not JSON.", malformed);
    }
    if (!asked.isObject()) {
      throw new IllegalArgumentException("The body must be a JSON object.");
    }
    for (Map.Entry<String, JsonNode> entry : asked.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IllegalArgumentException("\"" + entry.getKey() + "\" is unknown here.");
      }
    }
    return asked;
  }

  private interface Control {
    Answer answer();
  }

  private static Answer refusing(Control control) {
    try {
      return control.answer();
    } catch (IllegalArgumentException refused) {
      return problem(400, refused.getMessage());
    }
  }

  private static Answer problem(int status, String detail) {
    return Answer.json(status, Map.of("message", detail));
  }
}
