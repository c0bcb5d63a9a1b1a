package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.OwnerNotice;
import dev.clockbill.mail.Mail;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reminder of a timer whose person's access has ended: it goes to the firm's address, and has
 * no links that stop the timer, but leads to where an owner does.
 */
final class OrphanedTimerReminder {
  private OrphanedTimerReminder() {}

  /**
   * The mail about a timer that passed a limit.
   *
   * @param last whether it was the firm's last limit
   */
  static Mail mail(
      Mail.Id id, FirmSettings firm, Timer timer, boolean last, Instant now, String baseUrl) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Member of staff", timer.staffName());
    facts.putAll(TimerReminder.facts(firm, timer, now));
    OwnerNotice notice =
        new OwnerNotice(
            firm.name(),
            timer.staffName() + "’s access has ended, but their timer still runs",
            "Nobody but an owner can stop it now; the links in reminders that "
                + timer.staffName()
                + " got are out of date. Stop it at the time when the work ended, correct it, or"
                + " discard it if nothing is to be billed."
                + (last
                    ? " This was the last reminder: its time has to be confirmed or corrected"
                        + " before it can be billed."
                    : ""),
            facts,
            "See who is working on what",
            baseUrl + "/#/time");
    return notice.mail(id, firm.email(), "timerId");
  }
}
