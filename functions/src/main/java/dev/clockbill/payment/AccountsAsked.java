package dev.clockbill.payment;

import dev.clockbill.firm.AccountNews;
import dev.clockbill.payment.Processor.EventPage;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the processor what happened to accounts since it was last asked, and books what was missed.
 * What had come as a callback is in the inbox and changes nothing.
 *
 * <p>News of the account itself are not booked as they were told: they come newest first, and those
 * of one second in no order. If there are any, the processor is asked how the account is now.
 */
final class AccountsAsked {
  /** Events become listed with a little delay. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  /** How much is asked for before what is known moves on: so a large backlog is worked off. */
  private static final Duration WINDOW = Duration.ofDays(1);

  /** How long the processor keeps events. Source: Stripe's documentation, "List all events". */
  private static final Duration KEPT = Duration.ofDays(30);

  /** For how long an event that cannot be booked is asked for, from the first failure. */
  private static final Duration TRIED_FOR = Duration.ofDays(1);

  /** Of so many of them, the oldest, it is known since when they fail; others are not given up. */
  private static final int MOST_FAILING = 100;

  private final Table table;
  private final Processor processor;
  private final ProcessorNews news;
  private final ProcessorAccounts accounts;

  AccountsAsked(Table table, Processor processor, ProcessorNews news, ProcessorAccounts accounts) {
    this.table = table;
    this.processor = processor;
    this.news = news;
    this.accounts = accounts;
  }

  /**
   * Asks about an account.
   *
   * @param lost where it is noted whether the account answers
   * @throws ProcessorFailed if there is no answer; what was booked until then stays booked
   */
  void ask(AccountNews known, LostAccounts lost) {
    Instant now = Time.now();
    try {
      askInWindows(known, now);
      lost.answered();
      if (accounts.payments(known.firm()).accountId() == null) {
        Processor.Account account = processor.account(known.account());
        accounts.connectedAgain(known.firm(), known.account(), account.chargesEnabled(), now);
      }
    } catch (ProcessorFailed failed) {
      if (failed.kind() != ProcessorFailed.Kind.ACCOUNT_LOST) {
        throw failed;
      }
      Log.failure(failed, "firmId", known.firm(), "account", known.account());
      boolean missed = accounts.isOf(known.firm(), known.account());
      if (missed) {
        lost.lost(known.account(), now);
      }
      write(known.lost(missed, now), known);
    }
  }

  private void askInWindows(AccountNews known, Instant now) {
    Failing failing = new Failing(known.failing(), now);
    AccountNews last = known;
    do {
      Instant from = later(last.until().minus(OVERLAP), now.minus(KEPT));
      Instant to = earlier(later(last.until(), from).plus(WINDOW), now);
      AccountNews next = last.with(ask(known, from, to, failing).orElse(to), failing.since());
      if (!write(next.known(last, now), last) || next.until().isBefore(to)) {
        return;
      }
      last = next;
    } while (last.until().isBefore(now));
  }

  /** The events that cannot be booked, in a run. */
  private static final class Failing {
    private final Map<String, Instant> before;
    private final Instant now;
    private final LinkedHashMap<String, Instant> since = new LinkedHashMap<>();

    Failing(Map<String, Instant> before, Instant now) {
      this.before = before;
      this.now = now;
    }

    /** Another one failed, an older one: whether it is given up. */
    boolean givenUp(String eventId) {
      Instant first = before.getOrDefault(eventId, now);
      since.put(eventId, first);
      if (since.size() > MOST_FAILING) {
        since.pollFirstEntry();
      }
      return !first.isAfter(now.minus(TRIED_FOR));
    }

    Map<String, Instant> since() {
      return since;
    }
  }

  /**
   * Books everything of a span of time.
   *
   * @return when the first event was made that has to be asked for again
   */
  private Optional<Instant> ask(AccountNews known, Instant from, Instant to, Failing failing) {
    Optional<Instant> again = Optional.empty();
    boolean changed = false;
    String after = null;
    while (true) {
      EventPage page = processor.events(known.account(), from, to, ProcessorEvent.TYPES, after);
      for (Map<String, Object> event : page.events()) {
        if (AccountEvent.is(event)) {
          changed = true;
        } else {
          // They come newest first: what remains is the oldest.
          Optional<Instant> missed = take(known.account(), event, failing);
          again = missed.isPresent() ? missed : again;
        }
      }
      if (!page.more()) {
        break;
      }
      after = page.last();
    }
    if (changed) {
      Instant asked = Time.now();
      Processor.Account account = processor.account(known.account());
      accounts.changed(known.firm(), known.account(), account.chargesEnabled(), asked);
    }
    return again;
  }

  /**
   * Books one event. One that cannot be booked does not stop the others: it is asked for again for
   * a day, and then left out with an alarm.
   *
   * @return when it was made, if it has to be asked for again
   */
  private Optional<Instant> take(String account, Map<String, Object> event, Failing failing) {
    String eventId = Json.text(event, "id");
    Instant made = ProcessorEvent.made(event).orElseThrow();
    Map<String, Object> ofAccount = new HashMap<>(event);
    ofAccount.put("account", account);
    try {
      return switch (news.take(ofAccount)) {
        case HANDLED -> Optional.empty();
        case UNKNOWN_CHECKOUT -> Optional.of(made);
      };
    } catch (RuntimeException failed) {
      Log.failure(failed, "eventId", eventId);
      if (failing.givenUp(eventId)) {
        Log.alarm("processor event given up", "account", account, "eventId", eventId);
        return Optional.empty();
      }
      return Optional.of(made);
    }
  }

  private boolean write(Write next, AccountNews known) {
    try {
      table.write(next);
      return true;
    } catch (ConditionFailed askedByAnother) {
      Log.info("account asked about by another", "firmId", known.firm());
      return false;
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
