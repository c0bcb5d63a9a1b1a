package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.template.StateMachineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
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
    Map<String, State> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : fields.required("States").properties()) {
      states.put(each.getKey(), StateReader.read(each.getKey(), each.getValue(), language));
    }
    Definition definition =
        new Definition(fields.text("StartAt"), states, fields.seconds("TimeoutSeconds"));
    checkTransitions(definition);
    return definition;
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
    Set<Optional<String>> targets = new HashSet<>();
    switch (state) {
      case State.Task task -> {
        targets.add(task.exit().next());
        task.catchers().forEach(catcher -> targets.add(catcher.exit().next()));
      }
      case State.Choice choice -> {
        choice.rules().forEach(rule -> targets.add(rule.exit().next()));
        choice.otherwise().ifPresent(exit -> targets.add(exit.next()));
      }
      case State.Pass pass -> targets.add(pass.exit().next());
      case State.Wait waiting -> targets.add(waiting.exit().next());
      case State.Succeed succeed -> targets.add(succeed.exit().next());
      case State.Fail fail -> targets.add(Optional.empty());
    }
    return targets.stream().flatMap(Optional::stream).toList();
  }
}
