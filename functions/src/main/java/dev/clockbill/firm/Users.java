package dev.clockbill.firm;

import dev.clockbill.http.Role;
import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
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

  /** Who logs in with an address, if anybody does. */
  Optional<Membership> find(String email) {
    try {
      List<AttributeType> attributes =
          client.adminGetUser(get -> get.userPoolId(pool).username(email)).userAttributes();
      Map<String, String> values = new TreeMap<>();
      attributes.forEach(attribute -> values.put(attribute.name(), attribute.value()));
      return Optional.of(
          new Membership(values.getOrDefault(FIRM, ""), values.getOrDefault(STAFF, "")));
    } catch (UserNotFoundException nobody) {
      return Optional.empty();
    }
  }

  /**
   * Makes a login and gives it its role; the pool mails the invitation. A login that already exists
   * only gets the role.
   *
   * @throws UsernameExistsException if the address is somebody else's login
   */
  void invite(String firmId, StaffMember member) {
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
    } catch (UsernameExistsException before) {
      requireSame(firmId, member, before);
    }
    client.adminAddUserToGroup(
        add -> add.userPoolId(pool).username(member.email()).groupName(member.role().word()));
  }

  /**
   * Mails an invitation again, with a new temporary password: the former one ends after seven days.
   *
   * @throws UnsupportedUserStateException if the member has a password of their own already
   * @throws UserNotFoundException if there is no such login
   */
  void inviteAgain(StaffMember member) {
    client.adminCreateUser(
        create ->
            create
                .userPoolId(pool)
                .username(member.email())
                .messageAction(MessageActionType.RESEND));
  }

  /** Whether a member has logged in and chosen a password of their own. */
  boolean haveAccepted(StaffMember member) {
    try {
      return client.adminGetUser(get -> get.userPoolId(pool).username(member.email())).userStatus()
          == UserStatusType.CONFIRMED;
    } catch (UserNotFoundException nobody) {
      return false;
    }
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
    if (!find(member.email()).equals(Optional.of(new Membership(firmId, member.staffId())))) {
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

  /** A login from an earlier run, or from a call whose response was lost, is reused. */
  private void requireSame(String firmId, StaffMember member, UsernameExistsException before) {
    if (!find(member.email()).equals(Optional.of(new Membership(firmId, member.staffId())))) {
      throw before;
    }
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
