package dev.clockbill.local.processor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a request, as Stripe's clients encode them: {@code a[0][b]=c}.
 *
 * @param values by path, such as {@code a.0.b}
 */
record Form(Map<String, String> values) {

  /**
   * Reads parameters.
   *
   * @param known the supported paths; {@code #} matches an index, {@code *} at the end any name
   * @throws StripeError naming an unknown parameter
   */
  static Form of(Map<String, String> parameters, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          String path = name.replace("[]", "[0]").replace("]", "").replace("[", ".");
          if (!knows(known, path)) {
            throw StripeError.wrongParameter(
                "parameter_unknown", path, "Received unknown parameter: " + name);
          }
          values.put(path, value);
        });
    return new Form(values);
  }

  private static boolean knows(Set<String> known, String path) {
    String pattern = path.replaceAll("\\.\\d+(?=\\.|$)", ".#");
    int last = pattern.lastIndexOf('.');
    return known.contains(pattern)
        || (last >= 0 && known.contains(pattern.substring(0, last) + ".*"));
  }

  Optional<String> text(String path) {
    return Optional.ofNullable(values.get(path)).filter(value -> !value.isEmpty());
  }

  String required(String path) {
    return text(path).orElseThrow(() -> StripeError.missingParameter(path));
  }

  Optional<Long> number(String path) {
    return text(path)
        .map(
            text -> {
              if (!text.matches("\\d{1,15}")) {
                throw StripeError.wrongParameter(
                    "parameter_invalid_integer", path, "Invalid integer: " + text);
              }
              return Long.valueOf(text);
            });
  }

  /** The values directly below a path, by name. */
  Map<String, String> below(String path) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(path + "."))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(path.length() + 1),
                Map.Entry::getValue,
                (first, second) -> second,
                LinkedHashMap::new));
  }

  /** The paths of a list's items. */
  List<String> items(String path) {
    return below(path).keySet().stream()
        .map(below -> path + "." + below.split("\\.", 2)[0])
        .distinct()
        .toList();
  }

  /** A path as the client wrote it. */
  static String name(String path) {
    String[] steps = path.split("\\.");
    StringBuilder name = new StringBuilder(steps[0]);
    for (int at = 1; at < steps.length; at++) {
      name.append('[').append(steps[at]).append(']');
    }
    return name.toString();
  }
}
