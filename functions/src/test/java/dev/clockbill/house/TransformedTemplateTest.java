package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What CloudFormation makes of {@code template.yaml}, after SAM's transform. */
class TransformedTemplateTest {
  private static final String VERSION = "AWS::Lambda::Version";

  /** CloudFormation's limit is 500 (user guide, "Understand CloudFormation quotas"). */
  private static final int RESOURCES = 400;

  private static final Map<String, String> DEVELOPMENT =
      Map.of("AWS::StackName", "clockbill-dev", "BaseUrl", "https://dev.clockbill.example");
  private static final Map<String, String> PRODUCTION =
      Map.of("AWS::StackName", "clockbill-prod", "BaseUrl", "https://app.clockbill.example");

  /** Properties that hold a name which is unique within an account and a region, by type. */
  private static final Set<String> NAMES =
      Set.of(
          "AlarmName",
          "BudgetName",
          "CanaryName",
          "ConfigurationSetName",
          "DashboardName",
          "Domain",
          "DomainName",
          "EmailIdentity",
          "FunctionName",
          "LogGroupName",
          "Name",
          "QueueName",
          "RoleName",
          "RuleName",
          "StateMachineName",
          "TableName",
          "TopicName",
          "UserPoolName");

  /** Their names are of something that belongs to the stack. */
  private static final Set<String> PARTS =
      Set.of(
          "AWS::Lambda::Alias",
          "AWS::Lambda::EventInvokeConfig",
          "AWS::Lambda::EventSourceMapping",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Version",
          "AWS::Logs::MetricFilter");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}.]+)[^}]*}");

  /**
   * A version is named by a hash of the code and of the environment as it is written, so that a
   * parameter that changed would never reach the alias.
   */
  @Test
  void anotherReleaseMakesNewVersionsOfAllFunctionsAndTheSameReleaseNone() {
    Map<String, String> changed = Map.of("BaseUrl", "https://new.clockbill.example");
    Set<String> before = TransformedTemplate.with(Map.of()).resources(VERSION).keySet();
    assertThat(before).hasSize(TemplateTest.functions().size());
    assertThat(TransformedTemplate.with(changed).resources(VERSION).keySet()).isEqualTo(before);
    Map<String, String> released = new LinkedHashMap<>(changed);
    released.put("Release", "fedcba9876543210");
    assertThat(TransformedTemplate.with(released).resources(VERSION).keySet())
        .hasSameSizeAs(before)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void everyFunctionHasTheLibraries() {
    TransformedTemplate template = TransformedTemplate.with(Map.of());
    Set<String> layer = template.resources("AWS::Lambda::LayerVersion").keySet();
    assertThat(layer).hasSize(1);
    assertThat(template.resources("AWS::Lambda::Function"))
        .allSatisfy(
            (logicalId, function) ->
                assertThat(function.path("Properties").path("Layers").findValuesAsText("Ref"))
                    .as(logicalId)
                    .containsExactlyElementsOf(layer));
  }

  @Test
  void aVersionIsDeletedOnceTheAliasPointsToTheNext() {
    assertThat(TransformedTemplate.with(Map.of()).resources(VERSION).values())
        .extracting(version -> version.path("DeletionPolicy").asText())
        .containsOnly("Delete");
  }

  /**
   * Everything that has a name of its own has another one in another stage; schedules have none.
   */
  @Test
  void twoStagesOfOneAccountShareNoName() {
    Map<String, String> names = names(DEVELOPMENT);
    assertThat(names).containsKey("InvoiceWorkflow StateMachineName");
    names(PRODUCTION)
        .forEach((where, name) -> assertThat(name).as(where).isNotEqualTo(names.get(where)));
    assertThat(
            TransformedTemplate.deployed(DEVELOPMENT)
                .resources("AWS::Scheduler::Schedule")
                .values())
        .isNotEmpty()
        .noneMatch(schedule -> schedule.path("Properties").has("Name"));
  }

  private static Map<String, String> names(Map<String, String> stage) {
    Map<String, String> names = new TreeMap<>();
    Map<String, String> second = new LinkedHashMap<>(stage);
    // What SES knows it knows for the whole account.
    second.put("MailIdentity", "existing");
    TransformedTemplate.deployed(second)
        .resources()
        .forEach(
            (logicalId, resource) -> {
              if (PARTS.contains(resource.path("Type").asText())) {
                return;
              }
              for (Map.Entry<String, JsonNode> property :
                  resource.path("Properties").properties()) {
                if (NAMES.contains(property.getKey()) && property.getValue().isTextual()) {
                  names.put(logicalId + " " + property.getKey(), property.getValue().asText());
                }
              }
            });
    // Groups belong to the user pool.
    names.keySet().removeIf(name -> name.endsWith("GroupName") && !name.contains("LogGroup"));
    return names;
  }

  @Test
  void theLoginOfAStageHasItsStackAndItsAccountInItsAddressUnlessItIsGivenOne() {
    assertThat(loginDomain(DEVELOPMENT)).isEqualTo("clockbill-dev-123456789012");
    Map<String, String> given = new LinkedHashMap<>(PRODUCTION);
    given.put("LoginDomain", "alder-login");
    assertThat(loginDomain(given)).isEqualTo("alder-login");
  }

  private static String loginDomain(Map<String, String> stage) {
    return TransformedTemplate.deployed(stage).properties("UserPoolDomain").path("Domain").asText();
  }

  @Test
  void theIdentityOfTheMailDomainIsMadeOnceAndUsedByAllStages() {
    String type = "AWS::SES::EmailIdentity";
    assertThat(TransformedTemplate.deployed(DEVELOPMENT).resources(type)).hasSize(1);
    Map<String, String> second = new LinkedHashMap<>(PRODUCTION);
    second.put("MailIdentity", "existing");
    assertThat(TransformedTemplate.deployed(second).resources(type)).isEmpty();
  }

  @Test
  void rulesOfEventsSeeOnlyTheirOwnStage() {
    Map<String, JsonNode> rules =
        TransformedTemplate.deployed(DEVELOPMENT).resources("AWS::Events::Rule");
    assertThat(rules).isNotEmpty();
    rules.forEach(
        (logicalId, rule) -> {
          JsonNode pattern = rule.path("Properties").path("EventPattern");
          JsonNode detail = pattern.path("detail");
          switch (pattern.path("source").path(0).asText()) {
            case "aws.ses" ->
                assertThat(detail.path("mail").path("tags").path("ses:configuration-set"))
                    .as(logicalId)
                    .hasToString("[{\"Ref\":\"Mails\"}]");
            case "aws.states" ->
                assertThat(detail.path("stateMachineArn").path(0).asText())
                    .as(logicalId)
                    .contains(":stateMachine:clockbill-dev-");
            default -> throw new AssertionError(logicalId + " listens to whom? " + pattern);
          }
        });
  }

  @Test
  void withADomainTheApiAnswersThereAndNowhereElse() {
    assertThat(TransformedTemplate.deployed(DEVELOPMENT).resources())
        .doesNotContainKeys("ApiDomain", "ApiDomainMapping", "ApiDomainRecords");
    assertThat(closed(DEVELOPMENT)).isFalse();
    Map<String, String> named = new LinkedHashMap<>(PRODUCTION);
    named.put("DomainName", "app.clockbill.example");
    named.put("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/1");
    assertThat(TransformedTemplate.deployed(named).resources())
        .containsKeys("ApiDomain", "ApiDomainMapping")
        .doesNotContainKey("ApiDomainRecords");
    assertThat(closed(named)).isTrue();
    named.put("HostedZoneId", "Z0123456789");
    assertThat(TransformedTemplate.deployed(named).resources()).containsKey("ApiDomainRecords");
  }

  private static boolean closed(Map<String, String> stage) {
    return TransformedTemplate.deployed(stage)
        .properties("Api")
        .path("Body")
        .findPath("disableExecuteApiEndpoint")
        .asBoolean();
  }

  @Test
  void thereIsRoomForMoreResources() {
    Map<String, String> everything = new LinkedHashMap<>(PRODUCTION);
    assertThat(TransformedTemplate.with(everything).resources())
        .hasSizeLessThanOrEqualTo(RESOURCES);
  }

  /** CloudFormation refuses resources that wait for each other in a circle. */
  @Test
  void noResourceWaitsForItself() {
    Map<String, JsonNode> resources = TransformedTemplate.with(Map.of()).resources();
    Map<String, Set<String>> waitsFor = new TreeMap<>();
    resources.forEach(
        (logicalId, resource) -> {
          Set<String> needed = new TreeSet<>();
          references(resource, needed);
          resource.path("DependsOn").forEach(each -> needed.add(each.asText()));
          needed.add(resource.path("DependsOn").asText());
          needed.retainAll(resources.keySet());
          waitsFor.put(logicalId, needed);
        });
    assertAll(
        () -> assertThat(waitsFor.get("ApiDomainMapping")).contains("Api", "ApiDomain"),
        () -> assertThat(waitsFor.get("StartTimer")).contains("Ledger", "StartTimerRole"));
    List<String> free;
    do {
      free =
          waitsFor.entrySet().stream()
              .filter(each -> each.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .toList();
      waitsFor.keySet().removeAll(free);
      for (Set<String> needed : waitsFor.values()) {
        needed.removeAll(free);
      }
    } while (!free.isEmpty());
    assertThat(waitsFor).as("wait for each other").isEmpty();
  }

  /** What a value refers to by {@code Ref}, {@code Fn::GetAtt} or {@code Fn::Sub}. */
  private static void references(JsonNode node, Set<String> into) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "Ref" -> into.add(value.asText());
        case "Fn::GetAtt" -> into.add(value.isArray() ? value.path(0).asText() : value.asText());
        case "Fn::Sub" -> into.addAll(placeholders(value.isArray() ? value.path(0) : value));
        default -> {}
      }
      references(value, into);
    }
    if (node.isArray()) {
      node.forEach(each -> references(each, into));
    }
  }

  private static List<String> placeholders(JsonNode text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text.asText());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
