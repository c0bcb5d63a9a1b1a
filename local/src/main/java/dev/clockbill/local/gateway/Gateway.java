package dev.clockbill.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.HttpHandler;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.template.FunctionEntry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP API in front of the functions. */
public final class Gateway implements HttpHandler {
  private final RouteTable routes;
  private final TokenVerifier tokens;
  private final Invoker invoker;
  private final InstantSource clock;

  /**
   * Creates a gateway with the routes of these functions.
   *
   * @param tokens verifies the tokens on routes that are not open
   */
  public Gateway(
      List<FunctionEntry> functions, TokenVerifier tokens, Invoker invoker, InstantSource clock) {
    this.routes = new RouteTable(functions);
    this.tokens = tokens;
    this.invoker = invoker;
    this.clock = clock;
  }

  @Override
  public Response answer(Request request) {
    Optional<RouteTable.Match> match = routes.match(request.method(), request.path());
    if (match.isEmpty()) {
      return Response.json(404, Map.of("message", "Not Found"));
    }
    Optional<Map<String, Object>> claims = Optional.empty();
    if (!match.get().route().open()) {
      Optional<String> token = request.header("authorization").map(Gateway::withoutScheme);
      if (token.isEmpty()) {
        return unauthorized("Bearer");
      }
      try {
        claims = Optional.of(tokens.claims(token.get()));
      } catch (TokenVerifier.Refused refused) {
        return unauthorized(
            "Bearer scope=\"\" error=\"invalid_token\" error_description=\"%s\""
                .formatted(refused.getMessage()));
      }
    }
    return invoke(
        match.get().function(), Payload.event(request, match.get(), claims, clock.instant()));
  }

  private Response invoke(String function, ObjectNode event) {
    byte[] payload = event.toString().getBytes(StandardCharsets.UTF_8);
    if (payload.length > HttpServer.LARGEST_BODY) {
      return Response.json(413, Map.of("message", "Request Entity Too Large"));
    }
    try {
      return FunctionResponse.read(invoker.invoke(function, payload));
    } catch (FunctionFailed failed) {
      System.err.println(function + " failed: " + failed.errorType() + ": " + failed.getMessage());
      return FunctionResponse.failure();
    }
  }

  /** The authorizer accepts a token with or without the word Bearer. */
  private static String withoutScheme(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : header;
  }

  private static Response unauthorized(String challenge) {
    return Response.json(401, Map.of("message", "Unauthorized"))
        .with("www-authenticate", challenge);
  }
}
