package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * What each service answers when it is asked too often, as its API reference lists the error:
 * DynamoDB cancels a transaction with the reason {@code ThrottlingError} and refuses anything else
 * with {@code ThrottlingException}, Step Functions and Parameter Store know {@code
 * ThrottlingException}, Cognito {@code TooManyRequestsException}.
 *
 * <p>SES has two: {@code TooManyRequestsException} (429) among the errors of its operations, and
 * {@code ThrottlingException} among those that are common to all of them and where a quota is used
 * up (SES developer guide, "Errors related to the sending quotas for your Amazon SES account").
 * Either may come at any call; here a mail meets the first and the suppression list the other.
 */
final class Throttling {
  private static final String TABLE_BUSY =
      "Throughput exceeds the current capacity of your table or index.";

  private Throttling() {}

  static Response answer(AwsCall call, AwsService service) {
    return switch (call.service()) {
      case "dynamodb" ->
          call.operation().equals("TransactWriteItems")
              ? cancelled(call.body().path("TransactItems"))
              : service.error(400, "ThrottlingException", TABLE_BUSY);
      case "ses" ->
          call.operation().equals("SendEmail")
              ? service.error(429, "TooManyRequestsException", "Too many requests.")
              : service.error(400, "ThrottlingException", "Rate exceeded");
      case "cognito-idp" -> service.error(400, "TooManyRequestsException", "Too many requests.");
      case "states", "ssm" -> service.error(400, "ThrottlingException", "Rate exceeded");
      default -> throw new IllegalStateException(call.service());
    };
  }

  /** The first write of the transaction meets a busy partition. */
  private static Response cancelled(JsonNode writes) {
    ObjectNode error =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", "com.amazonaws.dynamodb.v20120810#TransactionCanceledException");
    ArrayNode reasons = error.putArray("CancellationReasons");
    List<String> codes = new ArrayList<>();
    for (int at = 0; at < writes.size(); at++) {
      codes.add(at == 0 ? "ThrottlingError" : "None");
      ObjectNode reason = reasons.addObject().put("Code", codes.getLast());
      if (at == 0) {
        reason.put("Message", TABLE_BUSY);
      }
    }
    error.put(
        "Message",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes);
    return Response.json(400, error);
  }
}
