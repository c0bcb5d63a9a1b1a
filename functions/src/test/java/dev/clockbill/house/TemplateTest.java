package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Statement;
import dev.clockbill.table.DueQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every function of {@code template.yaml}. */
class TemplateTest {
  /** Actions of AWS that act on the account itself and can be granted on {@code *} only. */
  private static final Set<String> WITHOUT_RESOURCE = Set.of("ses:DeleteSuppressedDestination");

  static List<FunctionEntry> functions() {
    return Project.functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionIsAClassOfItsNameWithBothConstructors(FunctionEntry function) throws Exception {
    Class<?> handler = Class.forName(function.handlerClass());
    assertThat(handler.getSimpleName()).isEqualTo(function.logicalId());
    assertThat(handler).isAssignableTo(RequestStreamHandler.class).isFinal();
    assertThatCode(() -> handler.getConstructor()).doesNotThrowAnyException();
    assertThatCode(() -> handler.getConstructor(Map.class)).doesNotThrowAnyException();
  }

  @Test
  void everyFunctionHasItsSampleEventAndNothingElseHasOne() {
    assertThat(Project.files("events", "").stream().skip(1).map(Path::getFileName))
        .map(Path::toString)
        .containsExactlyInAnyOrderElementsOf(
            functions().stream().map(function -> function.logicalId() + ".json").toList());
  }

  @Test
  void everyHandlerIsInTheTemplate() {
    Set<String> named =
        functions().stream()
            .map(function -> function.handlerClass().replace('.', '/') + ".java")
            .collect(Collectors.toSet());
    Path sources = Project.path("functions/src/main/java");
    assertThat(Project.files("functions/src/main/java", ".java"))
        .filteredOn(source -> Project.read(source.toString()).contains("RequestStreamHandler {"))
        .extracting(source -> sources.relativize(source).toString())
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void aGrantNamesItsActionsAndItsResources() {
    for (FunctionEntry function : functions()) {
      for (Statement statement : function.policy()) {
        assertThat(statement.actions())
            .as(function.logicalId())
            .noneMatch(action -> action.contains("*"))
            .doesNotContain("dynamodb:Scan");
        if (!WITHOUT_RESOURCE.containsAll(statement.actions())) {
          assertThat(statement.resources()).as(function.logicalId()).doesNotContain("*");
        }
      }
    }
  }

  @Test
  void noActionIsGrantedTwice() {
    for (FunctionEntry function : functions()) {
      Set<String> seen = new HashSet<>();
      function.policy().stream()
          .flatMap(statement -> statement.actions().stream())
          .forEach(action -> assertThat(seen.add(action)).as(function + " " + action).isTrue());
    }
  }

  @Test
  void everyFunctionIsTheOneJarAsItIsAndHasItsOwnRelease() {
    String template = Project.read("template.yaml");
    long functions = functions().size();
    assertThat(template.split("CodeUri: functions/target/clockbill.jar", -1))
        .hasSize((int) functions);
    assertThat(template.split("\n  Portal:\n")[1].split("\n\n")[0])
        .contains("CodeUri: functions/target/clockbill-portal.jar");
    assertThat(template.split("SkipBuild: true", -1)).hasSize((int) functions + 1);
    assertThat(template.split("AutoPublishCodeSha256: !Ref Release", -1))
        .hasSize((int) functions + 1);
    assertThat(Arrays.stream(template.split("\n")).filter(line -> line.contains("CodeUri")))
        .hasSize((int) functions);
  }

  /**
   * Waiting mails are tried again once an hour, and only a try tells that they wait. The rule for
   * periods below an hour: at most a day together ({@code PutMetricAlarm} of CloudWatch's API
   * reference, {@code Period}).
   */
  @Test
  void theAlarmOfWaitingMailsComesWithTheFirstAndLastsUntilTheNextTry() {
    String alarm = Project.read("template.yaml").split("MailsWaitAlarm:")[1].split("\n\n")[0];
    assertThat(alarm).contains("DatapointsToAlarm: 1\n");
    Duration period = Duration.ofSeconds(number("Period", alarm));
    assertThat(period).isLessThanOrEqualTo(Duration.ofMinutes(5));
    Duration remembered = period.multipliedBy(number("EvaluationPeriods", alarm));
    assertThat(remembered)
        .isBetween(
            DueQueue.backoff(Long.MAX_VALUE).plus(Duration.ofMinutes(15)), Duration.ofDays(1));
  }

  private static long number(String property, String text) {
    return Pattern.compile("(?m)^ +" + property + ": (\\d+)$")
        .matcher(text)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst()
        .orElseThrow();
  }
}
