package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers in the names of tests, such as {@code failure3_…}, and {@code docs/failures.md}. */
class FailuresTest {
  private static final Pattern TEST = Pattern.compile("void failure(\\d+)_");
  private static final Pattern CHAPTER =
      Pattern.compile("(?ms)^## (\\d+)\\. [^\\n]+\\n(.*?)(?=^## |\\z)");
  private static final Pattern TESTS = Pattern.compile("(?m)^Tests: (.+)$");
  private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

  @Test
  void everyNumberInTheNameOfATestIsExplained() {
    assertThat(chapters().keySet()).containsAll(tests().keySet());
  }

  @Test
  void theClassesThatTestAFailureAreNamed() {
    Map<Integer, Set<String>> named = new TreeMap<>();
    chapters()
        .forEach(
            (number, text) -> {
              List<String> lines = groups(TESTS, text).toList();
              assertThat(lines).as("the line of tests of failure " + number).hasSize(1);
              Set<String> classes = new TreeSet<>();
              groups(CLASS, lines.getFirst()).forEach(classes::add);
              if (!classes.isEmpty()) {
                named.put(number, classes);
              }
            });
    assertThat(named).isEqualTo(tests());
  }

  @Test
  void theFailuresAreNumberedWithoutGaps() {
    Set<Integer> numbers = chapters().keySet();
    assertThat(numbers).containsExactlyElementsOf(oneTo(numbers.size()));
  }

  private static List<Integer> oneTo(int last) {
    return Stream.iterate(1, number -> number <= last, number -> number + 1).toList();
  }

  private static Map<Integer, String> chapters() {
    Map<Integer, String> chapters = new TreeMap<>();
    CHAPTER
        .matcher(Project.read("docs/failures.md"))
        .results()
        .forEach(chapter -> chapters.put(Integer.valueOf(chapter.group(1)), chapter.group(2)));
    assertThat(chapters).isNotEmpty();
    return chapters;
  }

  private static Map<Integer, Set<String>> tests() {
    Map<Integer, Set<String>> tests = new TreeMap<>();
    for (String folder : List.of("functions/src/test", "local/src/test")) {
      for (Path source : Project.files(folder, ".java")) {
        String name = source.getFileName().toString().replace(".java", "");
        groups(TEST, Project.read(source.toString()))
            .map(Integer::valueOf)
            .forEach(number -> tests.computeIfAbsent(number, none -> new TreeSet<>()).add(name));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
