package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.http.Call;

/**
 * A call of an AWS API, as its wire format carries it.
 *
 * @param caller logical id of the function that calls, by the key id it signs with; {@code *} for
 *     the stack itself, which may do everything
 * @param service the service's signing name: {@code dynamodb}, {@code states}, {@code ses}, {@code
 *     cognito-idp}, {@code ssm}
 * @param operation the operation, such as {@code PutItem} or {@code SendEmail}
 * @param body the request; for REST-JSON services the body, path parameters are in {@code http}
 * @param http the request as it came
 */
public record AwsCall(String caller, String service, String operation, JsonNode body, Call http) {}
