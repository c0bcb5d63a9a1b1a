package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The names of one template: pseudo parameters, parameters and resources. */
final class TemplateNames implements Intrinsics.Names {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NO_VALUE = "AWS::NoValue";
  private static final Map<String, String> PSEUDO_PARAMETERS =
      Map.of(
          "AWS::Region", "eu-central-1",
          "AWS::AccountId", "000000000000",
          "AWS::Partition", "aws",
          "AWS::StackName", "clockbill",
          "AWS::URLSuffix", "amazonaws.com");

  private final ObjectNode resources;
  private final Map<String, JsonNode> parameters;
  private final String commonAlias;
  private final Attributes attributes;
  private final Intrinsics intrinsics;

  TemplateNames(
      KnownResources known, ObjectNode document, Map<String, String> given, Attributes attributes) {
    this.resources = document.withObjectProperty("Resources");
    this.parameters = parameters(known, document.path("Parameters"), given);
    this.commonAlias =
        document.path("Globals").path("Function").path("AutoPublishAlias").asText("");
    this.attributes = attributes;
    this.intrinsics = new Intrinsics(this, document.path("Conditions"), document.path("Mappings"));
  }

  /** The intrinsic functions with these names. */
  Intrinsics intrinsics() {
    return intrinsics;
  }

  private static Map<String, JsonNode> parameters(
      KnownResources known, JsonNode declared, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declared.has(name)) {
        throw new TemplateException("The template has no parameter " + name + ".");
      }
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : declared.properties()) {
      String name = parameter.getKey();
      String where = "Parameters." + name;
      known.check(where, "parameter", parameter.getValue());
      String type = parameter.getValue().path("Type").asText();
      JsonNode standard = parameter.getValue().path("Default");
      boolean named = type.startsWith("AWS::SSM::Parameter::Value<");
      if (!given.containsKey(name) && (standard.isMissingNode() || named)) {
        throw new TemplateException(where + " has no value here: give it one.");
      }
      String text = given.containsKey(name) ? given.get(name) : standard.asText();
      JsonNode allowed = parameter.getValue().path("AllowedValues");
      if (allowed.isArray() && !contains(allowed, text)) {
        throw new TemplateException(where + ": \"" + text + "\" is none of the allowed values.");
      }
      values.put(name, value(where, named ? type.substring(27, type.length() - 1) : type, text));
    }
    return values;
  }

  private static boolean contains(JsonNode allowed, String text) {
    for (JsonNode each : allowed) {
      if (each.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode value(String where, String type, String text) {
    return switch (type) {
      case "String", "Number" -> JSON.textNode(text);
      case "CommaDelimitedList", "List<String>", "List<Number>" -> {
        ArrayNode list = JSON.arrayNode();
        for (String part : text.split(",", -1)) {
          list.add(part.strip());
        }
        yield list;
      }
      default ->
          throw new TemplateException(where + ": the stack does not know the type " + type + ".");
    };
  }

  @Override
  public JsonNode reference(String where, String name) {
    if (name.equals(NO_VALUE)) {
      return null;
    }
    if (PSEUDO_PARAMETERS.containsKey(name)) {
      return JSON.textNode(PSEUDO_PARAMETERS.get(name));
    }
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      return JSON.textNode(attribute(where, name.substring(0, dot), name.substring(dot + 1)));
    }
    ResourceNames resource = resource(where, name);
    return JSON.textNode(
        attributes.attribute(resource.type(), name, "Ref").orElseGet(resource::reference));
  }

  @Override
  public String attribute(String where, String logicalId, String attribute) {
    ResourceNames resource = resource(where, logicalId);
    String alias =
        resources.path(logicalId).path("Properties").path("AutoPublishAlias").asText(commonAlias);
    if (attribute.equals("Alias") && !alias.isEmpty()) {
      return resource.arn() + ":" + alias;
    }
    return attributes
        .attribute(resource.type(), logicalId, attribute)
        .or(() -> resource.attribute(attribute))
        .orElseThrow(
            () ->
                new TemplateException(
                    where
                        + ": the stack does not know the attribute "
                        + attribute
                        + " of "
                        + resource.type()
                        + "."));
  }

  @Override
  public void checkReference(String where, String name) {
    String head = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    // The transform creates roles with this suffix for functions and state machines.
    String owner = head.endsWith("Role") ? head.substring(0, head.length() - 4) : head;
    if (!name.equals(NO_VALUE)
        && !PSEUDO_PARAMETERS.containsKey(name)
        && !parameters.containsKey(name)
        && !resources.has(head)
        && !resources.has(owner)
        && !isEvent(head)) {
      throw new TemplateException(where + ": nothing here is named " + name + ".");
    }
  }

  /** Whether the transform makes a resource of this name: each event is named after its owner. */
  private boolean isEvent(String name) {
    return resources.properties().stream()
        .filter(owner -> name.startsWith(owner.getKey()))
        .anyMatch(
            owner ->
                owner
                    .getValue()
                    .at("/Properties/Events")
                    .has(name.substring(owner.getKey().length())));
  }

  /** The names of a resource. */
  ResourceNames resource(String where, String logicalId) {
    JsonNode resource = resources.path(logicalId);
    if (resource.isMissingNode()) {
      throw new TemplateException(where + ": nothing here is named " + logicalId + ".");
    }
    String type = resource.path("Type").asText();
    Optional<String> name =
        ResourceNames.nameProperty(type)
            .filter(property -> resource.path("Properties").has(property))
            .map(
                property ->
                    intrinsics.text(
                        "Resources." + logicalId + ".Properties." + property,
                        resource.path("Properties").path(property)));
    return new ResourceNames(type, logicalId, name);
  }
}
