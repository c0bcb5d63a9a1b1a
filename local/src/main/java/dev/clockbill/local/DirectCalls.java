package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.gateway.FunctionAnswer;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Paths whose POST invokes a function that has no route: the body is its event, its JSON the
 * answer, and each of the answer's {@code users} gets a token of theirs added.
 */
final class DirectCalls {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> functions;
  private final Invoker invoker;
  private final Function<String, Optional<String>> tokens;

  /**
   * Direct calls.
   *
   * @param functions by path
   * @param tokens the token of a user; empty for one who cannot log in
   */
  DirectCalls(
      Map<String, String> functions, Invoker invoker, Function<String, Optional<String>> tokens) {
    this.functions = functions;
    this.invoker = invoker;
    this.tokens = tokens;
  }

  /** Their routes. */
  Router router() {
    Router router = new Router();
    functions.forEach(
        (path, function) -> router.on("POST", path, (call, parameters) -> invoke(function, call)));
    return router;
  }

  private Answer invoke(String function, Call call) throws IOException {
    byte[] event = call.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : call.body();
    try {
      JSON.readTree(event);
    } catch (IOException malformed) {
      return Answer.json(400, Map.of("message", "The body is not JSON."));
    }
    try {
      byte[] payload = invoker.invoke(function, event);
      Answer answer = FunctionAnswer.read(payload);
      boolean response = JSON.readTree(payload).has("statusCode");
      return answer.status() < 300 ? withTokens(answer, response ? answer.status() : 201) : answer;
    } catch (FunctionFailed failed) {
      return Answer.json(
          500,
          Map.of("message", function + ": " + failed.errorType() + ": " + failed.getMessage()));
    }
  }

  private Answer withTokens(Answer answer, int status) throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    for (JsonNode user : body.path("users")) {
      tokens
          .apply(user.path("user").asText())
          .ifPresent(token -> ((ObjectNode) user).put("token", token));
    }
    return Answer.json(status, body);
  }
}
