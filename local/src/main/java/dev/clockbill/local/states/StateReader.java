package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one state. The fields are those that the Amazon States Language has for JSONata states,
 * except those that the interpreter does not support.
 */
final class StateReader {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private static final String INVOKE_AND_AWAIT_TOKEN = INVOKE + ".waitForTaskToken";
  private static final Set<String> COMMON = Set.of("Type", "Comment", "QueryLanguage");
  private static final Set<String> EXIT = Set.of("Output", "Assign", "Next", "End");
  private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");

  private final String name;
  private final String where;
  private final JsonNode state;

  private StateReader(String name, JsonNode state) {
    this.name = name;
    this.where = "State \"" + name + "\"";
    this.state = state;
  }

  /**
   * Reads a state.
   *
   * @param queryLanguage the one that holds where the state names none
   * @throws DefinitionException naming the state, the field and what is wrong
   */
  static State read(String name, JsonNode state, Optional<String> queryLanguage) {
    return new StateReader(name, state).read(queryLanguage);
  }

  private State read(Optional<String> queryLanguage) {
    if (!state.isObject()) {
      throw new DefinitionException(where + " must be an object.");
    }
    Fields fields = new Fields(where, state);
    String type = fields.text("Type");
    String language =
        fields
            .find("QueryLanguage")
            .map(JsonNode::asText)
            .or(() -> queryLanguage)
            .orElse("JSONPath");
    if (!language.equals("JSONata")) {
      throw new DefinitionException(
          where + ": the stack does not know the QueryLanguage \"" + language + "\".");
    }
    return switch (type) {
      case "Task" -> task();
      case "Map" -> map(language);
      case "Choice" -> choice();
      case "Pass" -> new State.Pass(name, exit(fields(EXIT)));
      case "Wait" -> waiting();
      case "Succeed" -> {
        Fields succeed = fields(Set.of("Output"));
        Transition exit =
            new Transition(succeed.template("Output"), JsonValues.object(), Optional.empty());
        yield new State.Succeed(name, exit);
      }
      case "Fail" -> {
        Fields fail = fields(Set.of("Error", "Cause"));
        yield new State.Fail(name, fail.textTemplate("Error"), fail.textTemplate("Cause"));
      }
      default ->
          throw new DefinitionException(
              where + ": the stack does not know the Type \"" + type + "\".");
    };
  }

  private State task() {
    Fields fields =
        fields(EXIT, Set.of("Resource", "Arguments", "TimeoutSeconds", "Retry", "Catch"));
    String resource = fields.text("Resource");
    if (!resource.equals(INVOKE) && !resource.equals(INVOKE_AND_AWAIT_TOKEN)) {
      throw new DefinitionException(
          where + ": the stack does not know the Resource \"" + resource + "\".");
    }
    Fields arguments =
        Fields.of(
            fields.at("Arguments"),
            fields.required("Arguments"),
            Set.of("FunctionName", "Payload"));
    arguments.required("FunctionName");
    return new State.Task(
        name,
        resource.equals(INVOKE_AND_AWAIT_TOKEN),
        arguments.textTemplate("FunctionName").orElseThrow(),
        arguments.template("Payload").orElse(JsonValues.object()),
        fields.secondsTemplate("TimeoutSeconds", 1),
        retriers(fields),
        catchers(fields),
        exit(fields));
  }

  /** Only inline: a distributed Map has executions of its own, and reads from and writes to S3. */
  private State map(String language) {
    Fields fields =
        fields(
            EXIT,
            Set.of("Items", "ItemSelector", "MaxConcurrency", "ItemProcessor", "Retry", "Catch"));
    Optional<JsonNode> items = fields.template("Items");
    items
        .filter(each -> !each.isArray() && !Expressions.isExpression(each))
        .ifPresent(
            each -> {
              throw fields.wrong("Items", "must be a list or an expression that gives one");
            });
    Fields processor =
        Fields.of(
            fields.at("ItemProcessor"),
            fields.required("ItemProcessor"),
            Set.of("ProcessorConfig", "StartAt", "States"));
    processor
        .find("ProcessorConfig")
        .map(each -> Fields.of(processor.at("ProcessorConfig"), each, Set.of("Mode")).text("Mode"))
        .filter(mode -> !mode.equals("INLINE"))
        .ifPresent(
            mode -> {
              throw processor.wrong("ProcessorConfig", "must have the \"Mode\" \"INLINE\"");
            });
    return new State.Map(
        name,
        items,
        fields.template("ItemSelector"),
        fields.secondsTemplate("MaxConcurrency", 0),
        DefinitionReader.states(processor, Optional.of(language), Optional.empty()),
        retriers(fields),
        catchers(fields),
        exit(fields));
  }

  private List<Retrier> retriers(Fields state) {
    List<Retrier> retriers = new ArrayList<>();
    for (JsonNode element : state.list("Retry")) {
      Fields fields =
          Fields.of(
              where + ": Retry " + (retriers.size() + 1),
              element,
              Set.of(
                  "Comment",
                  "ErrorEquals",
                  "IntervalSeconds",
                  "MaxAttempts",
                  "BackoffRate",
                  "MaxDelaySeconds",
                  "JitterStrategy"));
      String jitter = fields.find("JitterStrategy").map(JsonNode::asText).orElse("NONE");
      if (!jitter.equals("FULL") && !jitter.equals("NONE")) {
        throw fields.wrong("JitterStrategy", "must be \"FULL\" or \"NONE\"");
      }
      retriers.add(
          new Retrier(
              errors(fields),
              Duration.ofSeconds(fields.wholeNumber("IntervalSeconds", 1, 1)),
              fields.wholeNumber("MaxAttempts", 0, 3),
              backoffRate(fields),
              fields.seconds("MaxDelaySeconds"),
              jitter.equals("FULL")));
    }
    allComesLast(state.at("Retry"), retriers.stream().map(Retrier::errors).toList());
    return List.copyOf(retriers);
  }

