package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.gateway.FunctionResponse;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Paths for functions that have no route: a POST invokes the function with the body as its event.
 * The response is the function's JSON, with a token added to each of its {@code users}.
 */
final class DirectCalls {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> functions;
  private final Invoker invoker;
  private final Function<String, Optional<String>> tokens;

  /**
   * Creates the paths.
   *
   * @param functions logical ids of functions by path
   * @param tokens gives the token of a user; empty for a user who cannot log in
   */
  DirectCalls(
      Map<String, String> functions, Invoker invoker, Function<String, Optional<String>> tokens) {
    this.functions = functions;
    this.invoker = invoker;
    this.tokens = tokens;
  }

  /** The routes. */
  Router router() {
    Router router = new Router();
    functions.forEach(
        (path, function) ->
            router.on("POST", path, (request, parameters) -> invoke(function, request)));
    return router;
  }

  private Response invoke(String function, Request request) throws IOException {
    byte[] event =
        request.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : request.body();
    try {
      JSON.readTree(event);
    } catch (IOException malformed) {
      return Response.json(400, Map.of("message", "The body is not JSON."));
    }
    try {
      byte[] payload = invoker.invoke(function, event);
      Response response = FunctionResponse.read(payload);
      boolean hasStatus = JSON.readTree(payload).has("statusCode");
      return response.status() < 300
          ? withTokens(response, hasStatus ? response.status() : 201)
          : response;
    } catch (FunctionFailed failed) {
      return Response.json(
          500,
          Map.of("message", function + ": " + failed.errorType() + ": " + failed.getMessage()));
    }
  }

  private Response withTokens(Response response, int status) throws IOException {
    JsonNode body = JSON.readTree(response.body());
    for (JsonNode user : body.path("users")) {
      tokens
          .apply(user.path("user").asText())
          .ifPresent(token -> ((ObjectNode) user).put("token", token));
    }
    return Response.json(status, body);
  }
}
