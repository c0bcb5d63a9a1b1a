package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.http.Request;

/**
 * A request to an AWS API.
 *
 * @param caller logical id of the calling function, known by its key id; {@code *} for the stack
 *     itself, which may do everything
 * @param service the service's signing name: {@code dynamodb}, {@code states}, {@code ses}, {@code
 *     cognito-idp}, {@code ssm}
 * @param operation the operation, such as {@code PutItem} or {@code SendEmail}
 * @param body the request; for REST-JSON services the body, path parameters are in {@code http}
 * @param http the HTTP request
 */
public record AwsCall(
    String caller, String service, String operation, JsonNode body, Request http) {}
