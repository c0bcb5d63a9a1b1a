package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.JsonProtocol;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.template.LoginEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The administrator API of a user pool.
 *
 * <p>A user who is created with an email address as name can be found by it; the username is then
 * the subject, as in a pool whose users log in by email.
 *
 * <p>A user is created with a temporary password and the status {@code FORCE_CHANGE_PASSWORD}. It
 * holds for seven days, or what the pool says ({@code
 * PasswordPolicyType$TemporaryPasswordValidityDays} of Cognito's API reference); after that only
 * {@code AdminCreateUser} with {@code RESEND} lets the user in, and that is refused for users with
 * any other status ({@code UnsupportedUserStateException}).
 */
final class UserPool implements AwsService {
  private static final JsonProtocol PROTOCOL =
      new JsonProtocol(
          "1.1",
          "AWSCognitoIdentityProviderService",
          Set.of(
              "AdminCreateUser",
              "AdminAddUserToGroup",
              "AdminRemoveUserFromGroup",
              "AdminGetUser",
              "AdminInitiateAuth",
              "AdminLinkProviderForUser",
              "AdminListGroupsForUser",
              "AdminDeleteUser",
              "AdminDisableUser",
              "AdminEnableUser",
              "AdminUpdateUserAttributes",
              "AdminUserGlobalSignOut",
              "ListUsers"));

  /** The only filter of {@code ListUsers} that the stack knows. */
  private static final Pattern BY_EMAIL = Pattern.compile("email = \"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final String ARN = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/";

  private final Users users;
  private final LoginEntry pool;
  private final Linking linking;
  private final PasswordLogins passwords;
  private final Duration temporary;
  private final InstantSource clock;

  UserPool(Users users, LoginEntry pool, PasswordLogins passwords, InstantSource clock) {
    this.users = users;
    this.passwords = passwords;
    this.pool = pool;
    this.linking = new Linking(users, pool);
    this.temporary = Duration.ofDays(pool.temporaryDays());
    this.clock = clock;
  }

  @Override
  public String signingName() {
    return "cognito-idp";
  }

  @Override
  public String operation(Request request) {
    return PROTOCOL.operation(request);
  }

  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    return List.of(
        RequiredPermission.of(
            "cognito-idp:" + call.operation(), ARN + call.body().path("UserPoolId").asText()));
  }

  @Override
  public Response answer(AwsCall call) {
    try {
      return switch (call.operation()) {
        case "AdminLinkProviderForUser" ->
            PROTOCOL.answer(linking.link(call.body(), clock.instant()));
        case "AdminInitiateAuth" -> passwords.answer(call.body(), PROTOCOL);
        case "ListUsers" -> PROTOCOL.answer(listed(call.body().path("Filter").asText()));
        default -> ofOneUser(call);
      };
    } catch (PoolRefusal refused) {
      return error(400, refused.code(), refused.getMessage());
    }
  }

  private Response ofOneUser(AwsCall call) throws PoolRefusal {
    String username = call.body().path("Username").asText();
    if (username.isEmpty()) {
      return error(400, "InvalidParameterException", "Username must not be empty.");
    }
    Instant now = clock.instant();
    String group = call.body().path("GroupName").asText();
    return switch (call.operation()) {
      case "AdminCreateUser" -> create(username, call.body(), now);
      case "AdminAddUserToGroup" -> change(username, user -> user.inGroup(group, now));
      case "AdminRemoveUserFromGroup" -> change(username, user -> user.notInGroup(group, now));
      case "AdminDisableUser" -> change(username, user -> user.enabled(false, now));
      case "AdminEnableUser" -> change(username, user -> user.enabled(true, now));
      case "AdminUpdateUserAttributes" -> {
        Map<String, String> changed = attributes(call.body());
        checkMutable(changed);
        yield change(username, user -> user.withAttributes(changed, now));
      }
      case "AdminDeleteUser" ->
          answer(users.remove(username).map(user -> JsonNodeFactory.instance.objectNode()));
      case "AdminUserGlobalSignOut" -> change(username, user -> user.signedOut(now));
      case "AdminGetUser" ->
          answer(users.find(username).map(user -> described(user, "UserAttributes")));
      case "AdminListGroupsForUser" -> answer(users.find(username).map(UserPool::groups));
      default -> throw new IllegalStateException(call.operation());
    };
  }

  @Override
  public Response error(int status, String code, String message) {
    return PROTOCOL.error(status, code, message);
  }

  private ObjectNode listed(String filter) throws PoolRefusal {
    Matcher byEmail = BY_EMAIL.matcher(filter);
    if (!byEmail.matches()) {
      throw PoolRefusal.parameter("The stack lists users by email = \"…\" alone, not " + filter);
    }
    String email = byEmail.group(1).replaceAll("\\\\(.)", "$1");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = json.putArray("Users");
    users.all().stream()
        .filter(user -> user.attribute("email").filter(email::equals).isPresent())
        .forEach(user -> listed.add(described(user, "Attributes")));
    return json;
  }

  private Response create(String username, JsonNode body, Instant now) throws PoolRefusal {
    return switch (body.path("MessageAction").asText("")) {
      case "", "SUPPRESS" -> create(username, attributes(body), now);
      case "RESEND" -> resend(username, now);
      default ->
          error(
              400,
              "InvalidParameterException",
              "MessageAction must satisfy enum value set: [RESEND, SUPPRESS]");
    };
  }

  private Response resend(String username, Instant now) {
    if (users.find(username).filter(User::confirmed).isPresent()) {
      return error(
          400,
          "UnsupportedUserStateException",
          "Resend not possible. " + username + " status is not FORCE_CHANGE_PASSWORD");
    }
    return answer(
        users
            .change(username, user -> user.invitedUntil(now.plus(temporary), now))
            .map(UserPool::created));
  }

  private Response create(String username, Map<String, String> attributes, Instant now) {
    String subject = UUID.randomUUID().toString();
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put("sub", subject);
    boolean byEmail = username.contains("@");
    if (byEmail) {
      all.putIfAbsent("email", username);
    }
    User user =
        UserBuilder.builder()
            .username(byEmail ? subject : username)
            .attributes(all)
            .groups(List.of())
            .identities(List.of())
            .enabled(true)
            .temporaryUntil(now.plus(temporary))
            .createdAt(now)
            .modifiedAt(now)
            .build();
    if (!users.add(user)) {
      return error(
          400,
          "UsernameExistsException",
          byEmail
              ? "An account with the given email already exists."
              : "User account already exists");
    }
    return PROTOCOL.answer(created(user));
  }

  private static JsonNode created(User user) {
    return JsonNodeFactory.instance.objectNode().set("User", described(user, "Attributes"));
  }

  private Response change(String username, UnaryOperator<User> change) {
    return answer(
        users.change(username, change).map(user -> JsonNodeFactory.instance.objectNode()));
  }

  private Response answer(Optional<? extends JsonNode> found) {
    return found.isPresent()
        ? PROTOCOL.answer(found.get())
        : error(400, "UserNotFoundException", "User does not exist.");
  }

  private Map<String, String> attributes(JsonNode body) throws PoolRefusal {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonNode attribute : body.path("UserAttributes")) {
      String name = attribute.path("Name").asText();
      if (name.startsWith("custom:") && !pool.custom().containsKey(name)) {
        throw PoolRefusal.parameter(
            "Attributes did not conform to the schema: Type for attribute {"
                + name
                + "} could not be determined");
      }
      attributes.put(name, attribute.path("Value").asText());
    }
    return attributes;
  }

  private void checkMutable(Map<String, String> changed) throws PoolRefusal {
    for (String name : changed.keySet()) {
      if (!pool.custom().getOrDefault(name, true)) {
        throw PoolRefusal.parameter(
            "user." + name + ": Attribute cannot be updated. (changed an immutable attribute)");
      }
    }
  }

  private static ObjectNode described(User user, String attributesName) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("Username", user.username())
            .put("UserCreateDate", seconds(user.createdAt()))
            .put("UserLastModifiedDate", seconds(user.modifiedAt()))
            .put("Enabled", user.enabled())
            .put("UserStatus", status(user));
    ArrayNode attributes = json.putArray(attributesName);
    user.attributes()
        .forEach((name, value) -> attributes.addObject().put("Name", name).put("Value", value));
    if (!user.identities().isEmpty()) {
      attributes
          .addObject()
          .put("Name", "identities")
          .put("Value", Linking.described(user).toString());
    }
    return json;
  }

  private static String status(User user) {
    if (user.external()) {
      return "EXTERNAL_PROVIDER";
    }
    return user.confirmed() ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  }

  private static ObjectNode groups(User user) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode groups = json.putArray("Groups");
    user.groups().forEach(group -> groups.addObject().put("GroupName", group));
    return json;
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }
}
