package dev.clockbill.http;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.KeepAwake;
import dev.clockbill.shared.Log;
import dev.clockbill.table.Table;
import dev.clockbill.table.WrongCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Function;

/** Carries a request from the gateway to a handler's routes and its answer back. */
public final class Http {
  private Http() {}

  /** What a handler does with a request; {@link Problem}s become their answers. */
  @FunctionalInterface
  public interface Routes {
    /** Answers one request. */
    Response answer(Request request);
  }

  /**
   * Reads the event, answers it, writes the answer. Any other exception is logged with the
   * request's id and answered with 500, without its message.
   */
  public static void serve(InputStream input, OutputStream output, Routes routes)
      throws IOException {
    Map<String, Object> event = Json.read(input);
    if (KeepAwake.answered(event, output)) {
      return;
    }
    Request request = Request.of(event);
    Response response = answer(request, routes);
    Json.write(response.payload(), output);
  }

  /**
   * The same for routes behind the login: refuses everybody whose access has ended meanwhile.
   *
   * @param table where the firm's members are
   */
  public static void serveMembers(
      InputStream input, OutputStream output, Table table, Routes routes) throws IOException {
    Membership membership = new Membership(table);
    serve(input, output, request -> routes.answer(membership.admitted(request)));
  }

  /**
   * Reads the fields that a function without a route is invoked with, and writes an answer of the
   * same shape as to a request. Any exception but a {@link Problem} fails the function.
   */
  public static void serveInvocation(
      InputStream input, OutputStream output, Function<Fields, Response> answer)
      throws IOException {
    Map<String, Object> event = Json.read(input);
    if (KeepAwake.answered(event, output)) {
      return;
    }
    Response response;
    try {
      response = answer.apply(Fields.of(event));
    } catch (Problem problem) {
      response = problem.response();
    }
    Json.write(response.payload(), output);
  }

  private static Response answer(Request request, Routes routes) {
    try {
      return routes.answer(request);
    } catch (Problem problem) {
      return problem.response();
    } catch (WrongCursor wrong) {
      return Problem.invalid("cursor", "Send the next of the page before, unchanged.").response();
    } catch (RuntimeException failure) {
      Log.failure(
          failure,
          "requestId",
          request.id(),
          "route",
          request.route(),
          "firmId",
          request.claims().get("custom:firmId"));
      return Problem.of(
              500,
              "internal-error",
              "Something failed on our side and nothing was changed by halves. Try again; if it"
                  + " stays, tell us the request id "
                  + request.id()
                  + ".")
          .response();
    }
  }

  /** A route that the template maps to this handler and that the handler does not know: a bug. */
  public static IllegalStateException unknownRoute(Request request) {
    return new IllegalStateException("no such route in this function: " + request.route());
  }
}
