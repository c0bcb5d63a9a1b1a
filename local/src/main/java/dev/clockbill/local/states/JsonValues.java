package dev.clockbill.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the interpreter keeps it, and as the expression language wants it; numbers are exact. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonValues() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  /** Reads one JSON value; nothing at all is refused as well. */
  static JsonNode read(String text) throws JsonProcessingException {
    JsonNode value = MAPPER.readTree(text);
    if (value.isMissingNode()) {
      throw new com.fasterxml.jackson.databind.JsonMappingException(
          null, "There is no JSON value.");
    }
    return value;
  }

  /** A JSON value as the expression language takes it. */
  static Object toJava(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        value.properties().forEach(each -> fields.put(each.getKey(), toJava(each.getValue())));
        yield fields;
      }
      case ARRAY -> {
        List<Object> elements = new ArrayList<>();
        value.forEach(each -> elements.add(toJava(each)));
        yield elements;
      }
      case NUMBER -> number(value.decimalValue()).numberValue();
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NULL, MISSING, POJO, BINARY -> Jsonata.NULL_VALUE;
    };
  }

  /**
   * What an expression gave as a JSON value.
   *
   * @throws IllegalArgumentException for what JSON cannot hold, such as a function
   */
  static JsonNode toJson(Object value) {
    if (value == null || value == Jsonata.NULL_VALUE) {
      return NODES.nullNode();
    }
    return switch (value) {
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Number number -> number(new BigDecimal(number.toString()));
      case List<?> list -> {
        ArrayNode array = NODES.arrayNode();
        list.forEach(each -> array.add(toJson(each)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, each) -> object.set(name.toString(), toJson(each)));
        yield object;
      }
      default -> throw new IllegalArgumentException("it is no JSON value");
    };
  }

  /** Whole numbers stay whole, however they were written or computed. */
  private static JsonNode number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() > 0) {
      return NODES.numberNode(value);
    }
    BigInteger whole = plain.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return NODES.numberNode(whole.intValueExact());
    }
    return whole.bitLength() < Long.SIZE
        ? NODES.numberNode(whole.longValueExact())
        : NODES.numberNode(whole);
  }
}
