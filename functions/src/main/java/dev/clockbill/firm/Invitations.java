package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Role;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/**
 * Invites staff: first an item in the firm, then a login. The user pool mails the invitation.
 *
 * <p>The item comes first, because a login without one would have access that no owner could see or
 * end. An item whose login is still missing is marked, and the same invitation completes it.
 */
final class Invitations {
  private final Table table;
  private final Users users;

  Invitations(Table table, Users users) {
    this.table = table;
    this.users = users;
  }

  /**
   * Invites somebody.
   *
   * @param fields {@code name}, {@code email} and {@code role}
   * @throws Problem 400; 409 {@code email-in-use} if somebody logs in with the address already
   */
  StaffMember invite(String firm, Fields fields) {
    String name = fields.requiredText("name", Fields.NAME);
    String email = fields.requiredEmail("email");
    Role role = fields.requiredChoice("role", Role.values(), Role::word);
    fields.check();
    String address = email.toLowerCase(Locale.ROOT);
    Optional<StaffMember> brokenOff = brokenOff(firm, address);
    String staffId = brokenOff.map(StaffMember::staffId).orElseGet(Ids::next);
    Users.Membership theirs = new Users.Membership(firm, staffId);
    if (users.find(address).filter(login -> !login.equals(theirs)).isPresent()) {
      throw inUse("Somebody logs in with this address already. Use another one.");
    }
    long version = brokenOff.map(StaffMember::version).orElse(1L);
    StaffMember member = new StaffMember(staffId, name, address, role, true, true, version);
    begin(firm, member, brokenOff.isPresent());
    makeLogin(firm, member);
    if (brokenOff.isPresent()) {
      users.apply(firm, member);
    }
    table.write(StaffItem.invited(firm, staffId));
    return member;
  }

  private void begin(String firm, StaffMember member, boolean again) {
    try {
      table.write(again ? StaffItem.inviteAgain(firm, member) : StaffItem.create(firm, member));
    } catch (ConditionFailed quicker) {
      throw justInvited();
    }
  }

  /** The member with this address whose invitation was not completed, if there is one. */
  private Optional<StaffMember> brokenOff(String firm, String address) {
    Optional<StaffMember> member =
        table.family(firm, StaffItem.PREFIX).stream()
            .map(StaffItem::of)
            .filter(other -> other.email().equalsIgnoreCase(address))
            .findFirst();
    if (member.filter(before -> !before.inviting()).isPresent()) {
      throw inUse(
          member.get().active()
              ? "Somebody with this address belongs to the firm already."
              : "Somebody with this address belonged to the firm. Activate them again instead.");
    }
    return member;
  }

  private void makeLogin(String firm, StaffMember member) {
    try {
      users.invite(firm, member);
    } catch (UsernameExistsException quicker) {
      takeBack(firm, member);
      throw justInvited();
    }
  }

  private void takeBack(String firm, StaffMember member) {
    try {
      table.write(StaffItem.delete(firm, member));
    } catch (ConditionFailed alreadyGone) {
      // Another request repeated the same invitation and took it back first.
    }
  }

  private static Problem justInvited() {
    return inUse("Somebody was just invited with this address.");
  }

  private static Problem inUse(String detail) {
    return Problem.of(409, "email-in-use", detail);
  }
}
