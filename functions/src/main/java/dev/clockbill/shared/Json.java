package dev.clockbill.shared;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, text, whole numbers, {@code BigDecimal}s and booleans: nothing is bound to
 * classes, so a starting function spends no time on reflection.
 */
public final class Json {
  private static final JSON MAPS =
      JSON.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(50)
                          .build())
                  .build())
          .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JSON.Feature.WRITE_NULL_PROPERTIES)
          .disable(JSON.Feature.PRETTY_PRINT_OUTPUT)
          .build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IllegalArgumentException if the text is not JSON, or more than one value
   */
  public static Object read(String text) {
    return value(text);
  }

  /** Reads one JSON value from what jackson-jr makes a parser of. */
  private static Object value(Object source) {
    try (JsonParser parser = MAPS.createParser(source)) {
      Object value = MAPS.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("Something follows after its end");
      }
      return value;
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Reads JSON that is an object; an empty one where it is something else.
   *
   * @throws IllegalArgumentException for text that is no JSON
   */
  public static Map<String, Object> readObject(String text) {
    return asObject(value(text));
  }

  /** Reads the same from UTF-8: the way in which a function has read its event before. */
  public static Map<String, Object> readObject(byte[] text) {
    return asObject(value(text));
  }

  @SuppressWarnings("unchecked") // what is read has text as keys
  private static Map<String, Object> asObject(Object value) {
    return value instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
  }

  /** Reads the JSON object that a function is invoked with. */
  public static Map<String, Object> read(InputStream input) throws IOException {
    return MAPS.mapFrom(input);
  }

  /** Writes maps, lists, text, numbers, booleans and null. */
  public static String write(Object value) {
    try {
      return MAPS.asString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Writes the same in UTF-8. */
  public static void write(Object value, OutputStream output) throws IOException {
    output.write(write(value).getBytes(StandardCharsets.UTF_8));
  }

  /** The object under a name, or an empty one where there is none. */
  public static Map<String, Object> object(Map<String, Object> parent, String name) {
    return asObject(parent.get(name));
  }

  /** The objects in a list below another object; what is no object is left out. */
  @SuppressWarnings("unchecked") // what is read has text as keys
  public static List<Map<String, Object>> objects(Map<String, Object> parent, String name) {
    return parent.get(name) instanceof List<?> found
        ? found.stream()
            .filter(Map.class::isInstance)
            .map(each -> (Map<String, Object>) each)
            .toList()
        : List.of();
  }

  /** The text under a name, or null where there is none. */
  public static String text(Map<String, Object> parent, String name) {
    Object found = parent.get(name);
    return found == null ? null : found.toString();
  }

  /**
   * An object of alternating names and values, in that order; values may be null.
   *
   * @throws IllegalArgumentException for an odd number of arguments
   */
  public static Map<String, Object> object(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    Map<String, Object> built = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      built.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return built;
  }
}
