package dev.clockbill.local.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.StackParts;
import dev.clockbill.local.gateway.JwtAuthorizer;
import dev.clockbill.local.template.AuthorizerEntry;
import dev.clockbill.local.template.LoginClient;
import dev.clockbill.local.template.LoginEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;

/** Logging in with a password: only where the client takes one, only with the right one. */
class PasswordLoginsTest {
  private static final String POOL = "local_Users";
  private static final String USER = "robot@first.example";
  private static final String PASSWORD = "correct horse";

  private StackParts parts;
  private Login login;
  private CognitoIdentityProviderClient client;

  @BeforeEach
  void start() throws Exception {
    parts = new StackParts();
    login =
        new Login(
            parts.base(),
            "portal",
            new LoginEntry(
                false,
                7,
                Map.of(),
                List.of(
                    logsInBy("portal", "ALLOW_REFRESH_TOKEN_AUTH"),
                    logsInBy("robots", "ALLOW_ADMIN_USER_PASSWORD_AUTH"))),
            parts.data(),
            parts.clock());
    parts.serve(login.controls());
    parts.serve(
        login.userPool(),
        "Robot",
        List.of("cognito-idp:*"),
        List.of("arn:aws:cognito-idp:eu-central-1:000000000000:userpool/" + POOL));
    client = parts.as("Robot", CognitoIdentityProviderClient.builder()).build();
    client.adminCreateUser(create -> create.userPoolId(POOL).username(USER));
  }

  private static LoginClient logsInBy(String clientId, String flow) {
    return new LoginClient(clientId, Set.of(flow), Optional.empty(), Map.of());
  }

  @AfterEach
  void stop() {
    client.close();
    parts.close();
  }

  private void password(boolean permanent) {
    assertThat(
            parts
                .post(
                    "/_local/passwords",
                    "{\"user\":\"%s\",\"password\":\"%s\",\"permanent\":%s}"
                        .formatted(USER, PASSWORD, permanent))
                .status())
        .isEqualTo(200);
  }

  private AdminInitiateAuthResponse asked(String clientId, String user, String password) {
    return client.adminInitiateAuth(
        ask ->
            ask.userPoolId(POOL)
                .clientId(clientId)
                .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                .authParameters(Map.of("USERNAME", user, "PASSWORD", password)));
  }

  @Test
  void theTokenIsForTheClientThatAsked() throws Exception {
    password(true);
    String token = asked("robots", USER, PASSWORD).authenticationResult().idToken();
    AuthorizerEntry both =
        new AuthorizerEntry(Login.issuer(parts.base()), List.of("portal", "robots"));
    assertThat(new JwtAuthorizer(both, login::keys, parts.clock()).claims(token))
        .containsEntry("aud", "robots")
        .containsEntry("email", USER);
  }

  @Test
  void aTemporaryPasswordIsAnsweredWithAChallengeAndNoToken() {
    password(false);
    AdminInitiateAuthResponse answer = asked("robots", USER, PASSWORD);
    assertThat(answer.challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(answer.authenticationResult()).isNull();
  }

  @Test
  void whoIsUnknownDisabledOrWrongIsRefusedInTheSameWords() {
    password(true);
    String words = "Incorrect username or password.";
    assertThatThrownBy(() -> asked("robots", USER, "another"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(words);
    assertThatThrownBy(() -> asked("robots", "nobody@first.example", PASSWORD))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(words);
    client.adminDisableUser(disable -> disable.userPoolId(POOL).username(USER));
    assertThatThrownBy(() -> asked("robots", USER, PASSWORD))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void aClientTakesAPasswordOnlyIfItsFlowsSaySo() {
    password(true);
    assertThatThrownBy(() -> asked("portal", USER, PASSWORD))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Auth flow not enabled for this client");
    assertThatThrownBy(() -> asked("nobodys", USER, PASSWORD))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> asked("robots", USER, ""))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("PASSWORD");
  }
}
