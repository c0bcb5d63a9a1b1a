package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.QueueEntry;
import dev.clockbill.local.template.TemplateFile;
import dev.clockbill.shared.AwsService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the template says of what fails, of what comes too fast, and of what takes too long. */
class ResilienceTest {
  /** The longest that an HTTP API waits (API Gateway's guide, "Quotas for HTTP APIs"). */
  private static final Duration GATEWAY = Duration.ofSeconds(30);

  /** Where it fails nothing is lost: it is made again every quarter of an hour. */
  private static final String MADE_ANEW = "SyntheticJourney";

  private static final Set<String> PUBLIC =
      Set.of("PayPage", "ClientPage", "PaymentWebhook", "TimerLinks", "Portal");

  private static final JsonNode TEMPLATE = TemplateFile.read(Project.path("template.yaml"));

  private static Stream<Map.Entry<String, JsonNode>> resources(String type) {
    return TEMPLATE.path("Resources").properties().stream()
        .filter(each -> each.getValue().path("Type").asText().equals(type));
  }

  /** What starts a function or a state machine, named by both, without routes. */
  static List<Map.Entry<String, JsonNode>> triggers() {
    return Stream.concat(
            resources("AWS::Serverless::Function"), resources("AWS::Serverless::StateMachine"))
        .flatMap(
            target ->
                target.getValue().at("/Properties/Events").properties().stream()
                    .map(event -> Map.entry(target.getKey() + event.getKey(), event.getValue())))
        .filter(event -> !event.getValue().path("Type").asText().equals("HttpApi"))
        .toList();
  }

