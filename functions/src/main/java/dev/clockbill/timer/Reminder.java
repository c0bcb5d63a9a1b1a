package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Templates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the reminder of a timer left running says: the model of its mail.
 *
 * @param sender the firm's name
 * @param staff whose timer it is
 * @param customer whom it is for
 * @param service what is done
 * @param running how long it has run, as printed
 * @param facts names and values, in order
 * @param timerUrl where it can be stopped or corrected
 */
public record Reminder(
    String sender,
    String staff,
    String customer,
    String service,
    String running,
    Map<String, String> facts,
    String timerUrl) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  /** What is said of a timer now. */
  static Reminder of(FirmSettings firm, Timer timer, Instant now, String baseUrl) {
    String running = duration(Duration.between(timer.startedAt(), now));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Customer", timer.customerName());
    facts.put("Service", timer.serviceName());
    facts.put("Running since", since(timer.startedAt().atZone(firm.timeZone())));
    facts.put("Running for", running);
    return new Reminder(
        firm.name(),
        timer.staffName(),
        timer.customerName(),
        timer.serviceName(),
        running,
        facts,
        baseUrl + "/#/timer");
  }

  /** The mail itself. */
  Mail mail(Mail.Id id, FirmSettings firm, Timer timer) {
    return new Mail(
        id,
        firm.name(),
        timer.staffEmail(),
        firm.email(),
        "Your timer for " + customer + " has been running for " + running,
        Templates.text("timer-reminder", this),
        Templates.html("timer-reminder", this),
        Map.of("timerId", timer.timerId()));
  }

  private static String since(ZonedDateTime local) {
    return local.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        + ", "
        + Templates.date(local.toLocalDate())
        + ", "
        + TIME.format(local)
        + " ("
        + local.getZone().getId()
        + ")";
  }

  /** Whole minutes as people read them: 45 minutes, 4 hours, 8 h 05 min. */
  static String duration(Duration time) {
    long hours = time.toHours();
    int minutes = time.toMinutesPart();
    if (hours == 0) {
      return minutes + (minutes == 1 ? " minute" : " minutes");
    }
    return minutes == 0
        ? hours + (hours == 1 ? " hour" : " hours")
        : String.format(Locale.ROOT, "%d h %02d min", hours, minutes);
  }
}
