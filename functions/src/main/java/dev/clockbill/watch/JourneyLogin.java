package dev.clockbill.watch;

import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.AwsRefused;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Secret;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/**
 * Logs the journey's member in with a password, by a client of the user pool that takes passwords
 * only from callers whom IAM lets ({@code ADMIN_USER_PASSWORD_AUTH}: {@code AdminInitiateAuth} of
 * Cognito's API reference).
 */
final class JourneyLogin {
  private final CognitoIdentityProviderClient userPool;
  private final Secret parameter;
  private final String name;
  private final String userPoolId;
  private final String clientId;

  JourneyLogin(Environment environment) {
    this.userPool = AwsClients.userPool(environment);
    this.parameter = new Secret(environment, "JOURNEY_LOGIN_PARAMETER");
    this.name = environment.required("JOURNEY_LOGIN_PARAMETER");
    this.userPoolId = environment.required("USER_POOL_ID");
    this.clientId = environment.required("JOURNEY_CLIENT_ID");
  }

  /**
   * Who logs in.
   *
   * @param payLink the address of a pay page that is to be opened
   */
  record Member(String user, String password, Optional<String> payLink) {
    /**
     * Reads what a parameter holds.
     *
     * @throws IllegalStateException if it is something else; it may be a password, so that neither
     *     it nor what is wrong with it is shown
     */
    static Member of(String parameter, String written) {
      Map<String, Object> login;
      try {
        login = Json.readObject(written);
      } catch (IllegalArgumentException noJson) {
        login = Map.of();
      }
      String user = Json.text(login, "user");
      String password = Json.text(login, "password");
      if (user == null || password == null) {
        throw new IllegalStateException(
            "The parameter " + parameter + " has to hold {\"user\": …, \"password\": …}.");
      }
      return new Member(
          user, password, Optional.ofNullable(Json.text(login, "payLink")).map(String::strip));
    }
  }

  /** The parameter's name. */
  String name() {
    return name;
  }

  /**
   * Whom the parameter names; empty if there is none.
   *
   * @throws IllegalStateException if it holds something else
   */
  Optional<Member> member() {
    try {
      return Optional.of(Member.of(name, parameter.renewed()));
    } catch (AwsRefused refused) {
      if (refused.code().equals("ParameterNotFound")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /**
   * The member's ID token.
   *
   * @throws IllegalStateException saying what keeps the member from logging in
   */
  String token(Member member) {
    AdminInitiateAuthResponse answer;
    try {
      answer =
          userPool.adminInitiateAuth(
              asked ->
                  asked
                      .userPoolId(userPoolId)
                      .clientId(clientId)
                      .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                      .authParameters(
                          Map.of("USERNAME", member.user(), "PASSWORD", member.password())));
    } catch (NotAuthorizedException refused) {
      throw new IllegalStateException(
          "The login refuses the member of the parameter "
              + name
              + ": "
              + refused.awsErrorDetails().errorMessage(),
          refused);
    }
    if (answer.authenticationResult() == null) {
      throw new IllegalStateException(
          "The login asks the journey's member for "
              + answer.challengeNameAsString()
              + ": give them a permanent password and no second factor.");
    }
    return answer.authenticationResult().idToken();
  }
}
