package dev.clockbill.local.states;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The functions that Step Functions adds to JSONata, and those that read the clock of the stack. An
 * undefined argument gives an undefined result.
 */
final class AddedFunctions {
  private static final Set<String> DIGESTS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  /** No array of {@code $range} is longer, as on AWS. */
  private static final int LONGEST_RANGE = 1000;

  private AddedFunctions() {}

  static void bind(Frame frame, Instant now) {
    long millis = now.toEpochMilli();
    bind(
        frame, "partition", "<an:a>", arguments -> partition(list(arguments, 0), at(arguments, 1)));
    bind(
        frame,
        "range",
        "<nnn:a>",
        arguments -> range(at(arguments, 0), at(arguments, 1), at(arguments, 2)));
    bind(frame, "hash", "<ss:s>", arguments -> hash(text(arguments, 0), text(arguments, 1)));
    bind(frame, "uuid", "<:s>", arguments -> UUID.randomUUID().toString());
    bind(frame, "parse", "<s:x>", arguments -> parse(text(arguments, 0)));
    bind(frame, "random", "<n?:n>", AddedFunctions::random);
    bind(frame, "millis", "<:n>", arguments -> millis);
    bind(
        frame,
        "now",
        "<s?s?:s>",
        arguments -> Functions.dateTimeFromMillis(millis, text(arguments, 0), text(arguments, 1)));
  }

  private interface Body {
    Object apply(List<?> arguments);
  }

  private static void bind(Frame frame, String name, String signature, Body body) {
    JFunctionCallable callable =
        (input, arguments) -> body.apply(arguments == null ? List.of() : arguments);
    frame.bind(name, new JFunction(callable, signature));
  }

  private static List<List<Object>> partition(List<?> array, Number size) {
    if (array == null || size == null) {
      return null;
    }
    int length = new BigDecimal(size.toString()).intValueExact();
    if (length < 1) {
      throw new IllegalArgumentException("$partition needs a positive size");
    }
    List<List<Object>> parts = new ArrayList<>();
    for (int start = 0; start < array.size(); start += length) {
      parts.add(new ArrayList<>(array.subList(start, Math.min(start + length, array.size()))));
    }
    return parts;
  }

  private static List<Number> range(Number first, Number last, Number step) {
    if (first == null || last == null || step == null) {
      return null;
    }
    BigDecimal by = new BigDecimal(step.toString());
    BigDecimal end = new BigDecimal(last.toString());
    if (by.signum() == 0) {
      throw new IllegalArgumentException("$range needs a step other than 0");
    }
    List<Number> numbers = new ArrayList<>();
    BigDecimal number = new BigDecimal(first.toString());
    while (number.compareTo(end) * by.signum() <= 0) {
      if (numbers.size() == LONGEST_RANGE) {
        throw new IllegalArgumentException("$range gives at most 1000 numbers");
      }
      numbers.add(JsonValues.toJson(number).numberValue());
      number = number.add(by);
    }
    return numbers;
  }

  private static String hash(String text, String algorithm) {
    if (text == null || algorithm == null) {
      return null;
    }
    if (!DIGESTS.contains(algorithm)) {
      throw new IllegalArgumentException("$hash does not know the algorithm " + algorithm);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static Object parse(String text) {
    if (text == null) {
      return null;
    }
    try {
      return JsonValues.toJava(JsonValues.read(text));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("$parse was given what is not JSON", malformed);
    }
  }

  private static Number random(List<?> arguments) {
    Number seed = at(arguments, 0);
    return seed == null ? Functions.random() : new Random(seed.longValue()).nextDouble();
  }

  private static Number at(List<?> arguments, int index) {
    return index < arguments.size() ? (Number) arguments.get(index) : null;
  }

  private static String text(List<?> arguments, int index) {
    return index < arguments.size() ? (String) arguments.get(index) : null;
  }

  private static List<?> list(List<?> arguments, int index) {
    return index < arguments.size() ? (List<?>) arguments.get(index) : null;
  }
}
