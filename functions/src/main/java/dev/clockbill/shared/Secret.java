package dev.clockbill.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A secret in Parameter Store, read when it is first used and kept in memory from then on. */
public final class Secret {
  private final Parameters parameters;
  private final String parameter;

  private Secret(Parameters parameters, String parameter) {
    this.parameters = parameters;
    this.parameter = parameter;
  }

  /**
   * The secret that a variable of the environment names.
   *
   * @param variable such as {@code PROCESSOR_KEY_PARAMETER}
   */
  public Secret(Environment environment, String variable) {
    this(
        new Parameters(
            AwsService.parameterStore(environment), List.of(environment.required(variable))),
        environment.required(variable));
  }

  /**
   * The secrets that variables of the environment name, for a function that needs all of them: they
   * are read in one call.
   */
  public static List<Secret> together(Environment environment, String... variables) {
    Parameters all =
        new Parameters(
            AwsService.parameterStore(environment),
            Stream.of(variables).map(environment::required).toList());
    return all.names.stream().map(name -> new Secret(all, name)).toList();
  }

  /** Its value. */
  public String value() {
    return parameters.value(parameter);
  }

  /**
   * Its value read again, for when the one in memory did not fit: it may have been rotated. Read at
   * most once a minute.
   */
  public String renewed() {
    return parameters.renewed(parameter);
  }

  /** Parameters that are read together. */
  private static final class Parameters {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final AwsService service;
    private final List<String> names;
    private final Map<String, String> values = new HashMap<>();
    private Instant readAt;

    Parameters(AwsService service, List<String> names) {
      this.service = service;
      this.names = names;
    }

    synchronized String value(String name) {
      if (!values.containsKey(name)) {
        read()
            .forEach(each -> values.put(Json.text(each, "Name"), Json.text(each, "Value").strip()));
        readAt = Time.now();
      }
      String value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("There is no parameter " + name + ".");
      }
      return value;
    }

    synchronized String renewed(String name) {
      if (readAt == null || readAt.plus(FRESH).isBefore(Time.now())) {
        values.clear();
      }
      return value(name);
    }

    private List<Map<String, Object>> read() {
      if (names.size() == 1) {
        Map<String, Object> one = Map.of("Name", names.getFirst(), "WithDecryption", true);
        return List.of(Json.object(service.call("GetParameter", one), "Parameter"));
      }
      Map<String, Object> several = Map.of("Names", names, "WithDecryption", true);
      return Json.objects(service.call("GetParameters", several), "Parameters");
    }
  }
}
