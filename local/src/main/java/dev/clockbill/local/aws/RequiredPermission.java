package dev.clockbill.local.aws;

import java.util.Map;

/**
 * A permission that a request needs.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN of the resource, or {@code *} if the action has none
 * @param context values of condition keys, such as {@code ses:FromAddress}
 */
public record RequiredPermission(String action, String resource, Map<String, String> context) {
  /** A permission without condition keys. */
  public static RequiredPermission of(String action, String resource) {
    return new RequiredPermission(action, resource, Map.of());
  }
}
