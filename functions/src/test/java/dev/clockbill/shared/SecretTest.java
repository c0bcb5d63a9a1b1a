package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets, of which Parameter Store is asked no more often than needed. */
class SecretTest {
  private final List<String> calls = new ArrayList<>();
  private final HttpServer server = HttpServer.bind(0);
  private final Environment environment =
      new Environment(
          Map.of(
              "AWS_REGION", "eu-central-1",
              "AWS_ENDPOINT_URL", server.address(),
              "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
              "AWS_SECRET_ACCESS_KEY", "secret",
              "ONE_PARAMETER", "/stage/one",
              "OTHER_PARAMETER", "/stage/other",
              "MISSING_PARAMETER", "/stage/missing"));

  @BeforeEach
  void serve() {
    server.serve(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Response answer(Request request) {
    calls.add(request.header("x-amz-target").orElseThrow());
    Map<String, Object> input = Json.readObject(request.text());
    if (!(input.get("Names") instanceof List<?> names)) {
      return Response.json(200, Map.of("Parameter", parameter(input.get("Name"))));
    }
    List<Map<String, Object>> found =
        names.stream().filter(name -> !name.equals("/stage/missing")).map(this::parameter).toList();
    return Response.json(200, Map.of("Parameters", found, "InvalidParameters", List.of()));
  }

  /** Its value is its name and how often was asked. */
  private Map<String, Object> parameter(Object name) {
    return Map.of("Name", name, "Value", name + " " + calls.size() + "\n");
  }

  @Test
  void isReadWhenItIsFirstUsedAndKept() {
    Secret one = new Secret(environment, "ONE_PARAMETER");
    assertThat(calls).isEmpty();
    assertThat(one.value()).isEqualTo("/stage/one 1");
    assertThat(one.value()).isEqualTo("/stage/one 1");
    assertThat(one.renewed()).as("within a minute").isEqualTo("/stage/one 1");
    assertThat(calls).containsExactly("AmazonSSM.GetParameter");
  }

  @Test
  void thoseOfOneFunctionAreReadInOneCall() {
    List<Secret> both = Secret.together(environment, "ONE_PARAMETER", "OTHER_PARAMETER");
    assertThat(calls).isEmpty();
    assertThat(both.getLast().value()).isEqualTo("/stage/other 1");
    assertThat(both.getFirst().value()).isEqualTo("/stage/one 1");
    assertThat(calls).containsExactly("AmazonSSM.GetParameters");
  }

  @Test
  void oneThatIsMissingKeepsNobodyFromTheOther() {
    List<Secret> both = Secret.together(environment, "MISSING_PARAMETER", "ONE_PARAMETER");
    assertThatThrownBy(() -> both.getFirst().value())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/stage/missing");
    assertThat(both.getLast().value()).startsWith("/stage/one");
  }
}
