package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The login as it is deployed: what cannot be changed later, and what nobody notices until then.
 */
class LoginTemplateTest {
  private static final Map<String, String> PROVIDER =
      Map.of(
          "LoginProviderName", "Hollis",
          "LoginProviderIssuer", "https://login.hollis.example",
          "LoginProviderClientId", "clockbill",
          "LoginProviderSecret", "hollis-login");

  private static JsonNode deployed(Map<String, String> parameters, String logicalId) {
    return TransformedTemplate.deployed(parameters).properties(logicalId);
  }

  @Test
  void anAddressInAnotherCaseIsTheSamePersonAndDataIsNotDeletedByAccident() {
    JsonNode pool = deployed(Map.of(), "UserPool");
    assertThat(pool.at("/UsernameConfiguration/CaseSensitive").asText()).isEqualTo("false");
    assertThat(pool.path("DeletionProtection").asText()).isEqualTo("ACTIVE");
    assertThat(
            deployed(Map.of("Protected", "false"), "UserPool").path("DeletionProtection").asText())
        .isEqualTo("INACTIVE");
    assertThat(pool.at("/AdminCreateUserConfig/AllowAdminCreateUserOnly").asText())
        .isEqualTo("true");
  }

  /**
   * A user with an immutable attribute cannot be linked, and an attribute cannot become mutable.
   */
  @Test
  void firmAndPersonAreInEveryTokenAndNoClientCanWriteThem() {
    for (JsonNode attribute : deployed(Map.of(), "UserPool").path("Schema")) {
      assertThat(attribute.path("Mutable").asText()).as(attribute.toString()).isEqualTo("true");
    }
    Map<String, JsonNode> clients =
        TransformedTemplate.deployed(Map.of()).resources("AWS::Cognito::UserPoolClient");
    assertThat(clients).containsKey("UserPoolClient");
    clients.forEach(
        (name, client) -> {
          JsonNode properties = client.path("Properties");
          assertThat(texts(properties.path("ReadAttributes")))
              .as(name)
              .contains("email", "name", "custom:firmId", "custom:staffId");
          assertThat(texts(properties.path("WriteAttributes")))
              .as(name)
              .isNotEmpty()
              .noneMatch(attribute -> attribute.startsWith("custom:"));
          assertThat(texts(properties.path("AllowedOAuthScopes")))
              .as(name)
              .doesNotContain("aws.cognito.signin.user.admin");
        });
  }

  @Test
  void mailsOfTheLoginSayWhereItIsAndWhatToDo() {
    Map<String, String> bySes =
        Map.of("LoginMails", "ses", "BaseUrl", "https://app.clockbill.example");
    JsonNode pool = deployed(bySes, "UserPool");
    assertThat(pool.at("/EmailConfiguration/EmailSendingAccount").asText()).isEqualTo("DEVELOPER");
    assertThat(pool.at("/EmailConfiguration/ConfigurationSet/Ref").asText()).isEqualTo("Mails");
    assertThat(pool.at("/AdminCreateUserConfig/InviteMessageTemplate/EmailMessage").asText())
        .contains("https://app.clockbill.example/", "{username}", "{####}", "seven days");
    assertThat(pool.at("/VerificationMessageTemplate/EmailMessage").asText())
        .contains("https://app.clockbill.example/", "{####}");
    JsonNode byCognito = deployed(Map.of(), "UserPool");
    for (String words : List.of("EmailConfiguration", "VerificationMessageTemplate")) {
      assertThat(byCognito.has(words)).as(words).isFalse();
    }
    assertThat(byCognito.path("AdminCreateUserConfig").has("InviteMessageTemplate")).isFalse();
  }

  @Test
  void anotherLoginIsThereOnlyWhereItIsAskedFor() {
    assertThat(deployed(Map.of(), "LoginProvider").isMissingNode()).isTrue();
    JsonNode without = deployed(Map.of(), "UserPoolClient");
    assertThat(texts(without.path("SupportedIdentityProviders"))).containsExactly("COGNITO");
    assertThat(texts(without.path("WriteAttributes"))).containsExactly("name");
    JsonNode provider = deployed(PROVIDER, "LoginProvider");
    assertThat(provider.at("/ProviderDetails/client_secret").asText())
        .isEqualTo("{{resolve:secretsmanager:hollis-login:SecretString}}");
    assertThat(provider.at("/AttributeMapping/email").asText()).isEqualTo("email");
    assertThat(provider.path("AttributeMapping").has("name")).isFalse();
    JsonNode client = deployed(PROVIDER, "UserPoolClient");
    assertThat(client.path("SupportedIdentityProviders")).hasSize(2);
    // Cognito refuses a login whose mapped attributes the client may not write.
    assertThat(texts(client.path("WriteAttributes"))).containsExactly("name", "email");
  }

  @Test
  void aSecondFactorIsAnAppsCode() {
    assertThat(deployed(Map.of(), "UserPool").path("MfaConfiguration").asText()).isEqualTo("OFF");
    JsonNode asked = deployed(Map.of("SecondFactor", "ON"), "UserPool");
    assertThat(asked.path("MfaConfiguration").asText()).isEqualTo("ON");
    assertThat(texts(asked.path("EnabledMfas"))).containsExactly("SOFTWARE_TOKEN_MFA");
  }

  private static List<String> texts(JsonNode list) {
    return Optional.of(list).stream().flatMap(JsonNode::valueStream).map(JsonNode::asText).toList();
  }
}
