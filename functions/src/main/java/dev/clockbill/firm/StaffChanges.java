package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Role;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.List;

/**
 * Changes staff: the firm's item and the login together.
 *
 * <p>A change that removes rights goes to the login first, one that grants rights to the item
 * first. So if the change breaks off in between, nobody can do more than the list says. The same
 * change sent again completes it.
 *
 * <p>A disabled login gets no new tokens. A token issued before stays valid until it expires: the
 * gateway checks its signature and its expiry, not its owner. So every request asks the item
 * ({@link dev.clockbill.http.Membership}), and rights that it no longer gives are gone at once.
 */
public final class StaffChanges {
  private final Table table;
  private final Users users;

  /** Changes members in this table and logins in this pool. */
  public StaffChanges(Table table, Users users) {
    this.table = table;
    this.users = users;
  }

  /**
   * Answers {@code PATCH /staff/{staffId}}: name, role, whether they are active.
   *
   * @throws Problem 400; 404 {@code staff-not-found}; 412; 409 {@code last-owner} if no owner would
   *     be left
   */
  public StaffMember change(Request request) {
    String firm = request.caller().firm();
    String staffId = request.pathId("staffId", "staff");
    return synchronised(firm, Versioned.change(request, () -> attempt(request, firm, staffId)));
  }

  private StaffMember attempt(Request request, String firm, String staffId) {
    List<StaffMember> all =
        table.family(firm, StaffItem.PREFIX).stream().map(StaffItem::of).toList();
    StaffMember now =
        all.stream()
            .filter(member -> member.staffId().equals(staffId))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("staff"));
    now.mustMatch(request);
    StaffMember changed = merged(request.fields(), now);
    if (changed.equals(now)) {
      return now;
    }
    StaffMember next = changed.withVersion(now.version() + 1);
    UnitOfWork change = table.begin(firm).add(StaffItem.change(firm, now, next));
    if (now.owns() && !next.owns()) {
      change.add(StaffItem.isActiveOwner(firm, anotherOwner(all, staffId)));
    }
    if (now.loses(next)) {
      users.apply(firm, next);
    }
    try {
      change.commit();
    } catch (ConditionFailed quicker) {
      synchronised(firm, now);
      throw quicker;
    }
    return next;
  }

  private static StaffMember merged(Fields fields, StaffMember now) {
    fields.notNull("name", "role", "active");
    String name = fields.text("name", Fields.NAME);
    Role role = fields.choice("role", Role.values(), Role::word);
    Boolean active = fields.bool("active");
    fields.check();
    return StaffMemberBuilder.builder(now)
        .name(name == null ? now.name() : name)
        .role(role == null ? now.role() : role)
        .active(active == null ? now.active() : active)
        .build();
  }

  /** An owner who stays. The change depends on them, so that two cannot leave at the same time. */
  private static StaffMember anotherOwner(List<StaffMember> all, String leaving) {
    return all.stream()
        .filter(member -> member.owns() && !member.inviting())
        .filter(member -> !member.staffId().equals(leaving))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                    409,
                    "last-owner",
                    "A firm needs an active owner. Make somebody else an owner first."));
  }

  /**
   * Brings the login in line with the item, and does so again if the item changed meanwhile: after
   * several changes at once the login matches the last one.
   */
  private StaffMember synchronised(String firm, StaffMember written) {
    StaffMember applied = written;
    while (true) {
      users.apply(firm, applied);
      StaffMember now =
          table
              .get(firm, StaffItem.key(written.staffId()))
              .map(StaffItem::of)
              .orElseThrow(() -> Problem.notFound("staff"));
      if (now.equals(applied)) {
        return written;
      }
      applied = now;
    }
  }
}
