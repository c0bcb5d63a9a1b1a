package dev.clockbill.firm;

import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Optional;

/**
 * Brings logins in line with the members' items. The item decides what somebody may do ({@link
 * dev.clockbill.http.Membership}), so it is always written first, with the mark that its login is
 * behind. Whatever the user pool does not take then is taken later.
 */
final class StaffLogins {
  private final Table table;
  private final Users users;

  StaffLogins(Table table, Users users) {
    this.table = table;
    this.users = users;
  }

  /**
   * Brings the login in line with the item, and does so again if the item changed meanwhile: after
   * several changes at once the login matches the last one.
   */
  void bringInLine(String firm, StaffMember written) {
    Optional<StaffMember> next = Optional.of(written);
    while (next.isPresent()) {
      StaffMember member = next.get();
      users.apply(firm, member);
      Write inLine = StaffItem.loginInLine(firm, member);
      try {
        table.write(inLine);
        return;
      } catch (ConditionFailed changed) {
        next = changed.present(inLine).map(StaffItem::of);
      }
    }
  }
}