  private static BigDecimal backoffRate(Fields retrier) {
    JsonNode rate = retrier.find("BackoffRate").orElse(JsonValues.object().numberNode(2));
    if (!rate.isNumber() || rate.decimalValue().compareTo(BigDecimal.ONE) < 0) {
      throw retrier.wrong("BackoffRate", "must be a number of at least 1");
    }
    return rate.decimalValue();
  }

  private List<Catcher> catchers(Fields state) {
    List<Catcher> catchers = new ArrayList<>();
    for (JsonNode element : state.list("Catch")) {
      Fields fields =
          Fields.of(
              where + ": Catch " + (catchers.size() + 1),
              element,
              Set.of("Comment", "ErrorEquals", "Output", "Assign", "Next"));
      catchers.add(new Catcher(errors(fields), exitTo(fields, fields.text("Next"))));
    }
    allComesLast(state.at("Catch"), catchers.stream().map(Catcher::errors).toList());
    return List.copyOf(catchers);
  }

  private static List<String> errors(Fields fields) {
    List<String> errors = fields.list("ErrorEquals").stream().map(JsonNode::asText).toList();
    if (errors.isEmpty()) {
      throw fields.wrong("ErrorEquals", "must name at least one error");
    }
    for (String error : errors) {
      if (error.startsWith("States.") && !ErrorNames.RESERVED.contains(error)) {
        throw fields.wrong("ErrorEquals", "names \"" + error + "\", which the stack does not know");
      }
    }
    return errors;
  }

  private static void allComesLast(String where, List<List<String>> errors) {
    for (int at = 0; at < errors.size(); at++) {
      if (errors.get(at).contains(ErrorNames.ALL)
          && (errors.get(at).size() > 1 || at < errors.size() - 1)) {
        throw new DefinitionException(where + ": States.ALL must stand alone and last.");
      }
    }
  }

  private State choice() {
    Fields fields = fields(Set.of("Choices", "Default", "Output", "Assign"));
    List<State.Choice.Rule> rules = new ArrayList<>();
    for (JsonNode element : fields.list("Choices")) {
      Fields rule =
          Fields.of(
              where + ": Choices " + (rules.size() + 1),
              element,
              Set.of("Comment", "Condition", "Output", "Assign", "Next"));
      JsonNode condition = rule.required("Condition");
      if (!Expressions.isExpression(condition)) {
        throw rule.wrong("Condition", "must be an expression");
      }
      rule.template("Condition");
      rules.add(new State.Choice.Rule(condition, exitTo(rule, rule.text("Next"))));
    }
    if (rules.isEmpty()) {
      throw fields.wrong("Choices", "must hold at least one rule");
    }
    Optional<Transition> otherwise =
        fields.find("Default").map(present -> exitTo(fields, fields.text("Default")));
    return new State.Choice(name, List.copyOf(rules), otherwise);
  }

  private State waiting() {
    Fields fields = fields(EXIT, Set.of("Seconds", "Timestamp"));
    Optional<JsonNode> seconds = fields.secondsTemplate("Seconds", 0);
    Optional<JsonNode> timestamp = fields.textTemplate("Timestamp");
    if (seconds.isPresent() == timestamp.isPresent()) {
      throw new DefinitionException(where + ": a Wait needs either \"Seconds\" or \"Timestamp\".");
    }
    timestamp
        .filter(each -> !Expressions.isExpression(each))
        .ifPresent(
            each -> {
              try {
                Timestamps.moment(each.textValue());
              } catch (DateTimeException wrong) {
                throw fields.wrong("Timestamp", "must be a moment such as 2026-11-22T17:04:05Z");
              }
            });
    return new State.Wait(name, seconds, timestamp, exit(fields));
  }

  /** The way out of a state that has either {@code Next} or {@code End}. */
  private static Transition exit(Fields fields) {
    Optional<JsonNode> end = fields.find("End");
    if (end.isPresent() && !end.get().isBoolean()) {
      throw fields.wrong("End", "must be true or false");
    }
    boolean ends = end.map(JsonNode::booleanValue).orElse(false);
    if (ends == fields.find("Next").isPresent()) {
      throw new DefinitionException(fields.where() + " needs either \"Next\" or \"End\": true.");
    }
    return exit(fields, ends ? Optional.empty() : Optional.of(fields.text("Next")));
  }

  private static Transition exitTo(Fields fields, String next) {
    return exit(fields, Optional.of(next));
  }

  private static Transition exit(Fields fields, Optional<String> next) {
    JsonNode assign = fields.template("Assign").orElse(JsonValues.object());
    if (!assign.isObject()) {
      throw fields.wrong("Assign", "must be an object");
    }
    assign
        .fieldNames()
        .forEachRemaining(
            variable -> {
              if (variable.equals("states") || !VARIABLE.matcher(variable).matches()) {
                throw fields.wrong("Assign", "cannot set a variable \"" + variable + "\"");
              }
            });
    return new Transition(fields.template("Output"), assign, next);
  }

  @SafeVarargs
  private Fields fields(Set<String>... known) {
    Set<String> all = new HashSet<>(COMMON);
    for (Set<String> each : known) {
      all.addAll(each);
    }
    return Fields.of(where, state, all);
  }
}
