package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page behind a link in a reminder: the model of its template.
 *
 * @param sender the firm's name
 * @param title of the page
 * @param text what is asked or was done
 * @param facts names and values, in order
 * @param button what to press; null where there is nothing to press
 * @param timerUrl where more can be done
 */
public record TimerLinkPage(
    String sender,
    String title,
    String text,
    Map<String, String> facts,
    String button,
    String timerUrl) {
  private static final String LOGGED =
      "Its time is logged, and can still be corrected until the invoice is sent.";

  /** Writes the pages of one firm at one time; {@code baseUrl} is the portal's. */
  record Pages(FirmSettings firm, Instant now, String baseUrl) {
    private String brief(Instant instant) {
      return LocalTimes.brief(instant, firm.timeZone(), now, firm.texts());
    }

    private TimerLinkPage page(
        String title, String text, Map<String, String> facts, String button) {
      return new TimerLinkPage(firm.name(), title, text, facts, button, baseUrl + "/#/timer");
    }

    /** Asks whether to stop a timer at a time. */
    TimerLinkPage stop(Timer timer, Instant at) {
      String time = brief(at);
      Map<String, String> facts = facts(timer);
      facts.put("Time until then", LocalTimes.duration(Duration.between(timer.startedAt(), at)));
      return page(
          "Stop this timer at " + time + "?",
          "Nothing has happened yet. If you stopped working at another time, open the timer"
              + " instead.",
          facts,
          "Stop it at " + time);
    }

    /** Asks whether its person is still at work. */
    TimerLinkPage working(Timer timer) {
      return page(
          "Are you still working?",
          "Your timer keeps running either way. This tells your firm that you mean it to.",
          facts(timer),
          "Still working");
    }

    /** Says that it was noted. */
    TimerLinkPage noted(Timer timer) {
      return page(
          "Noted: you are still working",
          "Your timer keeps running. If it passes another of your firm’s limits, you will be"
              + " reminded again.",
          facts(timer),
          null);
    }

    /** Says that this was said before. */
    TimerLinkPage notedBefore(Timer timer) {
      return page(
          "You already told us",
          "Your timer keeps running. There is nothing more to do here.",
          facts(timer),
          null);
    }

    /** Says that a timer has been stopped. */
    TimerLinkPage stopped(TimeEntry entry) {
      return page("Stopped at " + brief(entry.stoppedAt()), LOGGED, facts(entry), null);
    }

    /** Says that it had been stopped before. */
    TimerLinkPage stoppedBefore(TimeEntry entry) {
      return page("This timer is already stopped", LOGGED, facts(entry), null);
    }

    /** Says that there is no such timer any more. */
    TimerLinkPage gone() {
      return page(
          "This timer is no longer running",
          "It was discarded, or its time was deleted. There is nothing left to do here.",
          Map.of(),
          null);
    }

    /** Says that the link is of no use now. */
    TimerLinkPage outOfDate() {
      return page(
          "This link is out of date",
          "It no longer works. Open the timer in Clockbill to stop or correct it.",
          Map.of(),
          null);
    }

    /** Says that the link's person may not use it any more. */
    TimerLinkPage accessEnded() {
      return page(
          "This link is out of date",
          "Your access to "
              + firm.name()
              + " has ended, so this link no longer works. The firm’s owners will take care of"
              + " the timer.",
          Map.of(),
          null);
    }

    private Map<String, String> facts(Timer timer) {
      return TimerReminder.facts(firm, timer, now);
    }

    private Map<String, String> facts(TimeEntry entry) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("Customer", entry.customerName());
      facts.put("Service", entry.serviceName());
      facts.put("From", LocalTimes.whole(entry.startedAt(), firm.timeZone(), firm.texts()));
      facts.put("To", LocalTimes.whole(entry.stoppedAt(), firm.timeZone(), firm.texts()));
      facts.put("Time", LocalTimes.duration(Duration.ofSeconds(entry.measuredSeconds())));
      return facts;
    }
  }
}
