package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.Caller;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.HttpHandler;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.template.Statement;
import dev.clockbill.local.time.RunningClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Single parts of a stack with a stopped clock: AWS services behind the AWS entrance, pages and
 * controls behind an HTTP server.
 */
public final class StackParts implements AutoCloseable {
  /** The time of the stopped clock. */
  public static final Instant BEGINNING = Instant.parse("2026-11-25T09:00:00Z");

  private static final JsonMapper JSON = new JsonMapper();

  private final DataFile data = DataFile.inMemory();
  private final RunningClock clock =
      new RunningClock(data.store("clock"), InstantSource.fixed(BEGINNING), Duration.ZERO);
  private final Faults faults = new Faults();
  private final HttpServer aws = HttpServer.bind(0);
  private final HttpServer http = HttpServer.bind(0);
  private volatile HttpHandler services = request -> Response.empty(503);
  private final HttpClient client = HttpClient.newHttpClient();

  /** An HTTP response. */
  public record Reply(HttpResponse<String> response) {
    /** The status code. */
    public int status() {
      return response.statusCode();
    }

    /** The body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException notJson) {
        throw new AssertionError("No JSON: " + response.body(), notJson);
      }
    }

    /** The body as text. */
    public String text() {
      return response.body();
    }

    /** A header, empty where there is none. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Stops the clock. */
  public StackParts() {
    clock.stop(true);
    aws.serve(request -> services.answer(request));
  }

  /** Where the parts keep their data. */
  public DataFile data() {
    return data;
  }

  /** The clock. */
  public RunningClock clock() {
    return clock;
  }

  /** The faults of requests. */
  public Faults faults() {
    return faults;
  }

  /** The address of pages and controls. */
  public String base() {
    return http.address();
  }

  /** Serves pages and controls. */
  public StackParts serve(Router router) {
    http.serve(request -> router.answer(request).orElseGet(() -> Response.text(404, "Not Found")));
    return this;
  }

  /**
   * Serves one AWS service, instead of an earlier one, to a function that may use these actions on
   * these resources.
   */
  public StackParts serve(
      AwsService service, String function, List<String> actions, List<String> resources) {
    Statement statement = new Statement("Allow", actions, resources, null);
    services =
        new AwsFront(
            Map.of(AwsFront.keyId(function), new Caller(function, List.of(statement))),
            faults,
            List.of(service));
    return this;
  }

  /** Points an SDK client at the AWS services; it signs as a function. */
  public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B as(
      String function, B builder) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(URI.create(aws.address()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsFront.keyId(function), "secret")))
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(UrlConnectionHttpClient.create());
  }

  /** Gets a path as a program does. */
  public Reply get(String path) {
    return send(request(path).GET());
  }

  /** Gets a path as a browser does. */
  public Reply browse(String path) {
    return send(request(path).GET().header("Accept", "text/html,*/*;q=0.8"));
  }

  /** Posts JSON. */
  public Reply post(String path, String json) {
    return send(
        request(path)
            .POST(BodyPublishers.ofString(json))
            .header("Content-Type", "application/json"));
  }

  /** Posts an HTML form as a browser does. */
  public Reply submit(String path, String form) {
    return send(
        request(path)
            .POST(BodyPublishers.ofString(form))
            .header("Accept", "text/html,*/*;q=0.8")
            .header("Content-Type", "application/x-www-form-urlencoded"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path)).timeout(Duration.ofSeconds(20));
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
    clock.close();
    http.close();
    aws.close();
    data.close();
  }
}
