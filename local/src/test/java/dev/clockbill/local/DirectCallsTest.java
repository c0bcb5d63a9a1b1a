package dev.clockbill.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectCallsTest {

  private static Response post(String body, Invoker invoker) throws Exception {
    return new DirectCalls(
            Map.of("/_local/make", "Make"),
            invoker,
            user -> user.equals("nobody") ? Optional.empty() : Optional.of("token of " + user))
        .router()
        .answer(
            new Request(
                "POST", "/_local/make", "", Map.of(), body.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void theBodyIsTheEventAndEveryUserOfTheAnswerGetsAToken() throws Exception {
    Response response =
        post("{\"users\":[{\"user\":\"ann\"},{\"user\":\"nobody\"}]}", (function, event) -> event);
    assertThat(response.status()).isEqualTo(201);
    assertThat(text(response))
        .isEqualTo(
            "{\"users\":[{\"user\":\"ann\",\"token\":\"token of ann\"},{\"user\":\"nobody\"}]}");
  }

  @Test
  void aResponseKeepsItsStatus() throws Exception {
    Response refused =
        post(
            "",
            (function, event) ->
                bytes(
                    "{\"statusCode\":400,\"headers\":{\"content-type\":\"application/problem+json\"},"
                        + "\"body\":\"{}\"}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.headers().get("content-type")).containsExactly("application/problem+json");
    Response made =
        post("", (function, event) -> bytes("{\"statusCode\":200,\"body\":\"{\\\"a\\\":1}\"}"));
    assertThat(made.status()).isEqualTo(200);
    assertThat(text(made)).isEqualTo("{\"a\":1}");
  }

  @Test
  void whatIsNoJsonIsRefusedAndAFailureIsTold() throws Exception {
    assertThat(post("{", (function, event) -> event).status()).isEqualTo(400);
    Response failed =
        post(
            "{}",
            (function, event) -> {
              throw new FunctionFailed("example.Broken", "It broke.", null);
            });
    assertThat(failed.status()).isEqualTo(500);
    assertThat(text(failed)).contains("Make").contains("example.Broken").contains("It broke.");
  }
}
