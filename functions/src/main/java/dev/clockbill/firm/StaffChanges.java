package dev.clockbill.firm;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Role;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Log;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Changes staff: the firm's item and the login together.
 *
 * <p>The item comes first, whatever the change is: it decides alone what somebody may do. So access
 * ends though the user pool does not answer; a login that is still enabled opens nothing then. What
 * the pool did not take is marked on the item, and taken with the same change sent again or with
 * the next list ({@link Invitations#members}).
 *
 * <p>A disabled login gets no new tokens. A token issued before stays valid until it expires: the
 * gateway checks its signature and its expiry, not its owner. So every request asks the item
 * ({@link dev.clockbill.http.Membership}), and rights that it no longer gives are gone at once.
 */
public final class StaffChanges {
  private final Table table;
  private final StaffLogins logins;

  /** Changes members in this table and logins in this pool. */
  public StaffChanges(Table table, Users users) {
    this.table = table;
    this.logins = new StaffLogins(table, users);
  }

  /**
   * A change that was made.
   *
   * @param member as they are now
   * @param firmEmail where the firm's mail goes from now on, if the change moved it; or null
   */
  public record Changed(StaffMember member, String firmEmail) {}

  /**
   * Answers {@code PATCH /staff/{staffId}}: name, role, rates, whether they are active. The login
   * hears only of what it says of them.
   *
   * @throws Problem 400; 404 {@code staff-not-found}; 412; 409 {@code last-owner} if no owner would
   *     be left
   */
  public Changed change(Request request) {
    String firm = request.caller().firm();
    String staffId = request.pathId("staffId", "staff");
    Changed changed = Versioned.change(request, () -> attempt(request, firm, staffId));
    if (!changed.member().loginBehind()) {
      return changed;
    }
    try {
      logins.bringInLine(firm, changed.member());
    } catch (SdkException later) {
      Log.failure(later, "firmId", firm, "staffId", staffId);
    }
    return changed;
  }

  private Changed attempt(Request request, String firm, String staffId) {
    List<StaffMember> all =
        table.family(firm, StaffItem.PREFIX).stream().map(StaffItem::of).toList();
    StaffMember now =
        all.stream()
            .filter(member -> member.staffId().equals(staffId))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("staff"));
    now.mustMatch(request);
    StaffMember changed =
        merged(request.fields(), now, ids -> RateFields.services(table, firm, ids));
    if (changed.equals(now)) {
      return new Changed(now, null);
    }
    StaffMember next =
        changed
            .withVersion(now.version() + 1)
            .withLoginBehind(now.loginBehind() || changed.logsInOtherwise(now));
    UnitOfWork change = table.begin(firm).add(StaffItem.change(firm, now, next));
    if (now.owns() && !next.owns()) {
      change.add(StaffItem.isActiveOwner(firm, anotherOwner(all, staffId)));
    }
    String firmEmail =
        now.active() && !next.active()
            ? moveMail(change, now, () -> heir(request.caller(), all, staffId))
            : null;
    change.commit();
    return new Changed(next, firmEmail);
  }

  /**
   * Where the firm's mail goes to whoever leaves, has it go to an owner who stays: notices,
   * reminders and customers' replies are nothing for them any more. A role that is taken away does
   * not matter: the person still belongs to the firm, and its owners chose the address.
   *
   * @return the new address; null where the mail goes elsewhere already
   */
  private String moveMail(UnitOfWork change, StaffMember leaving, Supplier<StaffMember> heir) {
    FirmSettings firm = FirmItem.read(table, change.firm());
    if (!MailAddress.same(firm.email(), leaving.email())) {
      return null;
    }
    String email = heir.get().email();
    FirmSettings moved =
        FirmSettingsBuilder.builder(firm).email(email).version(firm.version() + 1).build();
    change.add(FirmItem.change(firm, moved));
    return email;
  }

  /** Who gets the firm's mail after somebody leaves: the owner who says so, or another one. */
  private static StaffMember heir(Caller caller, List<StaffMember> all, String leaving) {
    return all.stream()
        .filter(member -> member.staffId().equals(caller.staffId()))
        .filter(member -> !member.staffId().equals(leaving))
        .findFirst()
        .orElseGet(() -> anotherOwner(all, leaving));
  }

  private static StaffMember merged(
      Fields fields, StaffMember now, Function<List<String>, Set<String>> existing) {
    fields.notNull("name", "role", "active");
    String name = fields.text("name", Fields.NAME);
    Role role = fields.choice("role", Role.values(), Role::word);
    Boolean active = fields.bool("active");
    StaffRates rates = StaffRates.of(now).merged(fields, existing);
    fields.check();
    return StaffMemberBuilder.builder(rates.given(now))
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
}
