package dev.clockbill.shared;

import java.util.Map;
import java.util.Set;

/** An AWS service refused a call, or failed. */
public final class AwsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SERVER_ERROR = 500;

  /** What the SDK takes for throttling ({@code AwsErrorCode} of aws-sdk-java-v2). */
  private static final Set<String> THROTTLED =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "ProvisionedThroughputExceededException",
          "SlowDown",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "TransactionInProgressException");

  private final String code;
  private final int status;
  private final transient Map<String, Object> answer;

  AwsRefused(String service, String operation, int status, Map<String, Object> answer) {
    super(
        "%s answers %s with %d %s: %s"
            .formatted(service, operation, status, code(answer), message(answer)));
    this.code = code(answer);
    this.status = status;
    this.answer = answer;
  }

  /** The error's name stands behind a {@code #} and its model's name. */
  private static String code(Map<String, Object> answer) {
    String type = Json.text(answer, "__type");
    return type == null ? "" : type.substring(type.indexOf('#') + 1);
  }

  private static String message(Map<String, Object> answer) {
    String message = Json.text(answer, "message");
    return message == null ? Json.text(answer, "Message") : message;
  }

  /** The error's name, such as {@code ConditionalCheckFailedException}; empty if it has none. */
  public String code() {
    return code;
  }

  /** All that the service says of it. */
  public Map<String, Object> answer() {
    return answer == null ? Map.of() : answer;
  }

  /** Whether too much was asked for. */
  public boolean throttled() {
    return THROTTLED.contains(code);
  }

  /** Whether the same call may succeed a moment later. */
  boolean passing() {
    return status >= SERVER_ERROR || throttled();
  }
}
