package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.Outbox.MailRefused;
import dev.clockbill.mail.Outbox.MailThrottled;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Mails people whose timers are left running: once at each of the firm's limits, however often the
 * scheduler fires, and once for several that passed together. At the last one the firm's owner gets
 * a notice too. The timer runs on.
 */
public final class RemindRunningTimers implements RequestStreamHandler {
  private static final int AT_ONCE = 100;

  private final Table table;
  private final Outbox outbox;
  private final Secret secrets;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public RemindRunningTimers() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public RemindRunningTimers(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.outbox = new Outbox(table, environment);
    this.secrets = new Secret(environment, "TIMER_LINK_SECRET_PARAMETER");
    this.baseUrl = environment.required("BASE_URL");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, schedule -> remindAll());
  }

  private void remindAll() {
    Instant now = Time.now();
    for (Item due : DueQueue.TIMERS.due(table, now, AT_ONCE)) {
      try {
        remind(due.firm(), due.key(), now);
      } catch (RuntimeException failed) {
        // It stays due, and does not hold up the others.
        Log.failure(failed, "firmId", due.firm(), "item", due.key());
      }
    }
  }

  private void remind(String firmId, String key, Instant now) {
    Map<String, Item> read = table.get(firmId, List.of(FirmItem.KEY, key));
    if (!read.containsKey(key)) {
      return;
    }
    FirmSettings firm = FirmItem.of(read.get(FirmItem.KEY));
    Timer timer = TimerItem.of(read.get(key));
    ReminderLimits limits = new ReminderLimits(firm.reminders().runningTimerMinutes());
    long reached = limits.reached(timer.startedAt(), now);
    if (reached <= timer.remindedMinutes()) {
      keep(firm, timer, timer.remindedMinutes(), limits, now);
      return;
    }
    Mail.Id id = new Mail.Id(firmId, "timerReminder", timer.timerId(), minute(timer, reached));
    boolean last = limits.last(reached);
    boolean done =
        delivered(
            TimerReminder.of(firm, timer, last, now, baseUrl, secrets.value())
                .mail(id, firm, timer));
    if (last) {
      done &= delivered(LongTimerNotice.notice(firm, timer, now, baseUrl));
    }
    if (done) {
      keep(firm, timer, reached, limits, now);
    }
  }

  /** A reminder has the number of its minute: one of the same limit after another start is new. */
  private static long minute(Timer timer, long limit) {
    return ReminderLimits.at(timer.startedAt(), limit).getEpochSecond() / 60;
  }

  /**
   * Sends a mail, unless it was sent.
   *
   * @return whether it is done with: it went, or can never go; if not, the timer stays due until it
   *     is known whether it went
   * @throws MailThrottled if it may go later
   */
  private boolean delivered(Mail mail) {
    return switch (outbox.claim(mail.id())) {
      case YOURS -> {
        try {
          outbox.send(mail);
          table.write(Outbox.sent(mail.id()));
        } catch (MailRefused refused) {
          Log.failure(refused, "firmId", mail.id().firm(), "mailId", mail.id().mailId());
        }
        yield true;
      }
      case SENT -> true;
      case UNDER_WAY -> false;
    };
  }

  /** Keeps which limit was reminded of, and when to look again. */
  private void keep(
      FirmSettings firm, Timer timer, long reminded, ReminderLimits limits, Instant now) {
    Instant look = limits.nextLook(timer.startedAt(), reminded, now);
    try {
      table.write(TimerItem.reminded(firm.firmId(), timer, reminded, look));
    } catch (ConditionFailed stopped) {
      // It was stopped or corrected meanwhile. What is there now has its own place in the queue.
    }
  }
}
