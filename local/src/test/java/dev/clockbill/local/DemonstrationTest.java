package dev.clockbill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("stack")
class DemonstrationTest {
  @TempDir private Path folder;

  private Settings settings(String calls) throws Exception {
    Path file = folder.resolve("demonstration.yaml");
    Files.writeString(file, calls);
    Settings plain = TestStack.settings();
    return new Settings(
        plain.template(),
        plain.parameters(),
        plain.directCalls(),
        plain.secrets(),
        plain.partitions(),
        plain.processor(),
        Optional.of(file),
        plain.welcome(),
        0,
        Optional.of(folder.resolve("data")),
        false);
  }

  @Test
  void itsCallsAreMadeInThePastAndThenTimeIsThePresent() throws Exception {
    NotebookHandler.NOTED.clear();
    Settings settings =
        settings(
            """
            startDaysAgo: 10
            calls:
              - call: POST /_local/clock
                body: {advance: P1D}
                save: {then: /now}
              - call: POST /echo/{word}-{then}
                each: [{word: one}, {word: two}]
                body: {said: "{word} at {then}", whole: "{then}"}
                headers: {X-Word: "{word}"}
                expect: 200
                save: {"key of {word}": /routeKey}
              - call: POST /echo/x
                body: {key: "{key of two}"}
            """);
    try (Stack stack = Stack.start(settings)) {
      assertThat(Duration.between(stack.clock().instant(), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(1));
      assertThat(NotebookHandler.NOTED).as("schedules begin in the present").isEmpty();
      // The data is no longer new: nothing is played again, and it need not even be there.
      Files.writeString(folder.resolve("demonstration.yaml"), "calls: [{call: GET /nowhere}]");
      stack.restart().close();
    }
  }

  @Test
  void aCallThatIsAnsweredOtherwiseIsNamedWithItsAnswer() throws Exception {
    Settings settings = settings("calls: [{call: POST /_local/clock, body: {advance: soon}}]");
    assertThatThrownBy(() -> Stack.start(settings))
        .hasMessageContaining("call 1 (POST /_local/clock) was answered 400")
        .hasMessageContaining("soon");
    assertThatThrownBy(() -> Stack.start(settings)).hasMessageContaining("-Dfresh");
  }

  @Test
  void whatIsNotSavedOrNotKnownIsNamed() throws Exception {
    assertThatThrownBy(() -> Stack.start(settings("calls: [{call: GET /x, until: 3}]")))
        .hasMessageContaining("until");
    assertThatThrownBy(() -> Stack.start(settings("calls: [{call: \"GET /{nothing}\"}]")))
        .hasMessageContaining("\"nothing\"");
  }
}
