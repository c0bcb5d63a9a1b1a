package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Converts the YAML of CloudFormation to JSON: {@code !Sub x} becomes {@code {"Fn::Sub": "x"}}, and
 * dates stay text.
 */
public final class TemplateFile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+\\.[0-9]+");
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final String name;

  private TemplateFile(String name) {
    this.name = name;
  }

  /** Reads a file as it is written: with its functions, and nothing resolved. */
  public static ObjectNode read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(file.getFileName().toString(), reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static ObjectNode read(String name, Reader reader) {
    TemplateFile file = new TemplateFile(name);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(reader);
      if (root instanceof MappingNode mapping) {
        return file.object(mapping);
      }
    } catch (YAMLException malformed) {
      throw new TemplateException(name + " is not YAML: " + malformed.getMessage());
    }
    throw new TemplateException(name + " must be a mapping of sections.");
  }

  private JsonNode value(Node node) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return shortForm(tag.substring(1), node);
    }
    return untagged(node);
  }

  private JsonNode shortForm(String function, Node node) {
    if (function.equals("Ref") || function.equals("Condition")) {
      return JSON.objectNode().set(function, untagged(node));
    }
    JsonNode argument = untagged(node);
    if (function.equals("GetAtt") && argument.isTextual()) {
      String[] parts = argument.asText().split("\\.", 2);
      ArrayNode pair = JSON.arrayNode();
      for (String part : parts) {
        pair.add(part);
      }
      argument = pair;
    }
    return JSON.objectNode().set("Fn::" + function, argument);
  }

  private JsonNode untagged(Node node) {
    return switch (node) {
      case MappingNode mapping -> object(mapping);
      case SequenceNode sequence -> {
        ArrayNode array = JSON.arrayNode();
        sequence.getValue().forEach(each -> array.add(value(each)));
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw refusal(node, "cannot be read");
    };
  }

  private ObjectNode object(MappingNode mapping) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        throw refusal(tuple.getKeyNode(), "has a key that is no text");
      }
      if (object.has(key.getValue())) {
        throw refusal(key, "has the key \"" + key.getValue() + "\" twice");
      }
      object.set(key.getValue(), value(tuple.getValueNode()));
    }
    return object;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(TRUE.contains(text.toLowerCase(java.util.Locale.ROOT)));
    }
    if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) {
      return JSON.numberNode(new BigInteger(text));
    }
    if (tag.equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
      return JSON.numberNode(new BigDecimal(text));
    }
    return JSON.textNode(text);
  }

  private TemplateException refusal(Node node, String what) {
    return new TemplateException(
        name + ": line " + (node.getStartMark().getLine() + 1) + " " + what + ".");
  }
}
