package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Response;
import java.util.Optional;

/** An error in Stripe's format. */
final class StripeError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;
  private final String parameter;
  private final boolean kept;

  private StripeError(int status, String type, String code, String parameter, String message) {
    this(status, type, code, parameter, message, true);
  }

  private StripeError(
      int status, String type, String code, String parameter, String message, boolean kept) {
    super(message);
    this.kept = kept;
    this.status = status;
    this.type = type;
    this.code = code;
    this.parameter = parameter;
  }

  static StripeError invalid(String code, String parameter, String message) {
    return new StripeError(400, "invalid_request_error", code, parameter, message);
  }

  /** A parameter that is wrong by itself: the request is refused before anything is done. */
  static StripeError wrongParameter(String code, String path, String message) {
    return new StripeError(400, "invalid_request_error", code, Form.name(path), message, false);
  }

  /** A parameter that is not there, by its path. */
  static StripeError missingParameter(String path) {
    return wrongParameter(
        "parameter_missing", path, "Missing required param: " + Form.name(path) + ".");
  }

  static StripeError missing(String what, String id) {
    return new StripeError(
        404,
        "invalid_request_error",
        "resource_missing",
        "id",
        "No such " + what + ": '" + id + "'");
  }

  static StripeError wrongKey() {
    return new StripeError(
        401,
        "invalid_request_error",
        "",
        "",
        "Invalid API Key provided: it is not the stack's.",
        false);
  }

  /** The platform has no access to an account, or not any more. */
  static StripeError noAccess(String account) {
    return new StripeError(
        403,
        "invalid_request_error",
        "account_invalid",
        "",
        "The provided key does not have access to account '"
            + account
            + "' (or that account does not exist). Application access may have been revoked.",
        false);
  }

  static StripeError otherParameters() {
    return new StripeError(
        400,
        "idempotency_error",
        "",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with.",
        false);
  }

  /** Another request with the same idempotency key is being executed. */
  static StripeError keyInUse(String key) {
    return new StripeError(
        409,
        "idempotency_error",
        "idempotency_key_in_use",
        "",
        "There is currently another in-progress request using this idempotent key: " + key,
        false);
  }

  static StripeError unknownCall(String method, String path) {
    return new StripeError(
        404,
        "invalid_request_error",
        "",
        "",
        "The stack does not know the call " + method + " " + path + " of Stripe.");
  }

  static StripeError tooMany() {
    return new StripeError(
        429, "rate_limit_error", "rate_limit", "", "Too many requests. Try again later.", false);
  }

  static StripeError broken(String operation) {
    return new StripeError(
        500, "api_error", "", "", "The stack was told to let " + operation + " fail.");
  }

  /**
   * Whether the same idempotency key gives this error again. Stripe keeps the answer once it has
   * begun to execute the request, errors included; what fails validation, meets another request, or
   * is limited by rate is not kept. Source: Stripe's documentation, "Idempotent requests" and
   * "Advanced error handling".
   */
  boolean isKept() {
    return kept;
  }

  Response answer() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error").put("type", type).put("message", getMessage());
    Optional.of(code).filter(text -> !text.isEmpty()).ifPresent(text -> error.put("code", text));
    Optional.of(parameter)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> error.put("param", text));
    return Response.json(status, body);
  }
}
