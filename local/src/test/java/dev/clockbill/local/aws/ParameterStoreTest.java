package dev.clockbill.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.StackParts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

class ParameterStoreTest {
  private StackParts parts;
  private SsmClient client;

  @BeforeEach
  void start() {
    String granted = "arn:aws:ssm:eu-central-1:000000000000:parameter/notes/*";
    parts =
        new StackParts()
            .serve(
                new ParameterStore(Map.of("/notes/key", "key-of-{function}", "/other/key", "x")),
                "Reader",
                List.of("ssm:GetParameter", "ssm:GetParameters"),
                List.of(granted));
    client = parts.as("Reader", SsmClient.builder()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    parts.close();
  }

  @Test
  void eachFunctionGetsAKeyOfItsOwn() {
    assertThat(
            client
                .getParameter(get -> get.name("/notes/key").withDecryption(true))
                .parameter()
                .value())
        .isEqualTo("key-of-Reader");
  }

  @Test
  void withoutDecryptionTheValueIsOfNoUse() {
    assertThat(client.getParameter(get -> get.name("/notes/key")).parameter().value())
        .isNotEmpty()
        .doesNotContain("Reader");
  }

  @Test
  void severalAreReadAtOnceAndMissingOnesNamed() {
    var answer =
        client.getParameters(get -> get.names("/notes/key", "/notes/none").withDecryption(true));
    assertThat(answer.parameters())
        .singleElement()
        .satisfies(parameter -> assertThat(parameter.name()).isEqualTo("/notes/key"));
    assertThat(answer.invalidParameters()).containsExactly("/notes/none");
  }

  @Test
  void whatIsMissingOrNotGrantedIsRefused() {
    assertThatThrownBy(() -> client.getParameter(get -> get.name("/notes/none")))
        .isInstanceOf(ParameterNotFoundException.class);
    assertThatThrownBy(() -> client.getParameter(get -> get.name("/other/key")))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining("ssm:GetParameter");
  }
}
