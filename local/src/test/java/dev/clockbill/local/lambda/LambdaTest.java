package dev.clockbill.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.local.template.AsyncEntry;
import dev.clockbill.local.template.FunctionEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LambdaTest {

  /** Answers the word of its environment, or does what its event says. */
  public static final class Speaker implements RequestStreamHandler {
    /** An exception that only this test has. */
    public static final class Stumbled extends RuntimeException {
      private static final long serialVersionUID = 1;

      Stumbled(String message) {
        super(message);
      }
    }

    private final String word;

    /** Reads the word. */
    public Speaker(Map<String, String> environment) {
      this.word = environment.get("WORD");
      if (word == null) {
        throw new IllegalStateException("WORD is missing.");
      }
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context)
        throws IOException {
      switch (new String(event.readAllBytes(), StandardCharsets.UTF_8)) {
        case "\"stumble\"" -> throw new Stumbled("Over a stone.");
        case "\"hang\"" -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        }
        default ->
            answer.write((word + " " + context.getFunctionName()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Answers the time it reads, and the time that a new thread reads. */
  public static final class TimeTeller implements RequestStreamHandler {
    private static final InstantSource CLOCK =
        ServiceLoader.load(InstantSource.class).findFirst().orElseThrow();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context)
        throws IOException {
      CompletableFuture<Instant> onAThread = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> onAThread.complete(CLOCK.instant()));
      answer.write((CLOCK.instant() + " " + onAThread.join()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Not a handler. */
  public static final class Silent {}

  private static Lambda lambda(String handler, Map<String, String> environment, Duration timeout) {
    return lambda(handler, environment, timeout, InstantSource.system());
  }

  private static Lambda lambda(
      String handler, Map<String, String> environment, Duration timeout, InstantSource clock) {
    return new Lambda(
        List.of(
            new FunctionEntry(
                "Speech",
                handler,
                environment,
                timeout,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                AsyncEntry.STANDARD,
                "arn:aws:lambda:eu-central-1:000000000000:function:Speech")),
        "http://127.0.0.1:1",
        HandlerClasses.ofClassPath(),
        clock);
  }

  private static Lambda speaker() {
    return lambda(Speaker.class.getName(), Map.of("WORD", "hello"), Duration.ofSeconds(5));
  }

  private static String invoke(Lambda lambda, String function, String event) throws FunctionFailed {
    return new String(
        lambda.invoke(function, event.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Test
  void aFunctionIsFoundByItsIdOrItsArn() throws FunctionFailed {
    try (Lambda lambda = speaker()) {
      String arn = "arn:aws:lambda:eu-central-1:000000000000:function:Speech";
      assertThat(
              List.of(
                  invoke(lambda, "Speech", "{}"),
                  invoke(lambda, "Speech:live", "{}"),
                  invoke(lambda, arn, "{}"),
                  invoke(lambda, arn + ":live", "{}")))
          .containsOnly("hello Speech");
      assertThatThrownBy(() -> invoke(lambda, "Song", "{}"))
          .isInstanceOf(FunctionFailed.class)
          .hasMessageContaining("Song");
    }
  }

  @Test
  void aFailureIsToldByItsClass() {
    try (Lambda lambda = speaker()) {
      assertThatThrownBy(() -> invoke(lambda, "Speech", "\"stumble\""))
          .isInstanceOfSatisfying(
              FunctionFailed.class,
              failed -> assertThat(failed.errorType()).isEqualTo(Speaker.Stumbled.class.getName()))
          .hasMessage("Over a stone.");
    }
  }

  @Test
  void aFunctionThatRunsTooLongIsEnded() throws FunctionFailed {
    try (Lambda lambda =
        lambda(Speaker.class.getName(), Map.of("WORD", "hello"), Duration.ofMillis(1_500))) {
      assertThatThrownBy(() -> invoke(lambda, "Speech", "\"hang\""))
          .isInstanceOfSatisfying(
              FunctionFailed.class,
              failed -> assertThat(failed.errorType()).isEqualTo("Sandbox.Timedout"))
          .hasMessageContaining("Task timed out after 1.50 seconds");
      assertThat(invoke(lambda, "Speech", "{}")).isEqualTo("hello Speech");
    }
  }

  @Test
  void theFunctionsOfTwoStacksReadTheClocksOfTheirOwnStacks() throws FunctionFailed {
    String teller = TimeTeller.class.getName();
    Instant then = Instant.parse("2026-11-25T09:00:00Z");
    Instant later = Instant.parse("2031-01-01T00:00:00Z");
    try (Lambda first = lambda(teller, Map.of(), Duration.ofSeconds(5), InstantSource.fixed(then));
        Lambda second =
            lambda(teller, Map.of(), Duration.ofSeconds(5), InstantSource.fixed(later))) {
      assertThat(invoke(first, "Speech", "{}")).isEqualTo(then + " " + then);
      assertThat(invoke(second, "Speech", "{}")).isEqualTo(later + " " + later);
      assertThat(invoke(first, "Speech", "{}")).isEqualTo(then + " " + then);
    }
  }

  @Test
  void aFunctionThatWasNotInvokedForAFortnightRefusesItsCallersForAMoment() throws FunctionFailed {
    Instant[] now = {Instant.parse("2026-11-25T09:00:00Z")};
    try (Lambda lambda =
        lambda(
            Speaker.class.getName(), Map.of("WORD", "hi"), Duration.ofSeconds(5), () -> now[0])) {
      now[0] = now[0].plus(Duration.ofDays(30));
      assertThat(invoke(lambda, "Speech", "{}")).as("not asked to").isEqualTo("hi Speech");
      lambda.fallAsleep(true);
      now[0] = now[0].plus(Duration.ofDays(14)).minusSeconds(1);
      assertThat(invoke(lambda, "Speech", "{}")).isEqualTo("hi Speech");
      now[0] = now[0].plus(Duration.ofDays(14));
      for (int tries = 0; tries < 2; tries++) {
        assertThatThrownBy(() -> invoke(lambda, "Speech:live", "{}"))
            .isInstanceOfSatisfying(
                FunctionFailed.class,
                failed ->
                    assertThat(failed.errorType()).isEqualTo("Lambda.SnapStartNotReadyException"));
      }
      now[0] = now[0].plus(Duration.ofMinutes(1));
      assertThat(invoke(lambda, "Speech", "{}")).isEqualTo("hi Speech");
    }
  }

  @Test
  void aConstructorThatFailsIsToldByTheInvocation() {
    try (Lambda lambda = lambda(Speaker.class.getName(), Map.of(), Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> invoke(lambda, "Speech", "{}"))
          .isInstanceOf(FunctionFailed.class)
          .hasMessage("WORD is missing.");
    }
  }

  @Test
  void aClassThatCannotHandleEventsIsRefusedByName() {
    assertThatThrownBy(() -> lambda("example.Nowhere", Map.of(), Duration.ofSeconds(5)))
        .hasMessageContaining("Speech")
        .hasMessageContaining("example.Nowhere");
    assertThatThrownBy(() -> lambda(Silent.class.getName(), Map.of(), Duration.ofSeconds(5)))
        .hasMessageContaining(Silent.class.getName())
        .hasMessageContaining("RequestStreamHandler");
  }
}
