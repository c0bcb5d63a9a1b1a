package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.JsonProtocol;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.LoginClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Logging in with a password by the pool's API: {@code AdminInitiateAuth} with the flow {@code
 * ADMIN_USER_PASSWORD_AUTH}, as Cognito's API reference describes it.
 *
 * <p>The client has to be the pool's and to allow that flow. Who is unknown, disabled or has
 * another password is refused in the same words, as with {@code PreventUserExistenceErrors:
 * ENABLED}. A temporary password is answered with the challenge {@code NEW_PASSWORD_REQUIRED} and
 * no token.
 */
final class PasswordLogins {
  private static final String FLOW = "ADMIN_USER_PASSWORD_AUTH";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Users users;
  private final Issuer issuer;
  private final List<LoginClient> clients;
  private final DocumentStore passwords;
  private final InstantSource clock;

  PasswordLogins(
      Users users,
      Issuer issuer,
      List<LoginClient> clients,
      DocumentStore passwords,
      InstantSource clock) {
    this.users = users;
    this.issuer = issuer;
    this.clients = List.copyOf(clients);
    this.passwords = passwords;
    this.clock = clock;
  }

  /** Answers a call of {@code AdminInitiateAuth}. */
  Response answer(JsonNode call, JsonProtocol protocol) {
    String clientId = call.path("ClientId").asText();
    Optional<LoginClient> client =
        clients.stream().filter(each -> each.clientId().equals(clientId)).findFirst();
    if (client.isEmpty()) {
      return protocol.error(
          400, "ResourceNotFoundException", "User pool client " + clientId + " does not exist.");
    }
    if (!call.path("AuthFlow").asText().equals(FLOW)) {
      return protocol.error(
          400, "InvalidParameterException", "The stack knows only the flow " + FLOW + ".");
    }
    if (!client.get().flows().contains("ALLOW_" + FLOW)) {
      return protocol.error(
          400, "InvalidParameterException", "Auth flow not enabled for this client");
    }
    JsonNode given = call.path("AuthParameters");
    for (String needed : List.of("USERNAME", "PASSWORD")) {
      if (given.path(needed).asText().isEmpty()) {
        return protocol.error(
            400, "InvalidParameterException", "Missing required parameter " + needed);
      }
    }
    Instant now = clock.instant();
    return users
        .find(given.path("USERNAME").asText())
        .filter(user -> user.mayLogIn(now))
        .filter(user -> hasPassword(user, given.path("PASSWORD").asText()))
        .map(
            user ->
                protocol.answer(user.confirmed() ? tokens(user, clientId, now) : newPassword(user)))
        .orElseGet(
            () -> protocol.error(400, "NotAuthorizedException", "Incorrect username or password."));
  }

  private boolean hasPassword(User user, String password) {
    return passwords
        .get(user.subject())
        .filter(kept -> kept.path("password").asText().equals(password))
        .isPresent();
  }

  private JsonNode tokens(User user, String clientId, Instant now) {
    ObjectNode answer = JSON.objectNode();
    answer.putObject("ChallengeParameters");
    answer
        .putObject("AuthenticationResult")
        .put("AccessToken", issuer.accessToken(user, now, "aws.cognito.signin.user.admin"))
        .put("IdToken", issuer.idToken(user, now, Optional.empty(), clientId))
        .put("TokenType", "Bearer")
        .put("ExpiresIn", Issuer.VALIDITY.toSeconds());
    return answer;
  }

  private static JsonNode newPassword(User user) {
    ObjectNode answer = JSON.objectNode();
    answer
        .put("ChallengeName", "NEW_PASSWORD_REQUIRED")
        .put("Session", UUID.randomUUID().toString());
    answer.putObject("ChallengeParameters").put("USER_ID_FOR_SRP", user.username());
    return answer;
  }

  /**
   * {@code POST /_local/passwords {"user", "password", "permanent"?: false}}: what an operator does
   * with {@code AdminSetUserPassword}.
   */
  Response set(Request request) {
    JsonBody body = JsonBody.of(request, Set.of("user", "password", "permanent"));
    String password = body.text("password");
    boolean permanent = body.flag("permanent", false);
    Instant now = clock.instant();
    Optional<User> user =
        users.change(body.text("user"), found -> permanent ? found.loggedIn(now) : found);
    if (user.isEmpty()) {
      return JsonBody.problem(404, "There is no user \"" + body.text("user") + "\".");
    }
    passwords.put(user.get().subject(), JSON.objectNode().put("password", password));
    return Response.json(200, JSON.objectNode());
  }
}