  static List<FunctionEntry> functions() {
    return Project.functions();
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void whatCannotBeDeliveredIsTriedAgainAndThenKept(Map.Entry<String, JsonNode> trigger) {
    JsonNode properties = trigger.getValue().path("Properties");
    if (trigger.getValue().path("Type").asText().equals("SQS")) {
      assertThat(properties.at("/ScalingConfig/MaximumConcurrency").asInt()).isPositive();
      return;
    }
    assertThat(properties.at("/RetryPolicy/MaximumRetryAttempts").asInt()).isPositive();
    assertThat(properties.at("/RetryPolicy/MaximumEventAgeInSeconds").asInt())
        .isGreaterThanOrEqualTo(60);
    assertThat(properties.at("/DeadLetterConfig/Arn/Fn::GetAtt/0").asText())
        .isIn("DeadLetters", "UnrecordedDeliveries");
  }

  /** Scheduled or by a rule: Lambda keeps the event and tries again, and drops it in the end. */
  @ParameterizedTest
  @MethodSource("functions")
  void whatAFunctionFailsAtForGoodIsKept(FunctionEntry function) {
    boolean async = !function.schedules().isEmpty() || !function.rules().isEmpty();
    assertThat(function.async().onFailure().isPresent())
        .isEqualTo(async && !function.logicalId().equals(MADE_ANEW));
    boolean said =
        TEMPLATE
            .at("/Resources/" + function.logicalId() + "/Properties/EventInvokeConfig")
            .has("MaximumEventAgeInSeconds");
    assertThat(said).isEqualTo(async);
  }

  /**
   * The advice is Lambda's guide, "Creating and configuring an Amazon SQS event source mapping".
   */
  @Test
  void aMessageIsHiddenSixTimesAsLongAsItsFunctionMayTake() {
    Map<String, FunctionEntry> byName =
        functions().stream()
            .collect(Collectors.toMap(FunctionEntry::logicalId, function -> function));
    List<QueueEntry> taken =
        Project.queues().stream().filter(queue -> queue.consumer().isPresent()).toList();
    assertThat(taken).isNotEmpty();
    for (QueueEntry queue : taken) {
      Duration timeout = byName.get(queue.consumer().get()).timeout();
      assertThat(queue.visibility()).isGreaterThanOrEqualTo(timeout.multipliedBy(6));
      assertThat(queue.redrive()).isPresent();
      assertThat(queue.redrive().get().mostReceives()).isGreaterThanOrEqualTo(5);
    }
  }

  /**
   * In the queue for dead letters a message keeps its age (SQS' guide, "Using dead-letter queues").
   */
  @Test
  void deadLettersAreKeptForMuchLongerThanTheyTakeToComeThere() {
    Map<String, QueueEntry> byArn =
        Project.queues().stream().collect(Collectors.toMap(QueueEntry::arn, queue -> queue));
    for (QueueEntry queue : Project.queues()) {
      queue
          .redrive()
          .ifPresent(
              redrive -> {
                Duration tried = queue.visibility().multipliedBy(redrive.mostReceives());
                assertThat(tried).isLessThan(queue.retention());
                assertThat(byArn.get(redrive.to()).retention())
                    .isGreaterThanOrEqualTo(tried.plusDays(10));
              });
    }
  }

  /** SAM writes a policy only for queues that it makes itself (its guide, "DeadLetterConfig"). */
  @Test
  void everyRuleMayPutIntoItsQueueWhatItCannotDeliver() {
    List<Map.Entry<String, JsonNode>> rules =
        triggers().stream()
            .filter(each -> each.getValue().path("Type").asText().equals("EventBridgeRule"))
            .toList();
    assertThat(rules).hasSize(2);
    for (Map.Entry<String, JsonNode> rule : rules) {
      String queue = rule.getValue().at("/Properties/DeadLetterConfig/Arn/Fn::GetAtt/0").asText();
      JsonNode policy = TEMPLATE.at("/Resources/" + queue + "Access/Properties");
      assertThat(policy.path("Queues")).hasSize(1);
      assertThat(policy.at("/Queues/0/Ref").asText()).isEqualTo(queue);
      JsonNode allowed = policy.at("/PolicyDocument/Statement/0");
      assertThat(allowed.at("/Principal/Service").asText()).isEqualTo("events.amazonaws.com");
      assertThat(allowed.at("/Resource/Fn::GetAtt/0").asText()).isEqualTo(queue);
      assertThat(allowed.at("/Condition/ArnEquals/aws:SourceArn/Fn::GetAtt/0").asText())
          .isEqualTo(rule.getKey());
    }
  }

  /**
   * Without these actions the machine cannot be made (Step Functions' guide, "Using CloudWatch Logs
   * to log execution history").
   */
  @Test
  void aMachineThatLogsMaySetUpTheDeliveryOfItsLog() {
    resources("AWS::Serverless::StateMachine")
        .filter(machine -> machine.getValue().at("/Properties").has("Logging"))
        .forEach(
            machine ->
                assertThat(machine.getValue().at("/Properties/Policies").toString())
                    .as(machine.getKey())
                    .contains("logs:CreateLogDelivery", "logs:PutResourcePolicy"));
  }

  @Test
  void queuesAreEncryptedWithoutAKeyThatCosts() {
    resources("AWS::SQS::Queue")
        .forEach(
            queue -> {
              JsonNode properties = queue.getValue().path("Properties");
              assertThat(properties.path("SqsManagedSseEnabled").asBoolean()).isTrue();
              assertThat(properties.has("KmsMasterKeyId")).isFalse();
            });
    assertThat(TEMPLATE.toString()).doesNotContain("AWS::KMS::Key", "SSESpecification");
  }

  @Test
  void aFunctionBehindARouteIsQuickerThanTheGateway() {
    for (FunctionEntry function : functions()) {
      if (!function.routes().isEmpty()) {
        assertThat(function.timeout()).as(function.logicalId()).isLessThan(GATEWAY);
      }
    }
  }

  @Test
  void aCallOfTheSdkIsGivenUpBeforeItsFunctionIs() {
    for (FunctionEntry function : functions()) {
      assertThat(AwsService.LONGEST_CALL).as(function.logicalId()).isLessThan(function.timeout());
    }
  }

  @Test
  void everyPublicRouteHasItsLimitAndTheOthersTheirs() {
    JsonNode settings = TEMPLATE.at("/Resources/Api/Properties/DefaultRouteSettings");
    int rate = settings.path("ThrottlingRateLimit").asInt();
    int burst = settings.path("ThrottlingBurstLimit").asInt();
    assertThat(rate).isPositive();
    assertThat(burst).isGreaterThanOrEqualTo(rate);
    Set<String> open = new TreeSet<>();
    resources("AWS::Serverless::Function")
        .forEach(
            function ->
                function
                    .getValue()
                    .at("/Properties/Events")
                    .forEach(
                        event -> {
                          JsonNode route = event.path("Properties");
                          if (route.at("/Auth/Authorizer").asText().equals("NONE")) {
                            open.add(function.getKey());
                            int own = route.at("/RouteSettings/ThrottlingRateLimit").asInt();
                            assertThat(own).as(route.toString()).isBetween(1, rate - 1);
                            assertThat(route.at("/RouteSettings/ThrottlingBurstLimit").asInt())
                                .isBetween(own, burst - 1);
                          }
                        }));
    assertThat(open).containsExactlyInAnyOrderElementsOf(PUBLIC);
  }

  @Test
  void onlyFunctionsBehindPublicRoutesMaySetConcurrencyAside() {
    resources("AWS::Serverless::Function")
        .forEach(
            function ->
                assertThat(
                        function
                            .getValue()
                            .at("/Properties/ReservedConcurrentExecutions/Fn::If/0")
                            .asText())
                    .as(function.getKey())
                    .isEqualTo(PUBLIC.contains(function.getKey()) ? "ReservesConcurrency" : ""));
  }

  /** Links to pay and to stop a timer carry their secret in the path; people have addresses. */
  @Test
  void theAccessLogTellsNoSecretAndNobody() {
    JsonNode settings = TEMPLATE.at("/Resources/Api/Properties/AccessLogSettings");
    String format = settings.path("Format").asText();
    assertThat(
            Pattern.compile("\\$context\\.([A-Za-z.]+)")
                .matcher(format)
                .results()
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrder(
            "requestId",
            "requestTime",
            "routeKey",
            "status",
            "responseLatency",
            "responseLength",
            "integrationStatus",
            "integrationLatency",
            "integrationErrorMessage",
            "error.message",
            "authorizer.error");
    assertThat(format).startsWith("{\"").endsWith("\"}").doesNotContain("\n");
  }

  @Test
  void everyGroupOfLogsEndsAndNoFunctionHasAnotherOne() {
    List<Map.Entry<String, JsonNode>> groups = resources("AWS::Logs::LogGroup").toList();
    assertThat(groups).isNotEmpty();
    groups.forEach(
        group ->
            assertThat(group.getValue().at("/Properties/RetentionInDays").asInt())
                .as(group.getKey())
                .isBetween(1, 365));
    assertThat(TEMPLATE.at("/Globals/Function/LoggingConfig/LogGroup/Ref").asText())
        .isEqualTo("Logs");
    resources("AWS::Serverless::Function")
        .forEach(
            function ->
                assertThat(function.getValue().path("Properties").has("LoggingConfig"))
                    .as(function.getKey())
                    .isFalse());
  }

  @Test
  void theTableCannotBeDeletedByMistakeAndGoesBackAMonth() {
    JsonNode table = TEMPLATE.at("/Resources/Ledger");
    assertThat(table.path("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(table.at("/Properties/DeletionProtectionEnabled/Ref").asText())
        .isEqualTo("Protected");
    assertThat(TEMPLATE.at("/Parameters/Protected/Default").asText()).isEqualTo("true");
    JsonNode recovery = table.at("/Properties/PointInTimeRecoverySpecification");
    assertThat(recovery.path("PointInTimeRecoveryEnabled").asBoolean()).isTrue();
    assertThat(recovery.path("RecoveryPeriodInDays").asInt()).isEqualTo(35);
  }
}
