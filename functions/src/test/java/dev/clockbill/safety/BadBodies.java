package dev.clockbill.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.clockbill.ApiDescription;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bodies of requests that are wrong in every way that we could think of: no JSON, or what the
 * schema of the request asks for with one or more fields of it spoilt. Now and then one is right.
 */
final class BadBodies {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_DEPTH = 4;

  /** Values of no field, or of fields of some kinds only, as they are written. */
  private static final List<String> WRONG =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1.0",
          "1.5",
          "1e400",
          "-1e400",
          "1e-400",
          "1e2147483647",
          "1e2147483648",
          "1e-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "2147483648",
          "1000000001",
          "99999999999999999999999999999999999999999999999999",
          "123456789012345678901234567890123456789012345678901234567890",
          "0.00000000000000000000000000000000000001",
          "NaN",
          "Infinity",
          "01",
          "+1",
          ".5",
          "0x10",
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"1\"",
          "\"-1\"",
          "\"NaN\"",
          "\"null\"",
          "\"true\"",
          "\"100.0001\"",
          "\"1e3\"",
          "\"٣\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"a\\u0007b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ufffe\\uffff\"",
          "\"\\u202etxt\\u2066\"",
          "\"\\u2028\\u2029\\u0085\"",
          "\"line\\r\\nBcc: x@example.com\"",
          "\"\u0000\"",
          "\"\uD83D\uDE00\"",
          "\"2026-02-30\"",
          "\"0000-01-01\"",
          "\"-999999999-01-01\"",
          "\"+999999999-12-31\"",
          "\"9999-12-31\"",
          "\"1970-01-01\"",
          "\"2026-11-22T25:00:00Z\"",
          "\"2026-11-22T17:04:05\"",
          "\"2026-11-22T17:04:05+18:00\"",
          "\"2026-11-22T17:04:05+19:00\"",
          "\"9999-12-31T23:59:59Z\"",
          "\"+1000000000-12-31T23:59:59Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"1970-01-01T00:00:00+01:00\"",
          "\"2026-11-22T17:04:60Z\"",
          "\"01KAXGY0C5D7F9H1K3N5Q7S9V0\"",
          "\"#\"",
          "\"A#B\"",
          "\"{yyyy}{yyyy}\"",
          "\"a@b\"",
          "\"a@example.com,b@example.com\"",
          "\"a@example.com\\r\\nBcc: b@example.com\"",
          "\"<script>alert(1)</script>\"",
          "\"=1+1\"",
          "\"__proto__\"",
          "[]",
          "[null]",
          "[1]",
          "[\"\"]",
          "[[]]",
          "[{}]",
          "{}",
          "{\"\": 1}",
          "{\"a\": null}",
          "{\"percent\": \"10\", \"amount\": 5}",
          "{\"01KAXGY0C5D7F9H1K3N5Q7S9V0\": 5}",
          "{\"#\": -5, \"\\u0000\": 1}");

  /** Whole bodies that are no request's. */
  private static final List<String> NO_REQUEST =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "nul",
          "\"",
          "\"text\"",
          "1",
          "1e400",
          "true",
          "[]",
          "[{}]",
          "[[[[]]]]",
          "{}{}",
          "{} x",
          "{,}",
          "{\"a\"}",
          "{\"a\":}",
          "{a: 1}",
          "{'a': 1}",
          "{\"a\": 1,}",
          "// {}\n{}",
          "/* */{}",
          "\uFEFF{}",
          "<a/>",
          "a=1&b=2",
          "name,email\nA,a@example.com",
          "\u0000",
          "\"\\ud800\"",
          "{\"\\ud800\": 1}",
          "{\"\": 1}",
          "{\"\\u0000\": 1}",
          "{\"name\": \"A\", \"name\": \"B\"}",
          "{\"name\": \"\\x41\"}",
          "{\"name\": \"a\tb\"}");

  private final ApiDescription description;
  private final Random random;

  BadBodies(ApiDescription description, Random random) {
    this.description = description;
    this.random = random;
  }

  /** A body as it is sent. */
  record Body(byte[] bytes, String contentType) {
    @Override
    public String toString() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      String start = text.length() > 500 ? text.substring(0, 500) + "… " + text.length() : text;
      return "(" + contentType + ") " + start;
    }
  }

  /**
   * The next body for a request.
   *
   * @param schema of the JSON that is asked for, or null where it is no JSON
   * @param ids real ids by the names of the fields that hold them
   */
  Body next(Schema<?> schema, Map<String, String> ids) {
    byte[] bytes = schema == null || chance(12) ? noRequest() : spoilt(schema, ids);
    return new Body(bytes, contentType());
  }

  private byte[] noRequest() {
    return switch (random.nextInt(10)) {
      case 0 -> noise(1 + random.nextInt(200));
      case 1 -> "[".repeat(1 << random.nextInt(17)).getBytes(StandardCharsets.UTF_8);
      case 2 -> "{\"a\":".repeat(1 << random.nextInt(14)).getBytes(StandardCharsets.UTF_8);
      case 3 ->
          ("{\"note\": \"" + "x".repeat(1 << random.nextInt(20)) + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      case 4 -> new byte[random.nextInt(3)];
      case 5 -> fields(1 << random.nextInt(15));
      case 6 ->
          ("{\"" + "x".repeat(1 << random.nextInt(21)) + "\": 1}").getBytes(StandardCharsets.UTF_8);
      default -> pick(NO_REQUEST).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** So many fields that nobody has asked for. */
  private static byte[] fields(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> "\"surprise%d\": %d".formatted(at, at))
        .collect(Collectors.joining(", ", "{", "}"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] spoilt(Schema<?> schema, Map<String, String> ids) {
    JsonNode body = value(schema, "", ids, 0);
    int wrongs = chance(25) ? 0 : 1 + random.nextInt(3);
    for (int wrong = 0; wrong < wrongs; wrong++) {
      spoil(body);
    }
    byte[] written = write(body).getBytes(StandardCharsets.UTF_8);
    if (chance(30) && written.length > 2) {
      // One byte of it is another one, as if it was damaged on its way.
      written[random.nextInt(written.length)] = (byte) random.nextInt(256);
    }
    return chance(40) ? Arrays.copyOf(written, random.nextInt(written.length)) : written;
  }

  private String write(JsonNode body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Changes one place of a body, at any depth. */
  private void spoil(JsonNode body) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(body, objects);
    if (objects.isEmpty()) {
      return;
    }
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || chance(8)) {
      object.set(
          chance(2) ? "surprise" : pick(List.of("", "firmId", "version", "#", "a.b", "\n")),
          wrong());
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name, NODES.textNode("x".repeat(1 << random.nextInt(14))));
      case 2 -> {
        ArrayNode many = NODES.arrayNode();
        for (int at = 0; at < 1 << random.nextInt(11); at++) {
          many.add(at);
        }
        object.set(name, many);
      }
      case 3 -> object.set(name, NODES.rawValueNode(new RawValue(deep(1 << random.nextInt(8)))));
      case 4 -> {
        if (object.get(name) instanceof ArrayNode list && !list.isEmpty()) {
          list.set(random.nextInt(list.size()), wrong());
          list.add(list.get(0));
        } else {
          object.set(name, wrong());
        }
      }
      default -> object.set(name, wrong());
    }
  }

  private static String deep(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private JsonNode wrong() {
    return NODES.rawValueNode(new RawValue(pick(WRONG)));
  }

  /** A value that a schema asks for. */
  private JsonNode value(Schema<?> described, String name, Map<String, String> ids, int depth) {
    Schema<?> schema = description.resolved(described);
    if (ids.containsKey(name)) {
      return NODES.textNode(ids.get(name));
    }
    if (schema.getAllOf() != null && !schema.getAllOf().isEmpty()) {
      return value(schema.getAllOf().getFirst(), name, ids, depth);
    }
    if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
      return value(pick(List.copyOf(schema.getOneOf())), name, ids, depth);
    }
    if (schema.getEnum() != null) {
      Object word = pick(new ArrayList<>(schema.getEnum()));
      return word == null ? NODES.nullNode() : NODES.textNode(word.toString());
    }
    String type = schema.getType() == null ? "object" : schema.getType();
    return switch (type) {
      case "object" -> object(schema, ids, depth);
      case "array" -> {
        ArrayNode list = NODES.arrayNode();
        int size = depth > MOST_DEPTH ? 0 : random.nextInt(3);
        for (int at = 0; at < size; at++) {
          list.add(value(schema.getItems(), singular(name), ids, depth + 1));
        }
        yield list;
      }
      case "integer", "number" -> NODES.numberNode(number(schema));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.textNode(text(schema));
    };
  }

  private static String singular(String name) {
    return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
  }

  private JsonNode object(Schema<?> schema, Map<String, String> ids, int depth) {
    ObjectNode object = NODES.objectNode();
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (field, of) -> {
                boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(field);
                if (depth <= MOST_DEPTH && (required || random.nextBoolean())) {
                  object.set(field, value(of, field, ids, depth + 1));
                }
              });
    }
    if (schema.getAdditionalProperties() instanceof Schema<?> of && random.nextBoolean()) {
      object.set(ids.getOrDefault("serviceId", "x"), value(of, "", ids, depth + 1));
    }
    return object;
  }

  private long number(Schema<?> schema) {
    long least = schema.getMinimum() == null ? -10 : schema.getMinimum().longValue();
    long most = schema.getMaximum() == null ? 100_000 : schema.getMaximum().longValue();
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      default -> least + (long) (random.nextDouble() * Math.min(most - least, 1_000));
    };
  }

  private String text(Schema<?> schema) {
    if (schema.getExample() != null && random.nextBoolean()) {
      return schema.getExample().toString();
    }
    return switch (schema.getFormat() == null ? "" : schema.getFormat()) {
      case "date-time" -> "2026-11-" + (10 + random.nextInt(15)) + "T10:00:00Z";
      case "date" -> "2026-11-" + (10 + random.nextInt(15));
      case "email" -> "a" + random.nextInt(1_000) + "@example.com";
      default ->
          pick(List.of("text", "8.25", "USD", "Europe/Vienna", "INV-{yyyy}-", "Ärger & Söhne"));
    };
  }

  private String contentType() {
    return chance(6)
        ? pick(
            List.of(
                "text/plain",
                "text/csv",
                "image/png",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/xml",
                "multipart/form-data; boundary=x",
                ";;;"))
        : "application/json";
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
