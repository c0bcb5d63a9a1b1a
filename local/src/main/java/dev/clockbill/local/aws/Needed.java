package dev.clockbill.local.aws;

import java.util.Map;

/**
 * A grant that a call needs.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN acted on, or {@code *} where the action knows no resource
 * @param context values of condition keys, such as {@code ses:FromAddress}
 */
public record Needed(String action, String resource, Map<String, String> context) {
  /** A need without condition keys. */
  public static Needed of(String action, String resource) {
    return new Needed(action, resource, Map.of());
  }
}
