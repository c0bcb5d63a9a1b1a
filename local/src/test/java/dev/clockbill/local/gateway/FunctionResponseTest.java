package dev.clockbill.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionResponseTest {
  private static Response read(String payload) {
    return FunctionResponse.read(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void aResponseIsPassedOnWithHeadersAndCookies() {
    Response response =
        read(
            """
            {"statusCode": 201, "headers": {"Content-Type": "text/html", "X-A": "b"},
             "cookies": ["a=1", "b=2"], "body": "aGk=", "isBase64Encoded": true}
            """);
    assertThat(response.status()).isEqualTo(201);
    assertThat(text(response)).isEqualTo("hi");
    assertThat(response.headers())
        .containsEntry("content-type", List.of("text/html"))
        .containsEntry("x-a", List.of("b"))
        .containsEntry("set-cookie", List.of("a=1", "b=2"));
  }

  @Test
  void anyOtherJsonIsTheBodyOfAnOrdinaryAnswer() {
    Response response = read("[1, 2]");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", List.of("application/json"));
    assertThat(text(response)).isEqualTo("[1, 2]");
  }

  @Test
  void whatTheGatewayCannotUnderstandIsItsOwnFailure() {
    for (String payload :
        List.of(
            "",
            "{",
            "{\"statusCode\": \"many\"}",
            "{\"statusCode\": 200, \"body\": {}}",
            "{\"statusCode\": 200, \"body\": \"%\", \"isBase64Encoded\": true}")) {
      assertThat(read(payload).status()).as(payload).isEqualTo(500);
    }
  }
}
