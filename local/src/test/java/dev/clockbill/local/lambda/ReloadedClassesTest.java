package dev.clockbill.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.template.AsyncEntry;
import dev.clockbill.local.template.FunctionEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedClassesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

  @TempDir private Path folder;
  private Lambda lambda;

  @BeforeEach
  void start() throws IOException {
    compile("one");
    lambda =
        new Lambda(
            List.of(
                new FunctionEntry(
                    "Word",
                    "example.Word",
                    Map.of(),
                    Duration.ofSeconds(5),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    AsyncEntry.STANDARD,
                    "arn:aws:lambda:eu-central-1:000000000000:function:Word")),
            "http://127.0.0.1:1",
            new ReloadedClasses(List.of(folder), Set.of("example.Word"), Duration.ZERO),
            InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    lambda.close();
  }

  @Test
  void theNextInvocationRunsWhatWasCompiledMeanwhile() throws Exception {
    assertThat(invoke()).isEqualTo("one 2026-11-25T09:00:00Z 1");
    assertThat(invoke()).as("the same instance").isEqualTo("one 2026-11-25T09:00:00Z 2");
    compile("number two");
    assertThat(invoke()).isEqualTo("number two 2026-11-25T09:00:00Z 1");
  }

  @Test
  void whileAClassIsMissingTheOldOneRuns() throws Exception {
    Files.delete(folder.resolve("example/Word.class"));
    assertThat(invoke()).startsWith("one ");
    compile("another");
    assertThat(invoke()).startsWith("another ");
  }

  @Test
  void aClassThatWasNotNeededBeforeBelongsToTheOldOnesToo() throws Exception {
    // The helper class is loaded by the first invocation, and is gone by then.
    Files.delete(folder.resolve("example/Word.class"));
    Files.delete(folder.resolve("example/Word$Count.class"));
    assertThat(invoke()).startsWith("one ");
  }

  private String invoke() throws FunctionFailed {
    return new String(
        lambda.invoke("Word", "{}".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Compiles a handler that answers a word, the time it finds and how often it was called. */
  private void compile(String word) throws IOException {
    Path source = folder.resolve("example/Word.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        """
        package example;

        import com.amazonaws.services.lambda.runtime.*;
        import java.io.*;
        import java.time.InstantSource;
        import java.util.ServiceLoader;

        public class Word implements RequestStreamHandler {
          static class Count {
            int calls;
          }

          private final Count count = new Count();

          public void handleRequest(InputStream event, OutputStream answer, Context context)
              throws IOException {
            InstantSource clock = ServiceLoader.load(InstantSource.class).findFirst().get();
            count.calls++;
            answer.write(("%s " + clock.instant() + " " + count.calls).getBytes());
          }
        }
        """
            .formatted(word));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(status).isZero();
  }
}
