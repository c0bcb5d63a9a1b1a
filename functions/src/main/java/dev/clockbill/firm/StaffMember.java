package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import java.util.Map;

/**
 * Who logs in and belongs to one firm.
 *
 * @param role {@code owner} or {@code staff}
 * @param active whether they may still log in
 * @param inviting whether their login may still be missing: an invitation that broke off, which the
 *     same invitation sent again finishes
 */
public record StaffMember(
    String staffId,
    String name,
    String email,
    String role,
    boolean active,
    boolean inviting,
    long version)
    implements Versioned {

  /** Whether they may do what only owners may. */
  boolean owns() {
    return active && role.equals("owner");
  }

  /** Whether they may log in, or own, where they no longer do after a change. */
  boolean loses(StaffMember changed) {
    return (active && !changed.active()) || (owns() && !changed.owns());
  }

  StaffMember withVersion(long next) {
    return new StaffMember(staffId, name, email, role, active, inviting, next);
  }

  /** As the item keeps it. */
  Map<String, Object> attributes() {
    return Json.object(
        "name", name,
        "email", email,
        "role", role,
        "active", active,
        "inviting", inviting,
        "version", version);
  }

  /** As answers tell it. */
  Map<String, Object> answer() {
    return Json.object(
        "staffId", staffId,
        "name", name,
        "email", email,
        "role", role,
        "active", active,
        "version", version);
  }
}
