package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmMails;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.StaffItem;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailUnconfirmed;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.Recording;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Mails people whose timers are left running: once at each of the firm's limits, however often the
 * scheduler fires, and once for several limits that passed together. At the last one the firm's
 * owner is notified too. The timer keeps running.
 *
 * <p>A run stops in time, and the next one goes on. What fails is looked at again a few minutes
 * later, so that it does not keep others from being looked at.
 *
 * <p>Where its person's access has ended, the firm's owners get the reminder instead: the timer is
 * theirs to stop.
 */
public final class RemindRunningTimers implements RequestStreamHandler {
  /** How long a run goes on; the last timer may still take a while. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  /** Two mails, if the mail service is slow. */
  private static final Duration ENOUGH = Duration.ofSeconds(16);

  private static final int MOST = 100;

  private final Table table;
  private final FirmMails mails;
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
    this.mails = new FirmMails(table, environment);
    this.secrets = new Secret(environment, "TIMER_LINK_SECRET_PARAMETER");
    this.baseUrl = environment.required("BASE_URL");
  }

  /** Takes the schedule's call; what it carries is not read. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(LONGEST, context, () -> Step.take(input, output, call -> remindAll()));
  }

  private void remindAll() {
    Instant now = Time.now();
    DueQueue.TIMERS.workOff(
        table,
        MOST,
        1,
        ENOUGH,
        due -> {
          if (!reminded(due, now)) {
            DueQueue.postponed(table, due, DueQueue.PATIENCE);
          }
          return true;
        });
  }

  /** Looks at a timer; false if that has to be done again. */
  private boolean reminded(Item due, Instant now) {
    try {
      return remind(due.firm(), due.key(), now);
    } catch (RuntimeException failed) {
      Log.failure(failed, "firmId", due.firm(), "item", due.key());
      return false;
    }
  }

  private boolean remind(String firmId, String key, Instant now) {
    String staffKey = StaffItem.key(TimerItem.staffId(key));
    Map<String, Item> read = table.get(firmId, List.of(FirmItem.KEY, key, staffKey));
    if (!read.containsKey(key)) {
      return true;
    }
    Item firmItem = read.get(FirmItem.KEY);
    FirmSettings firm = FirmItem.of(firmItem);
    Timer timer = TimerItem.of(read.get(key));
    ReminderLimits limits = new ReminderLimits(firm.reminders().runningTimerMinutes());
    long reached = limits.reached(timer.startedAt(), now);
    if (reached <= timer.remindedMinutes()) {
      keep(firm, timer, timer.remindedMinutes(), limits, now);
      return true;
    }
    Mail.Id id =
        new Mail.Id(firmId, MailKind.TIMER_REMINDER, timer.timerId(), minute(timer, reached));
    boolean last = limits.last(reached);
    boolean active = StaffItem.active(read.get(staffKey));
    Fate fate =
        send(
            firmItem,
            active
                ? TimerReminder.of(firm, timer, last, now, baseUrl, secrets.value())
                    .mail(id, firm, timer)
                : OrphanedTimerReminder.mail(id, firm, timer, last, now, baseUrl));
    if (last) {
      fate = fate.and(send(firmItem, LongTimerNotice.notice(firm, timer, active, now, baseUrl)));
    }
    return switch (fate) {
      case Fate.Done() -> {
        keep(firm, timer, reached, limits, now);
        yield true;
      }
      case Fate.Waits(Instant next) -> {
        keep(firm, timer, timer.remindedMinutes(), next);
        yield true;
      }
      // The timer is looked at again until it is known whether the mail was sent.
      case Fate.Unknown() -> false;
    };
  }

  /** How the mails about a timer fared. */
  private sealed interface Fate {
    /** They were sent, or refused for good. */
    record Done() implements Fate {}

    /** The mail service takes none at present; they are to be tried again. */
    record Waits(Instant next) implements Fate {}

    /** It is not known yet whether one was sent. */
    record Unknown() implements Fate {}

    /** The worse of two. */
    default Fate and(Fate other) {
      return this instanceof Done || other instanceof Unknown ? other : this;
    }
  }

  /** A reminder is numbered by its minute: the same limit after another start is a new one. */
  private static long minute(Timer timer, long limit) {
    return ReminderLimits.at(timer.startedAt(), limit).getEpochSecond() / 60;
  }

  /** Sends a mail unless it was sent before. */
  private Fate send(Item firm, Mail mail) {
    try {
      mails.send(firm, mail.id(), Outbox.Terms.NONE, () -> mail, Recording.NOTHING_MORE);
      return new Fate.Done();
    } catch (MailUnconfirmed underWay) {
      return new Fate.Unknown();
    } catch (MailWaits waits) {
      return new Fate.Waits(waits.next());
    }
  }

  /** Records the limit of this reminder, and when to look at the timer again. */
  private void keep(
      FirmSettings firm, Timer timer, long reminded, ReminderLimits limits, Instant now) {
    keep(firm, timer, reminded, limits.nextLook(timer.startedAt(), reminded, now));
  }

  private void keep(FirmSettings firm, Timer timer, long reminded, Instant look) {
    try {
      table.write(TimerItem.reminded(firm.firmId(), timer, reminded, look));
    } catch (ConditionFailed stopped) {
      // It was stopped or corrected in the meantime; what is there now has its own due time.
    }
  }
}
