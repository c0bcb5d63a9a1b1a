package dev.clockbill.local.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.StackParts;
import dev.clockbill.local.gateway.JwtAuthorizer;
import dev.clockbill.local.gateway.TokenVerifier;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.template.AuthorizerEntry;
import dev.clockbill.local.template.LoginClient;
import dev.clockbill.local.template.LoginEntry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedUserStateException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

class LoginTest {
  private static final String POOL = "local_Pool";
  private static final String VERIFIER = "a-verifier-that-only-the-client-knows-0123456789";

  static final LoginEntry POOL_ENTRY =
      new LoginEntry(
          false,
          7,
          Map.of("custom:houseId", true, "custom:fixed", false, "custom:secret", true),
          List.of(
              new LoginClient(
                  "client",
                  Set.of(),
                  Optional.of(Set.of("email", "email_verified", "name", "custom:houseId")),
                  Map.of("House", Map.of("email", "email", "email_verified", "email_verified")))));

  private StackParts parts;
  private Login login;
  private TokenVerifier tokens;
  private CognitoIdentityProviderClient client;

  @BeforeEach
  void start() {
    parts = new StackParts();
    login = login();
    parts.serve(login.controls().include(login.pages()).include(Page.stylesheet()));
    parts.serve(
        login.userPool(),
        "Inviter",
        List.of("cognito-idp:*"),
        List.of("arn:aws:cognito-idp:eu-central-1:000000000000:userpool/" + POOL));
    tokens = authorizer(login);
    client = parts.as("Inviter", CognitoIdentityProviderClient.builder()).build();
    create("priya@first.example", "Priya", "owner");
  }

  @AfterEach
  void stop() {
    client.close();
    parts.close();
  }

  @Test
  void aTokenSaysWhoItIsForAndWhatTheirAttributesAre() throws Exception {
    var answer = parts.post("/_local/token", "{\"user\":\"priya\"}").json();
    assertThat(answer.path("houseId").asText()).isEqualTo("house-of-Priya");
    assertThat(answer.path("role").asText()).isEqualTo("owner");
    assertThat(answer.path("name").asText()).isEqualTo("Priya");
    assertThat(answer.path("email").asText()).isEqualTo("priya@first.example");
    Map<String, Object> claims = tokens.claims(answer.path("token").asText());
    assertThat(claims)
        .containsEntry("iss", Login.issuer(parts.base()))
        .containsEntry("aud", "client")
        .containsEntry("token_use", "id")
        .containsEntry("custom:houseId", "house-of-Priya")
        .containsEntry("cognito:groups", List.of("owner"))
        .containsEntry("email", "priya@first.example")
        .containsEntry("email_verified", true)
        .containsEntry("cognito:username", claims.get("sub"));
    String body = "{\"user\":\"priya\",\"use\":\"access\"}";
    String access = parts.post("/_local/token", body).json().path("token").asText();
    assertThat(tokens.claims(access))
        .containsEntry("token_use", "access")
        .containsEntry("client_id", "client")
        .doesNotContainKeys("aud", "custom:houseId");
  }

