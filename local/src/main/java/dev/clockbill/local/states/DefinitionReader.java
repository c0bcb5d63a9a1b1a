package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.template.StateMachineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file of a workflow; refuses by name what the interpreter does not support. */
final class DefinitionReader {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_.]+)}");
  private static final Set<String> KNOWN =
      Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");

  private DefinitionReader() {}

  /** Reads the definition of a state machine of the template. */
  static Definition read(StateMachineEntry machine) {
    try {
      return read(Files.readString(machine.definition()), machine.substitutions());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (DefinitionException refused) {
      throw new DefinitionException(
          "State machine " + machine.logicalId() + ": " + refused.getMessage());
    }
  }

  /** Reads a definition with these values for its <code>${name}</code>. */
  static Definition read(String text, Map<String, String> substitutions) {
    JsonNode json;
    try {
      json = JsonValues.read(substitute(text, substitutions));
    } catch (JsonProcessingException malformed) {
      throw new DefinitionException(
          "The definition is not JSON: " + malformed.getOriginalMessage() + ".");
    }
    Fields fields = Fields.of("The definition", json, KNOWN);
    if (!fields.find("Version").map(JsonNode::asText).orElse("1.0").equals("1.0")) {
      throw fields.wrong("Version", "must be \"1.0\"");
    }
    Optional<String> language = fields.find("QueryLanguage").map(JsonNode::asText);
    Definition definition = states(fields, language, fields.seconds("TimeoutSeconds"));
    checkNames(definition, new HashSet<>());
    checkVariables(definition, Set.of());
    return definition;
  }

  /** Reads {@code States} and {@code StartAt}: of a definition, or of what a Map does each time. */
  static Definition states(Fields fields, Optional<String> language, Optional<Duration> timeout) {
    Map<String, State> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : fields.required("States").properties()) {
      states.put(each.getKey(), StateReader.read(each.getKey(), each.getValue(), language));
    }
    Definition definition = new Definition(fields.text("StartAt"), states, timeout);
    checkTransitions(definition);
    return definition;
  }

  /** A name is unique within the whole workflow, also inside a Map. */
  private static void checkNames(Definition definition, Set<String> seen) {
    for (State state : definition.states().values()) {
      if (!seen.add(state.name())) {
        throw new DefinitionException("There are two states \"" + state.name() + "\".");
      }
      if (state instanceof State.Map map) {
        checkNames(map.processor(), seen);
      }
    }
  }

  /**
   * What a Map does each time reads the variables around it and sets none of them (Step Functions'
   * guide, "Passing data between states with variables").
   */
  private static void checkVariables(Definition definition, Set<String> outside) {
    Set<String> here = new HashSet<>();
    for (State state : definition.states().values()) {
      exits(state).forEach(exit -> exit.assign().fieldNames().forEachRemaining(here::add));
    }
    for (String variable : here) {
      if (outside.contains(variable)) {
        throw new DefinitionException(
            "A Map cannot set the variable \"" + variable + "\", which is set outside it.");
      }
    }
    here.addAll(outside);
    for (State state : definition.states().values()) {
      if (state instanceof State.Map map) {
        checkVariables(map.processor(), here);
      }
    }
  }

  private static String substitute(String text, Map<String, String> substitutions) {
    Matcher matcher = SUBSTITUTION.matcher(text);
    return matcher.replaceAll(
        found -> {
          String value = substitutions.get(found.group(1));
          if (value == null) {
            throw new DefinitionException(
                "The definition uses "
                    + found.group()
                    + ", which DefinitionSubstitutions does not give.");
          }
          return Matcher.quoteReplacement(value);
        });
  }

  /** Every transition leads to a state, and every state can be reached. */
  private static void checkTransitions(Definition definition) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    enqueue(definition, "The definition: \"StartAt\"", definition.startAt(), reached, open);
    while (!open.isEmpty()) {
      String name = open.remove();
      for (String next : targets(definition.state(name))) {
        enqueue(definition, "State \"" + name + "\"", next, reached, open);
      }
    }
    for (String name : definition.states().keySet()) {
      if (!reached.contains(name)) {
        throw new DefinitionException("State \"" + name + "\" is not reached from any other.");
      }
    }
  }

  private static void enqueue(
      Definition definition, String where, String next, Set<String> reached, Deque<String> open) {
    if (!definition.states().containsKey(next)) {
      throw new DefinitionException(where + " leads to \"" + next + "\", which is no state.");
    }
    if (reached.add(next)) {
      open.add(next);
    }
  }

  private static List<String> targets(State state) {
    return exits(state).stream().map(Transition::next).flatMap(Optional::stream).toList();
  }

  /** Every way out of a state. */
  private static List<Transition> exits(State state) {
    List<Transition> exits = new ArrayList<>();
    switch (state) {
      case State.Task task -> exits.add(task.exit());
      case State.Map map -> exits.add(map.exit());
      case State.Choice choice -> {
        choice.rules().forEach(rule -> exits.add(rule.exit()));
        choice.otherwise().ifPresent(exits::add);
      }
      case State.Pass pass -> exits.add(pass.exit());
      case State.Wait waiting -> exits.add(waiting.exit());
      case State.Succeed succeed -> exits.add(succeed.exit());
      case State.Fail fail -> {}
    }
    if (state instanceof State.Recoverable recoverable) {
      recoverable.catchers().forEach(catcher -> exits.add(catcher.exit()));
    }
    return exits;
  }
}
