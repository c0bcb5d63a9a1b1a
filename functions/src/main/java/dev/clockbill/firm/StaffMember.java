package dev.clockbill.firm;

import dev.clockbill.http.Role;
import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * Who logs in and belongs to one firm.
 *
 * @param role what they may do
 * @param active whether they may still log in
 * @param inviting whether their login may still be missing because the invitation broke off; the
 *     same invitation sent again completes it
 * @param loginBehind whether their login may still differ from this, because the user pool has not
 *     taken the last change yet; the change sent again completes it, and so does the next list
 * @param hourlyRate what an hour of theirs costs, in minor units, where the service says something
 *     else; null for none, zero counts
 * @param rates minor units an hour by service id, before {@code hourlyRate}; zero counts
 * @param invitation whether they have accepted it, as far as the user pool was asked
 */
@RecordBuilder
public record StaffMember(
    String staffId,
    String name,
    String email,
    Role role,
    boolean active,
    boolean inviting,
    boolean loginBehind,
    Long hourlyRate,
    Map<String, Long> rates,
    Invitation invitation,
    long version)
    implements StaffMemberBuilder.With, Versioned {

  /** Whether they may do what only owners may. */
  boolean owns() {
    return active && role == Role.OWNER;
  }

  /** A new member, who was just invited. */
  static StaffMember invited(String staffId, String name, String email, Role role) {
    return StaffMemberBuilder.builder()
        .staffId(staffId)
        .name(name)
        .email(email)
        .role(role)
        .active(true)
        .rates(Map.of())
        .invitation(Invitation.PENDING)
        .version(1)
        .build();
  }

  /** Whether what their login says of them differs from another version of them. */
  boolean logsInOtherwise(StaffMember other) {
    return !name.equals(other.name) || role != other.role || active != other.active;
  }

  /** Whether it is to be asked whether they have logged in. */
  boolean awaited() {
    return active && invitation == Invitation.PENDING;
  }

  /** Whether the user pool has to be asked about them with the list. */
  boolean unsettled() {
    return awaited() || loginBehind;
  }

  /** The same as those see them who may not see their rates. */
  public StaffMember withoutRates() {
    return StaffRates.NONE.given(this);
  }

  /** As responses show it. */
  public Map<String, Object> json() {
    return Json.object(
        "staffId", staffId,
        "name", name,
        "email", email,
        "role", role.word(),
        "active", active,
        "hourlyRate", hourlyRate,
        "rates", rates,
        "invitation", invitation.word(),
        "version", version);
  }
}