  @Test
  void aTokenHoldsFor365DaysAndOutlivesARun() throws Exception {
    String token = login.token("priya").orElseThrow();
    TokenVerifier later = authorizer(login());
    parts.clock().advance(Duration.ofDays(365).minusSeconds(1));
    assertThat(later.claims(token)).isNotEmpty();
    parts.clock().advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> later.claims(token)).isInstanceOf(TokenVerifier.Refused.class);
  }

  @Test
  void whoWasThereFirstKeepsTheShortName() {
    create("priya@second.example", "Other", "staff");
    assertThat(userAsked("priya").json().path("name").asText()).isEqualTo("Priya");
    assertThat(userAsked("priya@second.example").json().path("name").asText()).isEqualTo("Other");
  }

  @Test
  void aControlSaysWhatIsWrong() {
    assertThat(userAsked("nobody").status()).isEqualTo(404);
    assertThat(parts.post("/_local/token", "{").status()).isEqualTo(400);
    assertThat(parts.post("/_local/token", "{\"user\":1}").status()).isEqualTo(400);
    for (String more : List.of("\"x\":1", "\"use\":\"refresh\"")) {
      String body = "{\"user\":\"priya\"," + more + "}";
      assertThat(parts.post("/_local/token", body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void whoIsDisabledGetsNoTokenUntilEnabledAgainButKeepsTheOneTheyHave() throws Exception {
    String token = login.token("priya").orElseThrow();
    String refresh = exchange(code(), VERIFIER).json().path("refresh_token").asText();
    client.adminDisableUser(disable -> disable.userPoolId(POOL).username("priya@first.example"));
    assertThat(tokens.claims(token)).isNotEmpty();
    assertThat(userAsked("priya").status()).isEqualTo(403);
    assertThat(refreshed(refresh).status()).isEqualTo(400);
    assertThat(parts.browse(authorize()).text()).contains("Nobody can log in yet");
    client.adminEnableUser(enable -> enable.userPoolId(POOL).username("priya@first.example"));
    assertThat(userAsked("priya").status()).isEqualTo(200);
    assertThat(refreshed(refresh).status()).isEqualTo(200);
  }

  @Test
  void whoIsSignedOutEverywhereHasToLogInAgain() {
    String before = exchange(code(), VERIFIER).json().path("refresh_token").asText();
    client.adminUserGlobalSignOut(out -> out.userPoolId(POOL).username("priya@first.example"));
    assertThat(refreshed(before).status()).isEqualTo(400);
    String after = exchange(code(), VERIFIER).json().path("refresh_token").asText();
    assertThat(refreshed(after).status()).isEqualTo(200);
  }

  @Test
  void anInvitationEndsAfterSevenDaysAndIsRevivedByResendingAlone() {
    assertThat(status()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    parts.clock().advance(Duration.ofDays(7));
    assertThat(userAsked("priya").status()).isEqualTo(403);
    assertThat(login.token("priya")).isEmpty();
    assertThat(
            parts.submit("/_login/authorize", parameters() + "&user=priya%40first.example").text())
        .contains("invitation has expired");
    assertThatThrownBy(() -> create("priya@first.example", "Priya", "owner"))
        .isInstanceOf(UsernameExistsException.class);
    assertThat(userAsked("priya").status()).isEqualTo(403);
    resend("priya@first.example");
    assertThat(status()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    parts.clock().advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(userAsked("priya").status()).isEqualTo(200);
    assertThat(status()).isEqualTo(UserStatusType.CONFIRMED);
    parts.clock().advance(Duration.ofDays(7));
    assertThat(userAsked("priya").status()).isEqualTo(200);
  }

  @Test
  void onlyWhoNeverLoggedInIsInvitedAgain() {
    code();
    assertThatThrownBy(() -> resend("priya@first.example"))
        .isInstanceOf(UnsupportedUserStateException.class);
    assertThatThrownBy(() -> resend("nobody@first.example"))
        .isInstanceOf(UserNotFoundException.class);
  }

  @Test
  void aTokenSaysWhatItsClientMayReadAlone() throws Exception {
    client.adminUpdateUserAttributes(
        update ->
            update
                .userPoolId(POOL)
                .username("priya@first.example")
                .userAttributes(attribute("custom:secret", "s"), attribute("locale", "de")));
    assertThat(tokens.claims(login.token("priya").orElseThrow()))
        .containsEntry("custom:houseId", "house-of-Priya")
        .doesNotContainKeys("custom:secret", "locale");
  }

  @Test
  void whereCaseCountsAnotherCaseIsAnotherUser() {
    LoginEntry sensitive = new LoginEntry(true, 1, Map.of(), List.of());
    Login other = new Login(parts.base(), "client", sensitive, parts.data(), parts.clock());
    assertThat(other.token("Priya@first.example")).isEmpty();
    assertThat(other.token("priya@first.example")).isPresent();
    assertThat(login.token("Priya@first.example")).isPresent();
  }

  @Test
  void thePoolAnswersAsCognitoDoes() {
    assertThatThrownBy(() -> create("Priya@first.example", "Priya", "owner"))
        .isInstanceOf(UsernameExistsException.class);
    assertThatThrownBy(() -> client.adminGetUser(get -> get.userPoolId(POOL).username("x@y.z")))
        .isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> client.adminGetUser(get -> get.userPoolId("other").username("x@y.z")))
        .isInstanceOf(CognitoIdentityProviderException.class)
        .hasMessageContaining("not authorized");
    client.adminUpdateUserAttributes(
        update ->
            update
                .userPoolId(POOL)
                .username("priya@first.example")
                .userAttributes(attribute("name", "Priya P.")));
    var user = client.adminGetUser(get -> get.userPoolId(POOL).username("priya@first.example"));
    assertThat(user.enabled()).isTrue();
    assertThat(user.userCreateDate()).isEqualTo(StackParts.BEGINNING);
    assertThat(user.userAttributes())
        .contains(attribute("name", "Priya P."), attribute("custom:houseId", "house-of-Priya"));
  }

  @Test
  void aBrowserPicksAUserAndItsClientExchangesTheCodeOnce() throws Exception {
    var page = parts.browse(authorize());
    assertThat(page.text()).contains("Priya").contains("owner");
    assertThat(page.header("content-security-policy"))
        .contains("form-action 'self' http://localhost:4000");
    String code = code();
    var answer = exchange(code, VERIFIER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(tokens.claims(answer.json().path("id_token").asText()))
        .containsEntry("nonce", "n")
        .containsEntry("name", "Priya");
    assertThat(exchange(code, VERIFIER).json().path("error").asText()).isEqualTo("invalid_grant");
    assertThat(exchange(code(), "another").status()).isEqualTo(400);
  }

  @Test
  void aLoginIsRefreshedFor365Days() {
    String refresh = exchange(code(), VERIFIER).json().path("refresh_token").asText();
    parts.clock().advance(Duration.ofDays(364));
    assertThat(refreshed(refresh).json().path("id_token").asText()).isNotEmpty();
    parts.clock().advance(Duration.ofDays(1));
    assertThat(refreshed(refresh).status()).isEqualTo(400);
  }

  @Test
  void theLoginLeadsNowhereElse() {
    String elsewhere = authorize().replace("http%3A%2F%2Flocalhost", "http%3A%2F%2Fexample.org");
    assertThat(parts.browse(elsewhere).status()).isEqualTo(400);
    assertThat(parts.browse("/_login/logout?logout_uri=http://example.org").status())
        .isEqualTo(400);
    assertThat(parts.browse("/_login/logout?logout_uri=http://localhost:4000/").status())
        .isEqualTo(303);
  }

  @Test
  void discoveryNamesEveryEndpoint() {
    var discovery = parts.get("/_login/.well-known/openid-configuration").json();
    assertThat(discovery.path("issuer").asText()).isEqualTo(parts.base() + "/_login");
    String keys = URI.create(discovery.path("jwks_uri").asText()).getPath();
    assertThat(parts.get(keys).json().path("keys")).hasSize(1);
    assertThat(parts.get(keys).text()).doesNotContain("\"d\"");
  }

  private Login login() {
    return new Login(parts.base(), "client", POOL_ENTRY, parts.data(), parts.clock());
  }

  private TokenVerifier authorizer(Login issuing) {
    return new JwtAuthorizer(
        new AuthorizerEntry(Login.issuer(parts.base()), List.of("client")),
        issuing::keys,
        parts.clock());
  }

  private StackParts.Reply userAsked(String user) {
    return parts.post("/_local/token", "{\"user\":\"" + user + "\"}");
  }

  private static String parameters() {
    return "response_type=code&client_id=client&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2F"
        + "&scope=openid&state=s&nonce=n&code_challenge_method=S256&code_challenge="
        + AuthorizationGrants.challengeOf(VERIFIER);
  }

  private static String authorize() {
    return "/_login/authorize?" + parameters();
  }

  private String code() {
    var answer = parts.submit("/_login/authorize", parameters() + "&user=priya%40first.example");
    assertThat(answer.status()).isEqualTo(303);
    String location = answer.header("location");
    assertThat(location).startsWith("http://localhost:4000/?code=").endsWith("&state=s");
    return location.replaceAll(".*code=([^&]*).*", "$1");
  }

  private StackParts.Reply exchange(String code, String verifier) {
    return parts.submit(
        "/_login/token",
        "grant_type=authorization_code&client_id=client&code="
            + code
            + "&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2F&code_verifier="
            + verifier);
  }

  private StackParts.Reply refreshed(String token) {
    return parts.submit(
        "/_login/token", "grant_type=refresh_token&client_id=client&refresh_token=" + token);
  }

  private UserStatusType status() {
    return client
        .adminGetUser(get -> get.userPoolId(POOL).username("priya@first.example"))
        .userStatus();
  }

  private void resend(String email) {
    client.adminCreateUser(
        create -> create.userPoolId(POOL).username(email).messageAction(MessageActionType.RESEND));
  }

  private void create(String email, String name, String group) {
    client.adminCreateUser(
        create ->
            create
                .userPoolId(POOL)
                .username(email)
                .userAttributes(
                    attribute("email", email),
                    attribute("email_verified", "true"),
                    attribute("name", name),
                    attribute("custom:houseId", "house-of-" + name)));
    client.adminAddUserToGroup(add -> add.userPoolId(POOL).username(email).groupName(group));
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
