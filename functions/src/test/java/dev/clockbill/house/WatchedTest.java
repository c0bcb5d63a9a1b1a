package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Project;
import dev.clockbill.local.template.TemplateFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every alarm of {@code template.yaml} tells somebody, says what to do, and looks at what is there.
 */
class WatchedTest {
  /** Alarms to which no news is bad news. All others are about something that happens. */
  private static final Set<String> SILENCE_IS_BAD =
      Set.of("PushesLate", "AsksLate", "JourneyFails", "KeepAwakeFails");

  /**
   * The metrics that AWS makes, and the dimensions by which they are asked for, from the pages on
   * metrics of Lambda, API Gateway (HTTP APIs), Step Functions, DynamoDB, SQS and SES in their
   * developer guides.
   */
  private static final Map<String, Set<String>> OF_AWS =
      Map.of(
          "AWS/Lambda",
          Set.of(
              "Errors FunctionName",
              "Duration FunctionName",
              "Invocations FunctionName",
              "Throttles ",
              "ConcurrentExecutions "),
          "AWS/ApiGateway",
          Set.of("Count ApiId", "4xx ApiId", "5xx ApiId", "Latency ApiId"),
          "AWS/States",
          Set.of(
              "ExecutionsStarted StateMachineArn",
              "ExecutionsSucceeded StateMachineArn",
              "ExecutionsFailed StateMachineArn",
              "ExecutionsTimedOut StateMachineArn",
              "ExecutionsAborted StateMachineArn"),
          "AWS/DynamoDB",
          Set.of(
              "ConsumedReadCapacityUnits TableName",
              "ConsumedWriteCapacityUnits TableName",
              "ReadThrottleEvents TableName",
              "WriteThrottleEvents TableName",
              "WriteThrottleEvents GlobalSecondaryIndexName TableName"),
          "AWS/SQS",
          Set.of(
              "ApproximateNumberOfMessagesVisible QueueName",
              "ApproximateNumberOfMessagesNotVisible QueueName"),
          "AWS/SES",
          Set.of(
              "Send ",
              "Bounce ",
              "Complaint ",
              "Reputation.BounceRate ",
              "Reputation.ComplaintRate "));

  /** What a dimension names. */
  private static final Map<String, String> NAMES =
      Map.of(
          "FunctionName", "AWS::Serverless::Function",
          "ApiId", "AWS::Serverless::HttpApi",
          "StateMachineArn", "AWS::Serverless::StateMachine",
          "TableName", "AWS::DynamoDB::Table",
          "QueueName", "AWS::SQS::Queue");

  private static final String OWN = "${AWS::StackName}";
  private static final JsonNode TEMPLATE = TemplateFile.read(Project.path("template.yaml"));

  /** One metric that is looked at. */
  private record Metric(String namespace, String name, Map<String, String> dimensions) {}

  private static JsonNode resources() {
    return TEMPLATE.path("Resources");
  }

