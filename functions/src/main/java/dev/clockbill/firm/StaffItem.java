package dev.clockbill.firm;

import dev.clockbill.http.Membership;
import dev.clockbill.http.Role;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.Map;

/** How the table keeps a member of staff: the key and the attributes. */
public final class StaffItem {
  /** What the keys of all members begin with. */
  public static final String PREFIX = Membership.key("");

  private StaffItem() {}

  /** The key of a member's item. */
  public static String key(String staffId) {
    return Membership.key(staffId);
  }

  /** Reads a member's item. */
  public static StaffMember of(Item item) {
    return StaffMemberBuilder.builder()
        .staffId(item.key().substring(PREFIX.length()))
        .name(item.text("name"))
        .email(item.text("email"))
        .role(Role.of(item.text("role")))
        .active(item.bool("active"))
        .inviting(item.bool("inviting"))
        .loginBehind(item.bool("loginBehind"))
        .hourlyRate(item.number("hourlyRate"))
        .rates(RateFields.of(item))
        .invitation(Invitation.of(item.text("invitation")))
        .version(item.number("version"))
        .build();
  }

  /** Whether the person of an item still has access; not if there is no item. */
  public static boolean active(Item itemOrNull) {
    return itemOrNull != null && of(itemOrNull).active();
  }

  /** Whether it is not noted yet that the person of an item has logged in. */
  static boolean awaitsLogin(Item item) {
    return of(item).invitation() == Invitation.PENDING;
  }

  /** Writes the item of a new member. */
  static Write create(String firm, StaffMember member) {
    return put(firm, member).ifAbsent();
  }

  /** Writes the item of a member whose invitation broke off, unless it was completed meanwhile. */
  static Write inviteAgain(String firm, StaffMember member) {
    return put(firm, member).ifEquals("inviting", true);
  }

  /** Notes that a member's login is there. */
  static Write invited(String firm, String staffId) {
    return Write.update(firm, key(staffId)).set("inviting", false);
  }

  /** Notes that a member has logged in. No person changed anything: the version stays. */
  static Write accepted(String firm, String staffId) {
    return Write.update(firm, key(staffId)).set("invitation", Invitation.ACCEPTED.word());
  }

  /** Notes that the user pool has taken this version of a member, unless there is a later one. */
  static Write loginInLine(String firm, StaffMember member) {
    return Write.update(firm, key(member.staffId()))
        .set("loginBehind", false)
        .ifEquals("version", member.version());
  }

  /** Changes a member, unless somebody else changed them meanwhile. */
  static Write change(String firm, StaffMember before, StaffMember after) {
    return Write.update(firm, key(after.staffId()))
        .setAll(attributes(after))
        .ifEquals("version", before.version());
  }

  /** Changes nothing, but makes its transaction fail unless a member is an active owner. */
  static Write isActiveOwner(String firm, StaffMember member) {
    return Write.check(firm, key(member.staffId()))
        .ifEquals("role", Role.OWNER.word())
        .ifEquals("active", true);
  }

  /** Deletes a member, unless somebody else did. */
  static Write delete(String firm, StaffMember member) {
    return Write.delete(firm, key(member.staffId())).ifPresent();
  }

  private static Write put(String firm, StaffMember member) {
    return Write.put(firm, key(member.staffId()), attributes(member));
  }

  /** All but the invitation, which is noted by {@link #accepted} alone. */
  private static Map<String, Object> attributes(StaffMember member) {
    return Json.object(
        "name", member.name(),
        "email", member.email(),
        "role", member.role().word(),
        "active", member.active(),
        "inviting", member.inviting(),
        "loginBehind", member.loginBehind(),
        "hourlyRate", member.hourlyRate(),
        "rates", member.rates(),
        "version", member.version());
  }
}
