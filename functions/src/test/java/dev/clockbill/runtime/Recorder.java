package dev.clockbill.runtime;

import dev.clockbill.local.Stack;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.shared.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between a function and the AWS services of a stack. It keeps what is asked, hands the
 * table's and the parameters' requests on, and answers those to Step Functions itself, so that no
 * workflow runs beside what is measured.
 */
public final class Recorder implements AutoCloseable {
  private final HttpServer server = HttpServer.bind(0);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Stack stack;
  private final String services;
  private final List<Call> calls = new ArrayList<>();

  /**
   * A request of a function.
   *
   * @param target such as {@code DynamoDB_20120810.GetItem}
   * @param request as it came
   * @param answer what was answered, as JSON
   */
  public record Call(String target, Map<String, Object> input, Request request, String answer) {
    /** Such as {@code GetItem}. */
    public String operation() {
      return target.substring(target.indexOf('.') + 1);
    }
  }

  /**
   * Begins to listen.
   *
   * @param stack whose services it hands requests on to
   */
  public Recorder(Stack stack) {
    this.stack = stack;
    this.services = stack.environment("Timers").get("AWS_ENDPOINT_URL_DYNAMODB");
    server.serve(this::answer);
  }

  /** A function's own environment, with this in the place of AWS's services. */
  public Map<String, String> environment(String function) {
    Map<String, String> variables = new HashMap<>(stack.environment(function));
    for (String service : List.of("DYNAMODB", "SFN", "SSM")) {
      variables.put("AWS_ENDPOINT_URL_" + service, server.address());
    }
    return variables;
  }

  /** What has been asked since this was asked last. */
  public synchronized List<Call> taken() {
    List<Call> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  private Response answer(Request request) throws IOException, InterruptedException {
    String target = request.header("x-amz-target").orElseThrow();
    Map<String, Object> input = new LinkedHashMap<>(Json.readObject(request.text()));
    // The next one is another request.
    input.remove("ClientRequestToken");
    Response response = target.startsWith("AWSStepFunctions") ? started(target) : handedOn(request);
    synchronized (this) {
      calls.add(
          new Call(target, input, request, new String(response.body(), StandardCharsets.UTF_8)));
    }
    return response;
  }

  private static Response started(String target) {
    return target.endsWith("StartExecution")
        ? Response.json(
            200,
            Map.of(
                "executionArn",
                "arn:aws:states:eu-central-1:123456789012:execution:invoice:one",
                "startDate",
                1_795_599_000))
        : Response.json(200, Map.of());
  }

  private Response handedOn(Request request) throws IOException, InterruptedException {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(URI.create(services + request.path()))
            .POST(BodyPublishers.ofByteArray(request.body()));
    for (String name : List.of("authorization", "content-type", "x-amz-target", "x-amz-date")) {
      request.header(name).ifPresent(value -> copy.header(name, value));
    }
    HttpResponse<byte[]> answer = client.send(copy.build(), BodyHandlers.ofByteArray());
    return Response.of(answer.statusCode(), "application/x-amz-json-1.0", answer.body());
  }

  @Override
  public void close() {
    server.close();
  }
}
