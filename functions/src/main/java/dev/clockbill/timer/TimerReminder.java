package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.mail.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reminder of a timer left running: the model of its mail.
 *
 * @param sender the firm's name
 * @param staff whose timer it is
 * @param customer whom it is for
 * @param service what is done
 * @param running how long it has run, as printed
 * @param last whether it passed the firm's last limit, so that its time is to be confirmed
 * @param facts names and values, in order
 * @param stopAt when the first link stops it, as printed
 * @param stopUrl the link that stops it then
 * @param workingUrl the link that says "still working"
 * @param timerUrl where it can be stopped at another time, or corrected
 */
public record TimerReminder(
    String sender,
    String staff,
    String customer,
    String service,
    String running,
    boolean last,
    Map<String, String> facts,
    String stopAt,
    String stopUrl,
    String workingUrl,
    String timerUrl) {

  /**
   * The reminder of a timer now.
   *
   * @param last whether it passed the firm's last limit
   * @param secrets by which links are signed
   */
  static TimerReminder of(
      FirmSettings firm, Timer timer, boolean last, Instant now, String baseUrl, String secrets) {
    Instant stopAt = LocalTimes.likelyStop(timer.startedAt(), firm.timeZone(), now);
    String links = baseUrl + "/timer-links/";
    return new TimerReminder(
        firm.name(),
        timer.staffName(),
        timer.customerName(),
        timer.serviceName(),
        running(timer, now),
        last,
        facts(firm, timer, now),
        LocalTimes.brief(stopAt, firm.timeZone(), now, firm.texts()),
        links + TimerLink.stopping(firm.firmId(), timer, stopAt, now).token(secrets),
        links + TimerLink.stillWorking(firm.firmId(), timer, now).token(secrets),
        baseUrl + "/#/timer");
  }

  /** The mail itself. */
  Mail mail(Mail.Id id, FirmSettings firm, Timer timer) {
    return Mail.from(firm.name(), firm.email())
        .to(timer.staffEmail())
        .subject("Your timer for " + customer + " has been running for " + running)
        .about("timerId", timer.timerId())
        .render(id, this);
  }

  /** How long a timer has run, as printed. */
  static String running(Timer timer, Instant now) {
    return LocalTimes.duration(Duration.between(timer.startedAt(), now));
  }

  /** The facts about a running timer: names and values, in order. */
  static Map<String, String> facts(FirmSettings firm, Timer timer, Instant now) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Customer", timer.customerName());
    facts.put("Service", timer.serviceName());
    facts.put("Running since", LocalTimes.whole(timer.startedAt(), firm.timeZone(), firm.texts()));
    facts.put("Running for", running(timer, now));
    return facts;
  }
}
