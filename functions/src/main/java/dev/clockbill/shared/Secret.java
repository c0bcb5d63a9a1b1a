package dev.clockbill.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A secret in Parameter Store, read when it is first used and kept in memory from then on. */
public final class Secret {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final AwsService parameters;
  private final String parameter;
  private String value;
  private Instant readAt;

  /**
   * The secret that a variable of the environment names.
   *
   * @param variable such as {@code PROCESSOR_KEY_PARAMETER}
   */
  public Secret(Environment environment, String variable) {
    this.parameter = environment.required(variable);
    this.parameters = AwsService.parameterStore(environment);
  }

  /** Its value. */
  public synchronized String value() {
    if (value == null) {
      Map<String, Object> read =
          parameters.call("GetParameter", Map.of("Name", parameter, "WithDecryption", true));
      value = Json.text(Json.object(read, "Parameter"), "Value").strip();
      readAt = Time.now();
    }
    return value;
  }

  /**
   * Its value read again, for when the one in memory did not fit: it may have been rotated. Read at
   * most once a minute.
   */
  public synchronized String renewed() {
    if (readAt == null || readAt.plus(FRESH).isBefore(Time.now())) {
      value = null;
    }
    return value();
  }
}
