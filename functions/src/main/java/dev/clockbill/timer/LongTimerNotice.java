package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.OwnerNotice;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The notice to the firm's owner about a timer that runs past the firm's last limit. */
final class LongTimerNotice {
  private LongTimerNotice() {}

  /**
   * The mail about a timer; there is one for each timer.
   *
   * @param active whether its person still has access, and so was asked
   */
  static Mail notice(FirmSettings firm, Timer timer, boolean active, Instant now, String baseUrl) {
    String running = TimerReminder.running(timer, now);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Member of staff", timer.staffName());
    facts.putAll(TimerReminder.facts(firm, timer, now));
    if (timer.stillWorkingAt() != null) {
      facts.put(
          "Said to be still at work",
          LocalTimes.whole(timer.stillWorkingAt(), firm.timeZone(), firm.texts()));
    }
    OwnerNotice notice =
        new OwnerNotice(
            firm.name(),
            "A timer of " + timer.staffName() + " has been running for " + running,
            "It passed the last of the limits after which you want to be reminded, and "
                + timer.staffName()
                + (active
                    ? " was asked each time. When"
                    : " can no longer stop it, since their access has ended: that is up to you."
                        + " When")
                + " it is stopped, its time has to be confirmed or"
                + " corrected before it can be sent to "
                + timer.customerName()
                + ".",
            facts,
            "See who is working on what",
            baseUrl + "/#/time");
    return notice.mail(
        new Mail.Id(firm.firmId(), MailKind.OWNER_NOTICE, timer.timerId(), 1),
        firm.email(),
        "timerId");
  }
}
