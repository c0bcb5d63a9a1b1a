package dev.clockbill.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.aws.Policies.Verdict;
import dev.clockbill.local.template.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-central-1:000000000000:table/Notes";

  private static Statement statement(String effect, String action, String resource) {
    return new Statement(effect, List.of(action), List.of(resource), null);
  }

  private static Verdict verdict(String action, String resource, Statement... policy) {
    return Policies.verdict(List.of(policy), RequiredPermission.of(action, resource));
  }

  @Test
  void nothingIsGrantedByDefault() {
    assertThat(verdict("dynamodb:GetItem", TABLE)).isEqualTo(Verdict.NOT_GRANTED);
  }

  @Test
  void aGrantHoldsForItsActionAndItsResourceOnly() {
    Statement grant = statement("Allow", "dynamodb:GetItem", TABLE);
    assertThat(verdict("dynamodb:GetItem", TABLE, grant)).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict("dynamodb:PutItem", TABLE, grant)).isEqualTo(Verdict.NOT_GRANTED);
    assertThat(verdict("dynamodb:GetItem", TABLE + "2", grant)).isEqualTo(Verdict.NOT_GRANTED);
    assertThat(verdict("dynamodb:GetItem", TABLE + "/index/A", grant))
        .isEqualTo(Verdict.NOT_GRANTED);
  }

  @Test
  void actionsAreComparedWithoutCaseAndResourcesWithIt() {
    Statement grant = statement("Allow", "DynamoDB:get*", TABLE + "/index/*");
    assertThat(verdict("dynamodb:GetItem", TABLE + "/index/A", grant)).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict("dynamodb:GetItem", TABLE.toUpperCase(java.util.Locale.ROOT), grant))
        .isEqualTo(Verdict.NOT_GRANTED);
  }

  @Test
  void aDenialWinsOverEveryGrant() {
    assertThat(
            verdict(
                "dynamodb:DeleteItem",
                TABLE,
                statement("Deny", "dynamodb:Delete*", "*"),
                statement("Allow", "*", "*")))
        .isEqualTo(Verdict.DENIED);
  }

  @Test
  void aConditionLimitsAGrant() throws Exception {
    Statement grant =
        new Statement(
            "Allow",
            List.of("ses:SendEmail"),
            List.of("*"),
            new JsonMapper()
                .readTree("{\"StringEquals\": {\"ses:FromAddress\": [\"a@example.com\"]}}"));
    assertThat(
            Policies.allows(
                List.of(grant),
                new RequiredPermission(
                    "ses:SendEmail", "*", Map.of("ses:FromAddress", "a@example.com"))))
        .isTrue();
    assertThat(
            Policies.allows(
                List.of(grant),
                new RequiredPermission(
                    "ses:SendEmail", "*", Map.of("ses:FromAddress", "b@example.com"))))
        .isFalse();
  }
}
