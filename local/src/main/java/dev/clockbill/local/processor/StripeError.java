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

  private StripeError(int status, String type, String code, String parameter, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
    this.parameter = parameter;
  }

  static StripeError invalid(String code, String parameter, String message) {
    return new StripeError(400, "invalid_request_error", code, parameter, message);
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
        401, "invalid_request_error", "", "", "Invalid API Key provided: it is not the stack's.");
  }

  static StripeError otherParameters() {
    return new StripeError(
        400,
        "idempotency_error",
        "",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with.");
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
        429, "rate_limit_error", "rate_limit", "", "Too many requests. Try again later.");
  }

  static StripeError broken(String operation) {
    return new StripeError(
        500, "api_error", "", "", "The stack was told to let " + operation + " fail.");
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
