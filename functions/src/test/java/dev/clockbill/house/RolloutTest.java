package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a new version takes over, who is told, and what is made only where it is asked for. */
class RolloutTest {
  private static final String GROUP = "AWS::CodeDeploy::DeploymentGroup";
  private static final Map<String, String> STAGE =
      Map.of("AWS::StackName", "clockbill-prod", "BaseUrl", "https://app.clockbill.example");

  private static TransformedTemplate with(String... namesAndValues) {
    Map<String, String> stage = new LinkedHashMap<>(STAGE);
    for (int at = 0; at < namesAndValues.length; at += 2) {
      stage.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return TransformedTemplate.deployed(stage);
  }

  @Test
  void aGradualRolloutOfEveryFunctionIsTakenBackWhenFunctionsFail() {
    TransformedTemplate gradual = with("Rollout", "Canary10Percent10Minutes");
    Map<String, JsonNode> groups = gradual.resources(GROUP);
    assertThat(groups).hasSize(TemplateTest.functions().size());
    for (JsonNode group : groups.values()) {
      JsonNode properties = group.path("Properties");
      assertThat(properties.path("DeploymentConfigName").toString())
          .contains("CodeDeployDefault.Lambda")
          .contains("Canary10Percent10Minutes");
      assertThat(properties.path("AlarmConfiguration").path("Alarms").toString())
          .isEqualTo(
              "[{\"Name\":{\"Ref\":\"FunctionErrors\"}},{\"Name\":{\"Ref\":\"FailuresLogged\"}}]");
      assertThat(properties.path("AutoRollbackConfiguration").path("Events").toString())
          .contains("DEPLOYMENT_STOP_ON_ALARM");
    }
    assertThat(gradual.resources("AWS::Lambda::Alias").values())
        .allMatch(alias -> alias.path("UpdatePolicy").has("CodeDeployLambdaAliasUpdate"));
  }

  @Test
  void aMendIsDeployedAtOnceWhateverAlarmsSay() {
    for (JsonNode group : with("Rollout", "AllAtOnce").resources(GROUP).values()) {
      assertThat(group.path("Properties").path("AlarmConfiguration").has("Alarms")).isFalse();
      assertThat(group.path("Properties").path("DeploymentConfigName").toString())
          .contains("AllAtOnce");
    }
  }

  @Test
  void whatNobodyAskedForIsNotMade() {
    assertThat(with("Journeys", "DISABLED").resources())
        .containsKey("Alarms")
        .doesNotContainKeys("AlarmsByMail", "Spending", "JourneyFails");
    assertThat(with("MonthlyBudget", "50").resources()).doesNotContainKey("Spending");
    assertThat(with("AlarmMail", "ops@clockbill.example", "MonthlyBudget", "50").resources())
        .containsKeys("AlarmsByMail", "Spending", "JourneyFails");
  }

  /** X-Ray is the one policy that SAM adds; it can only write. */
  @Test
  void tracingAddsNoMoreThanTheRightToWriteTraces() {
    for (JsonNode role : with().resources("AWS::IAM::Role").values()) {
      for (JsonNode policy : role.path("Properties").path("ManagedPolicyArns")) {
        assertThat(policy.asText())
            .matches(
                ".*/(AWSLambdaBasicExecutionRole|AWSXrayWriteOnlyAccess|AWSCodeDeployRoleForLambda|AWSLambdaSQSQueueExecutionRole)");
      }
    }
  }
}
