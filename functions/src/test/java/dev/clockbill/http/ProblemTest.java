package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.http.Problem.FieldError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static JsonNode body(Problem problem) throws Exception {
    return new JsonMapper().readTree(problem.response().payload().get("body").toString());
  }

  @Test
  void aHundredErrorsAreToldAndNoMore() throws Exception {
    List<FieldError> errors =
        IntStream.range(0, 30_000)
            .mapToObj(at -> new FieldError("field" + at, "There is no such field."))
            .toList();
    assertThat(body(Problem.invalid(errors)).path("errors")).hasSize(100);
  }

  @Test
  void ofAVeryLongNameTheBeginningIsTold() throws Exception {
    JsonNode told = body(Problem.invalid("x".repeat(5_000_000), "There is no such field."));
    assertThat(told.path("detail").asText()).hasSizeLessThan(1_000).endsWith("no such field.");
    assertThat(told.at("/errors/0/field").asText()).hasSizeLessThan(600).endsWith("x…");
    String emoji = "\uD83D\uDE00";
    JsonNode whole = body(Problem.invalid("x" + emoji.repeat(400), "m"));
    assertThat(whole.at("/errors/0/field").asText()).endsWith(emoji + "…");
  }
}
