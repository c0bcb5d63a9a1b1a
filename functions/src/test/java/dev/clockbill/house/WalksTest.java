package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walks through the code in {@code docs/architecture.md} lead to what is there. */
class WalksTest {
  private static final String JAVA = "functions/src/main/java/dev/clockbill/";
  private static final List<String> PLACES = List.of(JAVA, "functions/workflow/", "portal/");

  /** A stop of a walk, such as {@code 3. `payment/ProcessorNews`: `take`}. */
  private static final Pattern STOP = Pattern.compile("(?m)^\\d+\\. `([\\w/.-]+)`(.*)$");

  private static final Pattern ANSWERED_BY = Pattern.compile("`(\\w+(?:/\\w+)*/\\w+\\.java)`");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)(\\([^`]*\\))?`");

  private static String document() {
    return Project.read("docs/architecture.md");
  }

  static Stream<MatchResult> stops() {
    return STOP.matcher(document().split("## The four walks")[1]).results();
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aStopIsAFileAndWhatItNamesIsInThere(MatchResult stop) throws Exception {
    String name = stop.group(1).contains(".") ? stop.group(1) : stop.group(1) + ".java";
    List<Path> found =
        PLACES.stream().map(place -> Project.path(place + name)).filter(Files::exists).toList();
    assertThat(found).as(stop.group()).hasSize(1);
    String code = Files.readString(found.getFirst());
    assertThat(NAMED.matcher(stop.group(2)).results().map(named -> named.group(1)))
        .allSatisfy(named -> assertThat(code).contains(named));
  }

  @Test
  void theFilesThatAnswerAQuestionExist() {
    assertThat(ANSWERED_BY.matcher(document()).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Project.path(JAVA + file)).exists());
  }
}
