package dev.clockbill.local.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.StackParts;
import dev.clockbill.local.gateway.JwtAuthorizer;
import dev.clockbill.local.gateway.TokenVerifier;
import dev.clockbill.local.template.AuthorizerEntry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;

/** A pool's schema, and logins by a provider that are linked to its users. */
class LinkingTest {
  private static final String POOL = "local_Pool";

  private StackParts parts;
  private TokenVerifier tokens;
  private CognitoIdentityProviderClient client;

  @BeforeEach
  void start() {
    parts = new StackParts();
    Login login =
        new Login(parts.base(), "client", LoginTest.POOL_ENTRY, parts.data(), parts.clock());
    parts.serve(login.controls());
    parts.serve(
        login.userPool(),
        "Inviter",
        List.of("cognito-idp:*"),
        List.of("arn:aws:cognito-idp:eu-central-1:000000000000:userpool/" + POOL));
    tokens =
        new JwtAuthorizer(
            new AuthorizerEntry(Login.issuer(parts.base()), List.of("client")),
            login::keys,
            parts.clock());
    client = parts.as("Inviter", CognitoIdentityProviderClient.builder()).build();
    client.adminCreateUser(
        create ->
            create
                .userPoolId(POOL)
                .username("priya@first.example")
                .userAttributes(attribute("custom:houseId", "house-of-Priya")));
  }

  @AfterEach
  void stop() {
    client.close();
    parts.close();
  }

  @Test
  void anAttributeHasToBeInTheSchemaAndToBeMutableToBeChanged() {
    assertThatThrownBy(() -> update(attribute("custom:unknown", "x")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("did not conform to the schema");
    assertThatThrownBy(() -> update(attribute("custom:fixed", "x")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("immutable");
  }

  @Test
  void whoIsLinkedLogsInAsThatUserWhoseStatusStays() throws Exception {
    link(username(), "House", "email", "priya@first.example");
    String token = vouched("priya@first.example").json().path("token").asText();
    assertThat(tokens.claims(token))
        .containsEntry("custom:houseId", "house-of-Priya")
        .containsEntry("cognito:username", username())
        .containsEntry("email_verified", true);
    assertThat(status()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    String stranger = vouched("Priya@first.example").json().path("token").asText();
    assertThat(tokens.claims(stranger))
        .containsEntry("cognito:username", "house_sub-of-priya@first.example")
        .doesNotContainKeys("custom:houseId", "cognito:groups");
    assertThat(vouched("x@y.example").json().path("email").asText()).isEqualTo("x@y.example");
    assertThat(parts.post("/_local/token", "{\"provider\":\"Other\",\"email\":\"x\"}").status())
        .isEqualTo(400);
  }

  @Test
  void linkingIsRefusedAsCognitoRefusesIt() {
    assertThatThrownBy(() -> link("priya@first.example", "House", "email", "priya@first.example"))
        .isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> link(username(), "Other", "email", "priya@first.example"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> link(username(), "House", "name", "Priya"))
        .isInstanceOf(InvalidParameterException.class);
    link(username(), "House", "email", "priya@first.example");
    assertThatThrownBy(() -> link(username(), "House", "email", "priya@first.example"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("already linked");
    vouched("early@first.example");
    assertThatThrownBy(() -> link(username(), "House", "email", "early@first.example"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Merging is not currently supported");
    var early =
        client.listUsers(all -> all.userPoolId(POOL).filter("email = \"early@first.example\""));
    assertThat(early.users())
        .singleElement()
        .satisfies(
            user -> {
              assertThat(user.userStatus()).isEqualTo(UserStatusType.EXTERNAL_PROVIDER);
              client.adminDeleteUser(gone -> gone.userPoolId(POOL).username(user.username()));
            });
    link(username(), "House", "email", "early@first.example");
    client.adminCreateUser(
        create ->
            create
                .userPoolId(POOL)
                .username("fixed@first.example")
                .userAttributes(attribute("custom:fixed", "x")));
    String fixed =
        client.adminGetUser(get -> get.userPoolId(POOL).username("fixed@first.example")).username();
    assertThatThrownBy(() -> link(fixed, "House", "email", "fixed@first.example"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("immutable");
  }

  private StackParts.Reply vouched(String email) {
    return parts.post("/_local/token", "{\"provider\":\"House\",\"email\":\"" + email + "\"}");
  }

  private String username() {
    return client
        .adminGetUser(get -> get.userPoolId(POOL).username("priya@first.example"))
        .username();
  }

  private void update(AttributeType changed) {
    client.adminUpdateUserAttributes(
        update -> update.userPoolId(POOL).username("priya@first.example").userAttributes(changed));
  }

  private void link(String username, String provider, String attribute, String value) {
    client.adminLinkProviderForUser(
        link ->
            link.userPoolId(POOL)
                .destinationUser(
                    user -> user.providerName("Cognito").providerAttributeValue(username))
                .sourceUser(
                    person ->
                        person
                            .providerName(provider)
                            .providerAttributeName(attribute)
                            .providerAttributeValue(value)));
  }

  private UserStatusType status() {
    return client
        .adminGetUser(get -> get.userPoolId(POOL).username("priya@first.example"))
        .userStatus();
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