  /** The properties of the resources of a type, by logical id. */
  static Map<String, JsonNode> ofType(String type) {
    return resources().properties().stream()
        .filter(each -> each.getValue().path("Type").asText().equals(type))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> each.getValue().path("Properties"),
                (one, other) -> one,
                TreeMap::new));
  }

  static Set<String> alarms() {
    return ofType("AWS::CloudWatch::Alarm").keySet();
  }

  private static JsonNode alarm(String name) {
    return resources().path(name).path("Properties");
  }

  @ParameterizedTest
  @MethodSource("alarms")
  void anAlarmTellsSomebodyWhenItBeginsAndWhenItIsOver(String name) {
    for (String when : List.of("AlarmActions", "OKActions")) {
      assertThat(alarm(name).path(when).toString()).isEqualTo("[{\"Ref\":\"Alarms\"}]");
    }
    assertThat(resources().at("/Alarms/Type").asText()).isEqualTo("AWS::SNS::Topic");
  }

  /** CloudWatch keeps 1,024 characters of a description: {@code PutMetricAlarm}. */
  @ParameterizedTest
  @MethodSource("alarms")
  void anAlarmSaysWhatToDoFirstAndWhereItsRunbookIs(String name) {
    String text = alarm(name).path("AlarmDescription").asText();
    assertThat(text).hasSizeBetween(60, 1024);
    assertThat(text)
        .endsWith("Runbook: docs/runbooks.md#" + name.toLowerCase(Locale.ROOT))
        .matches(Pattern.compile("(?s)(Find|Read|Look|See|Open|Compare|Ask) .*"));
  }

  @Test
  void everyAlarmHasItsRunbookWithAllItsPartsAndNothingElseHasOne() {
    String runbooks = Project.read("docs/runbooks.md");
    Map<String, String> sections = new TreeMap<>();
    Pattern.compile("(?ms)^## (\\w+)\\n(.*?)(?=^## |\\z)")
        .matcher(runbooks)
        .results()
        .forEach(section -> sections.put(section.group(1), section.group(2)));
    assertThat(sections.keySet()).containsExactlyInAnyOrderElementsOf(alarms());
    sections.forEach(
        (name, text) ->
            assertThat(text)
                .as(name)
                .contains(
                    "**It means:**",
                    "**A customer notices:**",
                    "**Look here:**",
                    "**Do this:**",
                    "**It is over when:**"));
    assertThat(Pattern.compile("\\]\\(#(\\w+)\\)").matcher(runbooks).results().map(r -> r.group(1)))
        .isNotEmpty()
        .isSubsetOf(alarms().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void onlyWhatHasToBeHeardOfTakesSilenceForTrouble() {
    Map<String, String> missing = new TreeMap<>();
    alarms().forEach(name -> missing.put(name, alarm(name).path("TreatMissingData").asText()));
    assertThat(missing.values()).containsOnly("breaching", "notBreaching");
    assertThat(missing.keySet().stream().filter(name -> missing.get(name).equals("breaching")))
        .containsExactlyInAnyOrderElementsOf(SILENCE_IS_BAD);
  }

  /**
   * {@code EvaluationPeriods} of {@code PutMetricAlarm}: together at most a day for periods below
   * an hour, else a week.
   */
  @ParameterizedTest
  @MethodSource("alarms")
  void anAlarmRemembersNoLongerThanCloudWatchLetsIt(String name) {
    JsonNode alarm = alarm(name);
    Set<Long> periods = new TreeSet<>();
    alarm.findValues("Period").forEach(period -> periods.add(period.asLong()));
    assertThat(periods).hasSize(1);
    Duration period = Duration.ofSeconds(periods.iterator().next());
    Duration most =
        period.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofDays(1) : Duration.ofDays(7);
    assertThat(period.multipliedBy(alarm.path("EvaluationPeriods").asLong()))
        .isPositive()
        .isLessThanOrEqualTo(most);
    assertThat(alarm.path("DatapointsToAlarm").asLong(1))
        .isLessThanOrEqualTo(alarm.path("EvaluationPeriods").asLong());
  }

  private static List<Metric> looksAt(JsonNode alarm) {
    if (!alarm.has("Metrics")) {
      return List.of(metric(alarm));
    }
    return StreamSupport.stream(alarm.path("Metrics").spliterator(), false)
        .filter(each -> each.has("MetricStat"))
        .map(each -> metric(each.at("/MetricStat/Metric")))
        .toList();
  }

  private static Metric metric(JsonNode described) {
    Map<String, String> dimensions = new TreeMap<>();
    described
        .path("Dimensions")
        .forEach(each -> dimensions.put(each.path("Name").asText(), resource(each.path("Value"))));
    JsonNode namespace = described.path("Namespace");
    return new Metric(
        namespace.isObject() ? namespace.path("Fn::Sub").asText() : namespace.asText(),
        described.path("MetricName").asText(),
        dimensions);
  }

  /** The logical id in {@code !Ref X}, {@code !GetAtt X.QueueName} or <code>${X}</code>. */
  private static String resource(JsonNode reference) {
    JsonNode attribute = reference.path("Fn::GetAtt");
    String text =
        attribute.isMissingNode() ? reference.path("Ref").asText() : attribute.path(0).asText();
    return text.isEmpty() ? reference.asText().replaceAll("^\\$\\{(\\w+).*}$", "$1") : text;
  }

  private static void assertExists(String where, Metric metric) {
    if (metric.namespace().equals(OWN)) {
      assertThat(made()).as(where).contains(metric.name());
      assertThat(metric.dimensions()).as(where).isEmpty();
      return;
    }
    assertThat(OF_AWS.get(metric.namespace()))
        .as(where)
        .contains(metric.name() + " " + String.join(" ", metric.dimensions().keySet()));
    Map<String, String> names = new TreeMap<>(metric.dimensions());
    String index = names.remove("GlobalSecondaryIndexName");
    if (index != null) {
      assertThat(
              resources()
                  .at("/Ledger/Properties/GlobalSecondaryIndexes")
                  .findValuesAsText("IndexName"))
          .as(where)
          .contains(index);
    }
    names.forEach(
        (dimension, named) ->
            assertThat(resources().path(named).path("Type").asText())
                .as(where + " " + named)
                .isEqualTo(NAMES.get(dimension)));
  }

  /** The metrics that are made of log lines. */
  private static Set<String> made() {
    return ofType("AWS::Logs::MetricFilter").values().stream()
        .map(filter -> filter.at("/MetricTransformations/0/MetricName").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("alarms")
  void anAlarmLooksAtMetricsThatThereAre(String name) {
    assertThat(looksAt(alarm(name))).isNotEmpty().allSatisfy(metric -> assertExists(name, metric));
  }

  private static List<Metric> onTheDashboard() {
    String body = resources().at("/Overview/Properties/DashboardBody/Fn::Sub").asText();
    try {
      List<Metric> metrics = new ArrayList<>();
      for (JsonNode widget : new JsonMapper().readTree(body).path("widgets")) {
        for (JsonNode row : widget.at("/properties/metrics")) {
          if (row.path(0).isTextual()) {
            Map<String, String> dimensions = new TreeMap<>();
            for (int at = 2; row.path(at + 1).isTextual(); at += 2) {
              dimensions.put(row.path(at).asText(), resource(row.path(at + 1)));
            }
            metrics.add(new Metric(row.path(0).asText(), row.path(1).asText(), dimensions));
          }
        }
      }
      return metrics;
    } catch (IOException wrong) {
      throw new AssertionError("The dashboard is not JSON.", wrong);
    }
  }

  @Test
  void theDashboardShowsMetricsThatThereAre() {
    assertThat(onTheDashboard())
        .hasSizeGreaterThan(30)
        .allSatisfy(metric -> assertExists("dashboard", metric));
  }

  @Test
  void everyMetricThatIsMadeIsLookedAt() {
    Set<String> seen = new TreeSet<>();
    alarms().forEach(name -> looksAt(alarm(name)).forEach(metric -> seen.add(metric.name())));
    onTheDashboard().forEach(metric -> seen.add(metric.name()));
    assertThat(seen).containsAll(made());
  }

  /** An alarm costs by the metric, and the first ten cost nothing: CloudWatch's price list. */
  @Test
  void whatTheAlarmsCostIsSaid() {
    int metrics = alarms().stream().mapToInt(name -> looksAt(alarm(name)).size()).sum();
    String runbooks = Project.read("docs/runbooks.md").replace('\n', ' ');
    assertThat(runbooks)
        .contains("There are %d alarms with %d metrics".formatted(alarms().size(), metrics))
        .contains("so $%d.%d0 a month".formatted((metrics - 10) / 10, (metrics - 10) % 10))
        .contains("%d metrics are made of log lines".formatted(made().size()));
  }

  /** A stack of names that is neither gone around in a circle nor left out of a rollout. */
  @Test
  void aRolloutIsGuardedByAlarmsThatNameNothingOfIt() {
    JsonNode guard = TEMPLATE.at("/Globals/Function/DeploymentPreference");
    assertThat(guard.path("Type").path("Ref").asText()).isEqualTo("Rollout");
    List<String> guards = guard.at("/Alarms/Fn::If/1").findValuesAsText("Ref");
    assertThat(guards).containsExactly("FunctionErrors", "FailuresLogged");
    guards.forEach(
        name ->
            assertThat(looksAt(alarm(name)))
                .as(name + ": a dimension would name what waits for the guard")
                .allSatisfy(metric -> assertThat(metric.dimensions()).isEmpty()));
  }

  /** Task tokens are credentials: {@code TaskScheduled} carries them, so that no data is logged. */
  @Test
  void noWorkflowLogsItsData() {
    ofType("AWS::Serverless::StateMachine")
        .forEach(
            (name, machine) -> {
              JsonNode logging = machine.path("Logging");
              if (!logging.isMissingNode()) {
                assertThat(logging.path("IncludeExecutionData").asBoolean(true)).as(name).isFalse();
              }
            });
    assertThat(resources().at("/InvoiceWorkflow/Properties/Logging/Level").asText())
        .isEqualTo("ERROR");
    assertThat(resources().at("/InvoiceWorkflow/Properties/Tracing/Enabled").asBoolean()).isTrue();
    assertThat(TEMPLATE.at("/Globals/Function/Tracing").asText()).isEqualTo("Active");
  }

  /**
   * Each word of a pattern, and each field that it or its value asks for, is logged by some call.
   */
  @Test
  void everyPatternAsksForWhatTheCodeLogs() {
    String code =
        Project.files("functions/src/main/java", ".java").stream()
            .map(file -> Project.read(file.toString()))
            .collect(Collectors.joining());
    ofType("AWS::Logs::MetricFilter")
        .forEach(
            (name, filter) -> {
              String pattern = filter.path("FilterPattern").asText();
              List<String> messages = messages(pattern);
              for (String message : messages) {
                if (!message.equals("payment settled")) {
                  assertThat(code).as(name).contains("\"" + message + "\"");
                }
              }
              if (messages.isEmpty()) {
                assertThat(pattern).containsAnyOf("platform.report", "$.level");
              }
            });
  }

  private static List<String> messages(String pattern) {
    return Pattern.compile("\\$\\.message = \"([^\"]+)\"")
        .matcher(pattern)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
