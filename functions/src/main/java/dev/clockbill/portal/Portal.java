package dev.clockbill.portal;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Pages;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The start page, the API's description and the sign of life: public. */
public final class Portal implements RequestStreamHandler {
  private static final String DESCRIPTION = "/openapi.yaml";

  /** Configured by the function's own environment. */
  public Portal() {
    this(System.getenv());
  }

  /** Configured by these variables, of which it needs none. */
  @SuppressWarnings("unused") // every handler is made alike
  public Portal(Map<String, String> variables) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /" -> Pages.page(200, Templates.html("start", DESCRIPTION), "'none'");
      case "GET /openapi.yaml" ->
          Response.of(200, "application/yaml; charset=utf-8", resource(DESCRIPTION))
              .with("cache-control", "public, max-age=300");
      case "GET /health" ->
          Response.json(200, Json.object("status", "up")).with("cache-control", "no-store");
      default -> throw Http.unknownRoute(request);
    };
  }

  private static String resource(String path) {
    try (InputStream file = Portal.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("The artifact lacks its resource " + path + ".");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
