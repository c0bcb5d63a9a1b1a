package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every source file. */
class SourcesTest {
  private static final int MOST_LINES = 400;

  @Test
  void noClassIsLongerThanAPersonReadsAtOnce() {
    assertThat(
            Stream.concat(sources("functions/src"), sources("local/src"))
                .filter(source -> text(source).lines().count() > MOST_LINES))
        .isEmpty();
  }

  @Test
  void theStackDoesNotSpeakOfBilling() {
    Predicate<String> billing =
        Pattern.compile("(?i)invoice|timer|time.?entr|billing(?!mode)|billed|hourly").asPredicate();
    assertThat(
            sources("local/src/main")
                .flatMap(
                    source ->
                        text(source)
                            .lines()
                            .filter(billing)
                            .map(line -> source.getFileName() + ": " + line.strip())))
        .isEmpty();
  }

  @Test
  void moneyAndTimeAreExact() {
    Predicate<String> inexact = Pattern.compile("\\b(double|float|Double|Float)\\b").asPredicate();
    assertThat(sources("functions/src/main").filter(source -> inexact.test(code(source))))
        .isEmpty();
  }

  @Test
  void noOperationReadsAWholeTable() {
    Predicate<String> scan = Pattern.compile("ScanRequest|\\.scan\\(").asPredicate();
    assertThat(sources("functions/src/main").filter(source -> scan.test(code(source)))).isEmpty();
  }

  /**
   * What works on a stack in real time until it is killed may pause, and what asks again until an
   * answer comes: each in one place.
   */
  @Test
  void noTestWaitsForTimeToPass() {
    Predicate<String> sleeps = Pattern.compile("\\.sleep\\(|parkNanos\\(").asPredicate();
    assertThat(
            Stream.concat(sources("functions/src/test"), sources("local/src/test"))
                .filter(source -> sleeps.test(code(source))))
        .extracting(source -> source.getFileName().toString())
        .containsExactlyInAnyOrder("Eventually.java", "Gate.java");
  }

  /** The gateway waits for 30 seconds at most, and then answers 503 to what was done. */
  @Test
  void whatAnswersARequestWaitsForTheProcessorWithABudget() {
    assertThat(
            sources("functions/src/main")
                .map(SourcesTest::code)
                .filter(
                    code ->
                        code.matches("(?s).*(?:Http|Permissions)\\.serve.*")
                            && code.contains("new Processor(")))
        .hasSizeGreaterThan(2)
        .allSatisfy(code -> assertThat(code).contains("TimeLeft.within("));
  }

  @Test
  void nothingIsLeftForLater() {
    Predicate<String> later = Pattern.compile("\\b(TO[D]O|FIX[M]E)\\b").asPredicate();
    assertThat(
            Stream.concat(sources("functions/src"), sources("local/src"))
                .filter(source -> later.test(text(source))))
        .isEmpty();
  }

  @Test
  void everyRoomSaysWhatItIsFor() {
    assertThat(
            Stream.concat(sources("functions/src/main/java"), sources("local/src/main/java"))
                .map(Path::getParent)
                .distinct()
                .filter(room -> !Files.exists(room.resolve("package-info.java"))))
        .isEmpty();
  }

  private static Stream<Path> sources(String folder) {
    List<Path> found = Project.files(folder, ".java");
    assertThat(found).isNotEmpty();
    return found.stream();
  }

  /** A source without its comments. */
  private static String code(Path source) {
    return text(source).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
