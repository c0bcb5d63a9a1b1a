package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clockbill.local.aws.AwsFront;
import dev.clockbill.local.aws.Caller;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.template.Statement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** The service as the SDK's own client sees it. */
final class StatesClientTest {
  @TempDir private Path folder;

  private TestWorkflow workflow;
  private HttpServer server;
  private SfnClient client;
  private String token;

  @BeforeEach
  void start() throws IOException {
    workflow =
        TestWorkflow.of(folder, TestWorkflow.tokenTask("First", "\"End\": true"))
            .with(
                "Known",
                event -> {
                  token = event.get("token").textValue();
                  return event;
                });
    Statement grant =
        new Statement(
            "Allow",
            List.of("states:StartExecution", "states:SendTaskSuccess"),
            List.of(TestWorkflow.MACHINE),
            null);
    Statement reading =
        new Statement(
            "Allow",
            List.of("states:DescribeExecution"),
            List.of(TestWorkflow.EXECUTION + "*"),
            null);
    AwsFront front =
        new AwsFront(
            Map.of(AwsFront.keyId("Tester"), new Caller("Tester", List.of(grant, reading))),
            new Faults(),
            List.of(workflow.machines));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(exchange, front));
    server.start();
    client =
        SfnClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(AwsFront.keyId("Tester"), "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    workflow.close();
  }

  private static void serve(HttpExchange exchange, AwsFront front) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      Response response =
          front.answer(
              new Request(
                  exchange.getRequestMethod(),
                  "/",
                  "",
                  headers,
                  exchange.getRequestBody().readAllBytes()));
      exchange.getResponseHeaders().putAll(response.headers());
      exchange.sendResponseHeaders(response.status(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (Exception failed) {
      throw new IOException(failed);
    }
  }

  @Test
  void anExecutionIsStartedAnsweredAndRead() {
    var started =
        client.startExecution(
            request -> request.stateMachineArn(TestWorkflow.MACHINE).name("one").input("{}"));
    assertThat(started.executionArn()).isEqualTo(TestWorkflow.EXECUTION + "one");
    assertThat(started.startDate()).isEqualTo(Instant.parse("2026-11-22T09:00:00.250Z"));
    workflow.clock.settle();
    client.sendTaskSuccess(request -> request.taskToken(token).output("{\"total\": 12500}"));
    workflow.clock.settle();
    var described =
        client.describeExecution(request -> request.executionArn(started.executionArn()));
    assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(described.output()).isEqualTo("{\"total\":12500}");
    assertThat(described.stopDate()).isEqualTo(Instant.parse("2026-11-22T09:00:00.250Z"));
  }

  @Test
  void errorsArriveAsTheClientsOwnExceptions() {
    client.startExecution(
        request -> request.stateMachineArn(TestWorkflow.MACHINE).name("one").input("{}"));
    assertThatThrownBy(
            () ->
                client.startExecution(
                    request ->
                        request.stateMachineArn(TestWorkflow.MACHINE).name("one").input("[]")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    workflow.clock.settle();
    client.sendTaskSuccess(request -> request.taskToken(token).output("1"));
    assertThatThrownBy(
            () -> client.sendTaskSuccess(request -> request.taskToken(token).output("1")))
        .isInstanceOf(TaskTimedOutException.class);
    assertThatThrownBy(
            () -> client.sendTaskSuccess(request -> request.taskToken("none").output("1")))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void whatIsNotGrantedIsRefused() {
    assertThatThrownBy(
            () ->
                client.stopExecution(
                    request -> request.executionArn(TestWorkflow.EXECUTION + "one")))
        .isInstanceOf(SfnException.class)
        .hasMessageContaining("is not authorized to perform: states:StopExecution")
        .extracting(error -> ((SfnException) error).awsErrorDetails().errorCode())
        .isEqualTo("AccessDeniedException");
  }
}
