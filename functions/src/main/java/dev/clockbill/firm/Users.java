package dev.clockbill.firm;

import dev.clockbill.http.Role;
import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedUserStateException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * Who may log in: the users of the pool that {@code USER_POOL_ID} names, known by their mail
 * addresses. Firm and staff id are set when a user is made and never change.
 *
 * <p>Where {@code LOGIN_PROVIDER} names a login by OpenID Connect, each login is linked to the
 * person with the same address there: whoever logs in by it is the member then, with firm and role
 * ({@code AdminLinkProviderForUser} of Cognito's API reference; the address is an attribute that
 * the provider's mapping fills, as that asks for). Without a link they would be a new user who
 * belongs to no firm.
 */
public final class Users {
  private static final String FIRM = "custom:firmId";
  private static final String STAFF = "custom:staffId";

  private final CognitoIdentityProviderClient client;
  private final String pool;
  private final Optional<String> provider;

  /** The pool that the environment names. */
  public Users(Environment environment) {
    this.pool = environment.required("USER_POOL_ID");
    this.provider = environment.optional("LOGIN_PROVIDER");
    this.client = AwsClients.userPool(environment);
  }

  /**
   * Where a login belongs.
   *
   * @param firmId the firm
   * @param staffId the member
   */
  record Membership(String firmId, String staffId) {}

  /** What became of an invitation that was to be mailed again. */
  enum Again {
    /** It was mailed. */
    MAILED,
    /** It was not, since the member has a password of their own already. */
    ACCEPTED,
    /** It was not, since the member has no login. */
    MISSING,
    /** It was not, since the address is somebody else's login. */
    SOMEBODY_ELSES
  }

  /** Who logs in with an address, if anybody does. */
  Optional<Membership> find(String email) {
    return login(email).map(Users::membership);
  }

  private Optional<AdminGetUserResponse> login(String email) {
    try {
      return Optional.of(client.adminGetUser(get -> get.userPoolId(pool).username(email)));
    } catch (UserNotFoundException nobody) {
      return Optional.empty();
    }
  }

  private static Membership membership(AdminGetUserResponse login) {
    Map<String, String> values = new TreeMap<>();
    login.userAttributes().forEach(attribute -> values.put(attribute.name(), attribute.value()));
    return new Membership(values.getOrDefault(FIRM, ""), values.getOrDefault(STAFF, ""));
  }

  /** A member's own login; empty where there is none, or the address is somebody else's. */
  private Optional<AdminGetUserResponse> loginOf(String firmId, StaffMember member) {
    return login(member.email()).filter(login -> belongs(login, firmId, member));
  }

  private static boolean belongs(AdminGetUserResponse login, String firmId, StaffMember member) {
    return membership(login).equals(new Membership(firmId, member.staffId()));
  }

  /**
   * Makes a login, gives it its role and links it to the provider's person; the pool mails the
   * invitation. A login that already exists only gets role and link.
   *
   * @return whether the login was made
   * @throws UsernameExistsException if the address is somebody else's login
   */
  boolean invite(String firmId, StaffMember member) {
    Optional<String> made = make(firmId, member);
    client.adminAddUserToGroup(
        add -> add.userPoolId(pool).username(member.email()).groupName(member.role().word()));
    if (made.isPresent()) {
      provider.ifPresent(name -> link(name, made.get(), member.email()));
    } else {
      linkOnce(firmId, member);
    }
    return made.isPresent();
  }

  /**
   * The name of the login that was made; empty where one from an earlier run, or from a call whose
   * response was lost, is reused.
   */
  private Optional<String> make(String firmId, StaffMember member) {
    try {
      return Optional.of(
          client
              .adminCreateUser(
                  create ->
                      create
                          .userPoolId(pool)
                          .username(member.email())
                          .userAttributes(
                              attribute("email", member.email()),
                              attribute("email_verified", "true"),
                              attribute("name", member.name()),
                              attribute(FIRM, firmId),
                              attribute(STAFF, member.staffId())))
              .user()
              .username());
    } catch (UsernameExistsException before) {
      if (loginOf(firmId, member).isEmpty()) {
        throw before;
      }
      return Optional.empty();
    }
  }

  private void linkOnce(String firmId, StaffMember member) {
    if (provider.isPresent()) {
      loginOf(firmId, member).ifPresent(login -> linkOnce(login, member.email()));
    }
  }

  /** Links a login to the provider's person with this address, unless it is linked already. */
  private void linkOnce(AdminGetUserResponse login, String email) {
    provider
        .filter(name -> !ProviderLink.exists(login.userAttributes(), name))
        .ifPresent(name -> link(name, login.username(), email));
  }

  /** Who tried to log in before they were invited is a user of their own, and has to go first. */
  private void link(String name, String username, String email) {
    strangers(name, email)
        .forEach(
            stranger -> client.adminDeleteUser(gone -> gone.userPoolId(pool).username(stranger)));
    client.adminLinkProviderForUser(
        link ->
            link.userPoolId(pool)
                .destinationUser(
                    user -> user.providerName("Cognito").providerAttributeValue(username))
                .sourceUser(
                    person ->
                        person
                            .providerName(name)
                            .providerAttributeName("email")
                            .providerAttributeValue(email)));
  }

  /**
   * The names of users of the provider's alone with an address, who belong to no firm. A pool that
   * does not tell cases apart writes these names in lower case.
   */
  private List<String> strangers(String name, String email) {
    String filter = "email = \"" + email.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return client.listUsers(list -> list.userPoolId(pool).filter(filter)).users().stream()
        .filter(user -> user.userStatus() == UserStatusType.EXTERNAL_PROVIDER)
        .filter(user -> ProviderLink.exists(user.attributes(), name))
        .filter(user -> user.attributes().stream().noneMatch(each -> each.name().equals(FIRM)))
        .map(UserType::username)
        .toList();
  }

  /**
   * Mails an invitation again, with a new temporary password: the former one ends after seven days.
   * The login is asked first whose it is: an address alone may lead to another firm's member, whose
   * password this would replace.
   */
  Again inviteAgain(String firmId, StaffMember member) {
    Optional<AdminGetUserResponse> login = login(member.email());
    if (login.isEmpty()) {
      return Again.MISSING;
    }
    if (!belongs(login.get(), firmId, member)) {
      return Again.SOMEBODY_ELSES;
    }
    linkOnce(login.get(), member.email());
    try {
      client.adminCreateUser(
          create ->
              create
                  .userPoolId(pool)
                  .username(member.email())
                  .messageAction(MessageActionType.RESEND));
      return Again.MAILED;
    } catch (UnsupportedUserStateException confirmed) {
      return Again.ACCEPTED;
    } catch (UserNotFoundException goneSince) {
      return Again.MISSING;
    }
  }

  /** Whether a member has logged in and chosen a password of their own. */
  boolean haveAccepted(String firmId, StaffMember member) {
    return loginOf(firmId, member)
        .filter(login -> login.userStatus() == UserStatusType.CONFIRMED)
        .isPresent();
  }

  /**
   * Brings a member's login in line with their item: name, role, whether it may be used, and the
   * link to a provider that there was none of when they were invited. Doing it twice does no harm;
   * rights are removed before others are granted. A login with the same address that is not this
   * member's is left alone.
   *
   * <p>Who is deactivated is also signed out everywhere, or a refresh token from before would work
   * once they are activated again. What tokens are out already goes on until it expires; that is
   * why {@link dev.clockbill.http.Membership} asks with each request.
   */
  void apply(String firmId, StaffMember member) {
    Optional<AdminGetUserResponse> found = loginOf(firmId, member);
    if (found.isEmpty()) {
      return;
    }
    String login = member.email();
    if (!member.active()) {
      client.adminDisableUser(disable -> disable.userPoolId(pool).username(login));
      client.adminUserGlobalSignOut(signOut -> signOut.userPoolId(pool).username(login));
    }
    String otherRole = (member.role() == Role.OWNER ? Role.STAFF : Role.OWNER).word();
    client.adminRemoveUserFromGroup(
        remove -> remove.userPoolId(pool).username(login).groupName(otherRole));
    client.adminAddUserToGroup(
        add -> add.userPoolId(pool).username(login).groupName(member.role().word()));
    client.adminUpdateUserAttributes(
        update ->
            update
                .userPoolId(pool)
                .username(login)
                .userAttributes(attribute("name", member.name())));
    if (member.active()) {
      linkOnce(found.get(), login);
      client.adminEnableUser(enable -> enable.userPoolId(pool).username(login));
    }
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
