package dev.clockbill.firm;

import dev.clockbill.http.Role;
import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
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
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * Who may log in: the users of the pool that {@code USER_POOL_ID} names, known by their mail
 * addresses. Firm and staff id are set when a user is made and never change.
 */
public final class Users {
  private static final String FIRM = "custom:firmId";
  private static final String STAFF = "custom:staffId";

  private final CognitoIdentityProviderClient client;
  private final String pool;

  /** The pool that the environment names. */
  public Users(Environment environment) {
    this.pool = environment.required("USER_POOL_ID");
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
   * Makes a login and gives it its role; the pool mails the invitation. A login that already exists
   * only gets the role.
   *
   * @return whether the login was made
   * @throws UsernameExistsException if the address is somebody else's login
   */
  boolean invite(String firmId, StaffMember member) {
    boolean made = make(firmId, member);
    client.adminAddUserToGroup(
        add -> add.userPoolId(pool).username(member.email()).groupName(member.role().word()));
    return made;
  }

  /** A login from an earlier run, or from a call whose response was lost, is reused. */
  private boolean make(String firmId, StaffMember member) {
    try {
      client.adminCreateUser(
          create ->
              create
                  .userPoolId(pool)
                  .username(member.email())
                  .userAttributes(
                      attribute("email", member.email()),
                      attribute("email_verified", "true"),
                      attribute("name", member.name()),
                      attribute(FIRM, firmId),
                      attribute(STAFF, member.staffId())));
      return true;
    } catch (UsernameExistsException before) {
      if (loginOf(firmId, member).isEmpty()) {
        throw before;
      }
      return false;
    }
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
   * Brings a member's login in line with their item: name, role, whether it may be used. Doing it
   * twice does no harm; rights are removed before others are granted. A login with the same address
   * that is not this member's is left alone.
   *
   * <p>Who is deactivated is also signed out everywhere, or a refresh token from before would work
   * once they are activated again. What tokens are out already goes on until it expires; that is
   * why {@link dev.clockbill.http.Membership} asks with each request.
   */
  void apply(String firmId, StaffMember member) {
    if (loginOf(firmId, member).isEmpty()) {
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
      client.adminEnableUser(enable -> enable.userPoolId(pool).username(login));
    }
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
