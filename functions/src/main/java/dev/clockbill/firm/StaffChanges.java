package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.List;

/**
 * Changes staff: the firm's item and the login together.
 *
 * <p>What takes something away goes to the login before it is written, what gives something after:
 * whatever breaks off in between, nobody has more than the list says. The same change sent again
 * finishes it.
 *
 * <p>A login that is ended gets no new tokens. On AWS a token that was issued before goes on until
 * it runs out, an hour at most unless the pool's client says otherwise: the gateway checks its
 * signature and its end, not its owner. So it is with a role.
 */
final class StaffChanges {
  private final Table table;
  private final Users users;

  StaffChanges(Table table, Users users) {
    this.table = table;
    this.users = users;
  }

  /**
   * Answers {@code PATCH /staff/{staffId}}: name, role, whether they are active.
   *
   * @throws Problem 400; 404 {@code staff-not-found}; 412; 409 {@code last-owner} if no owner would
   *     be left
   */
  StaffMember change(Request request) {
    String firm = request.caller().firm();
    String staffId = request.pathId("staffId", "staff");
    return settled(firm, Versioned.change(request, () -> attempt(request, firm, staffId)));
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
    Write write = Write.update(firm, StaffItem.key(staffId)).ifEquals("version", now.version());
    next.attributes().forEach(write::set);
    boolean anOwnerLess = now.owns() && !next.owns();
    Write remains = anOwnerLess ? anotherOwner(firm, all, staffId) : null;
    if (now.loses(next)) {
      users.apply(firm, next);
    }
    try {
      if (anOwnerLess) {
        table.write(List.of(write, remains));
      } else {
        table.write(write);
      }
    } catch (ConditionFailed quicker) {
      settled(firm, now);
      throw quicker;
    }
    return next;
  }

  private static StaffMember merged(Fields fields, StaffMember now) {
    fields.notNull("name", "role", "active");
    String name = fields.text("name", Fields.NAME);
    String role = fields.choice("role", "owner", "staff");
    Boolean active = fields.bool("active");
    fields.check();
    return new StaffMember(
        now.staffId(),
        name == null ? now.name() : name,
        now.email(),
        role == null ? now.role() : role,
        active == null ? now.active() : active,
        now.inviting(),
        now.version());
  }

  /** Holds the change to it that another owner stays: two who leave at once do not both. */
  private static Write anotherOwner(String firm, List<StaffMember> all, String leaving) {
    StaffMember other =
        all.stream()
            .filter(member -> member.owns() && !member.inviting())
            .filter(member -> !member.staffId().equals(leaving))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.of(
                        409,
                        "last-owner",
                        "A firm needs an active owner. Make somebody else an owner first."));
    return Write.check(firm, StaffItem.key(other.staffId()))
        .ifEquals("role", "owner")
        .ifEquals("active", true);
  }

  /**
   * Brings the login in line with the item, again where the item has changed meanwhile: so the last
   * of several changes is what the login ends at.
   */
  private StaffMember settled(String firm, StaffMember written) {
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
