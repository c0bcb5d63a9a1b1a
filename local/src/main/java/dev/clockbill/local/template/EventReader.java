package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code Events} of functions and state machines: routes, schedules and rules. */
final class EventReader {
  private static final Pattern RATE =
      Pattern.compile("rate\\((\\d{1,9}) (minute|minutes|hour|hours|day|days)\\)");
  private static final JsonMapper JSON = new JsonMapper();

  private final KnownResources known;
  private final Optional<String> defaultAuthorizer;

  /** What invokes a function. */
  record Events(
      List<Route> routes, List<Schedule> schedules, List<Rule> rules, List<String> queues) {}

  EventReader(KnownResources known, Optional<String> defaultAuthorizer) {
    this.known = known;
    this.defaultAuthorizer = defaultAuthorizer;
  }

  Events read(String where, JsonNode events) {
    List<Route> routes = new ArrayList<>();
    List<Schedule> schedules = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    List<String> queues = new ArrayList<>();
    for (Map.Entry<String, JsonNode> event : events.properties()) {
      String name = event.getKey();
      String here = where + "." + name;
      known.check(here, "event", event.getValue());
      String type = event.getValue().path("Type").asText();
      JsonNode properties = event.getValue().path("Properties");
      known.check(here, "event " + type, properties);
      switch (type) {
        case "HttpApi" -> routes.add(route(here, properties));
        case "Schedule" -> schedule(here, name, properties, "Schedule").ifPresent(schedules::add);
        case "ScheduleV2" ->
            schedule(here, name, properties, "ScheduleExpression").ifPresent(schedules::add);
        case "SQS" -> {
          if (!properties.has("Queue")) {
            throw new TemplateException(here + ": an SQS event needs its Queue.");
          }
          queues.add(properties.path("Queue").asText());
        }
        case "EventBridgeRule" -> {
          JsonNode pattern = properties.path("Pattern");
          if (!pattern.isObject()) {
            throw new TemplateException(here + ": Pattern is missing.");
          }
          if (enabled(here, properties)) {
            rules.add(new Rule(name, pattern, input(here, properties)));
          }
        }
        default ->
            throw new TemplateException(here + ": the stack does not know the event " + type + ".");
      }
    }
    return new Events(
        List.copyOf(routes), List.copyOf(schedules), List.copyOf(rules), List.copyOf(queues));
  }

  /** The schedules of a state machine; the stack starts one by nothing else. */
  List<Schedule> schedules(String where, JsonNode events) {
    Events read = read(where, events);
    if (!read.routes().isEmpty() || !read.rules().isEmpty() || !read.queues().isEmpty()) {
      throw new TemplateException(
          where + ": the stack starts state machines by schedules only, and by API calls.");
    }
    return read.schedules();
  }

  private Route route(String where, JsonNode properties) {
    JsonNode auth = properties.path("Auth");
    known.check(where + ".Auth", "event HttpApi Auth", auth);
    String format = properties.path("PayloadFormatVersion").asText("2.0");
    if (!format.equals("2.0")) {
      throw new TemplateException(
          where + ": the stack does not know the payload format " + format + ".");
    }
    String authorizer = auth.path("Authorizer").asText(defaultAuthorizer.orElse("NONE"));
    if (!authorizer.equals("NONE") && !defaultAuthorizer.equals(Optional.of(authorizer))) {
      throw new TemplateException(
          where + ": the authorizer " + authorizer + " is not the API's default one.");
    }
    String path = properties.path("Path").asText("$default");
    if (!path.startsWith("/") && !path.equals("$default")) {
      throw new TemplateException(where + ": the path " + path + " does not begin with a slash.");
    }
    String method = properties.path("Method").asText("ANY").toUpperCase(Locale.ROOT);
    return new Route(
        method.equals("*") || method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
        path,
        authorizer.equals("NONE"));
  }

  private static Optional<Schedule> schedule(
      String where, String name, JsonNode properties, String property) {
    String expression = properties.path(property).asText();
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new TemplateException(
          where + ": the stack does not know the schedule \"" + expression + "\", only rate(…).");
    }
    long count = Long.parseLong(rate.group(1));
    if (count == 0) {
      throw new TemplateException(where + ": the schedule \"" + expression + "\" never ends.");
    }
    Duration every =
        switch (rate.group(2)) {
          case "minute", "minutes" -> Duration.ofMinutes(count);
          case "hour", "hours" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return enabled(where, properties)
        ? Optional.of(new Schedule(name, every, input(where, properties)))
        : Optional.empty();
  }

  private static boolean enabled(String where, JsonNode properties) {
    String state = properties.path("State").asText("ENABLED");
    boolean enabled = properties.path("Enabled").asBoolean(true);
    return switch (state) {
      case "ENABLED" -> enabled;
      case "DISABLED" -> false;
      default -> throw new TemplateException(where + ": State must be ENABLED or DISABLED.");
    };
  }

  private static JsonNode input(String where, JsonNode properties) {
    JsonNode input = properties.path("Input");
    if (input instanceof MissingNode) {
      return null;
    }
    try {
      return JSON.readTree(input.asText());
    } catch (IOException malformed) {
      throw new TemplateException(where + ": Input must be JSON as text.");
    }
  }
}
