package dev.clockbill.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionAnswerTest {
  private static Answer read(String payload) {
    return FunctionAnswer.read(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void aResponseIsPassedOnWithHeadersAndCookies() {
    Answer answer =
        read(
            """
            {"statusCode": 201, "headers": {"Content-Type": "text/html", "X-A": "b"},
             "cookies": ["a=1", "b=2"], "body": "aGk=", "isBase64Encoded": true}
            """);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(text(answer)).isEqualTo("hi");
    assertThat(answer.headers())
        .containsEntry("content-type", List.of("text/html"))
        .containsEntry("x-a", List.of("b"))
        .containsEntry("set-cookie", List.of("a=1", "b=2"));
  }

  @Test
  void anyOtherJsonIsTheBodyOfAnOrdinaryAnswer() {
    Answer answer = read("[1, 2]");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", List.of("application/json"));
    assertThat(text(answer)).isEqualTo("[1, 2]");
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
