package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Outbox;
import dev.clockbill.shared.Outbox.MailRefused;
import dev.clockbill.shared.Outbox.MailThrottled;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.shared.WriteRefused;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Mails people whose timers are left running: once at each of the firm's limits, however often the
 * scheduler fires, and once for several that passed together. The timer runs on.
 */
public final class RemindRunningTimers implements RequestStreamHandler {
  private static final int AT_ONCE = 100;

  private final Ledger ledger;
  private final Outbox outbox;
  private final String baseUrl;

  /** Configured by the function's own environment. */
  public RemindRunningTimers() {
    this(System.getenv());
  }

  /** Configured by these variables. */
  public RemindRunningTimers(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.ledger = new Ledger(environment);
    this.outbox = new Outbox(ledger, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    Instant now = Time.now();
    for (Item due : Due.read(ledger, Due.Queue.TIMERS, now, AT_ONCE)) {
      try {
        remind(due.firm(), due.key(), now);
      } catch (RuntimeException failed) {
        // The others are not to wait for it; it stays due.
        Log.failure(failed, "firmId", due.firm(), "item", due.key());
      }
    }
  }

  private void remind(String firmId, String key, Instant now) {
    Map<String, Item> read = ledger.get(firmId, List.of(FirmSettings.KEY, key));
    if (!read.containsKey(key)) {
      return;
    }
    FirmSettings firm = FirmSettings.of(read.get(FirmSettings.KEY));
    Timer timer = Timer.of(read.get(key));
    Limits limits = new Limits(firm.reminders().runningTimerMinutes());
    long reached = limits.reached(timer.startedAt(), now);
    if (reached <= timer.remindersSent()) {
      // The firm's limits or the timer's start were moved since it was queued.
      advance(firm, timer, timer.remindersSent(), limits);
      return;
    }
    Mail.Id id = new Mail.Id(firmId, "timerReminder", timer.timerId(), reached);
    switch (outbox.claim(id)) {
      case YOURS -> {
        if (sent(Reminder.of(firm, timer, now, baseUrl).mail(id, firm, timer))) {
          confirm(firm, timer, id, reached, limits);
        } else {
          advance(firm, timer, reached, limits);
        }
      }
      case SENT -> advance(firm, timer, reached, limits);
      case UNDER_WAY -> {} // It stays due until it is known whether the mail went.
    }
  }

  /**
   * Sends it.
   *
   * @return false if it can never go
   * @throws MailThrottled if it may go later
   */
  private boolean sent(Mail mail) {
    try {
      outbox.send(mail);
      return true;
    } catch (MailRefused refused) {
      Log.failure(refused, "firmId", mail.id().firm(), "mailId", mail.id().mailId());
      return false;
    }
  }

  private void confirm(FirmSettings firm, Timer timer, Mail.Id id, long reminders, Limits limits) {
    try {
      ledger.write(List.of(Outbox.sent(id), advanced(firm, timer, reminders, limits)));
    } catch (WriteRefused stopped) {
      ledger.write(Outbox.sent(id));
    }
  }

  private void advance(FirmSettings firm, Timer timer, long reminders, Limits limits) {
    try {
      ledger.write(advanced(firm, timer, reminders, limits));
    } catch (WriteRefused stopped) {
      // It was stopped or corrected meanwhile: what is there now has its own next reminder.
    }
  }

  private static Write advanced(FirmSettings firm, Timer timer, long reminders, Limits limits) {
    return TimerStore.reminded(
        firm.firmId(), timer, reminders, limits.next(timer.startedAt(), reminders));
  }
}
