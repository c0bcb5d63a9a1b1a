package dev.clockbill.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import dev.clockbill.local.http.Front;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.template.FunctionEntry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API Gateway's HTTP API in front of the functions. */
public final class Gateway implements Front {
  private final RouteTable routes;
  private final Tokens tokens;
  private final Invoker invoker;
  private final InstantSource clock;

  /**
   * A gateway for the routes of these functions.
   *
   * @param tokens checks the tokens of routes that are not open
   */
  public Gateway(
      List<FunctionEntry> functions, Tokens tokens, Invoker invoker, InstantSource clock) {
    this.routes = new RouteTable(functions);
    this.tokens = tokens;
    this.invoker = invoker;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    Optional<RouteTable.Match> match = routes.match(call.method(), call.path());
    if (match.isEmpty()) {
      return Answer.json(404, Map.of("message", "Not Found"));
    }
    Optional<Map<String, Object>> claims = Optional.empty();
    if (!match.get().route().open()) {
      Optional<String> token = call.header("authorization").map(Gateway::withoutScheme);
      if (token.isEmpty()) {
        return unauthorized("Bearer");
      }
      try {
        claims = Optional.of(tokens.claims(token.get()));
      } catch (Tokens.Refused refused) {
        return unauthorized(
            "Bearer scope=\"\" error=\"invalid_token\" error_description=\"%s\""
                .formatted(refused.getMessage()));
      }
    }
    return invoke(
        match.get().function(), Payload.event(call, match.get(), claims, clock.instant()));
  }

  private Answer invoke(String function, ObjectNode event) {
    byte[] payload = event.toString().getBytes(StandardCharsets.UTF_8);
    if (payload.length > HttpServer.LARGEST_BODY) {
      return Answer.json(413, Map.of("message", "Request Entity Too Large"));
    }
    try {
      return FunctionAnswer.read(invoker.invoke(function, payload));
    } catch (FunctionFailed failed) {
      System.err.println(function + " failed: " + failed.errorType() + ": " + failed.getMessage());
      return FunctionAnswer.failure();
    }
  }

  /** The token alone, or after the word Bearer: the authorizer takes both. */
  private static String withoutScheme(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : header;
  }

  private static Answer unauthorized(String challenge) {
    return Answer.json(401, Map.of("message", "Unauthorized")).with("www-authenticate", challenge);
  }
}
