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
import java.util.Map;
import java.util.Optional;

/**
 * Asks the processor what happened to accounts since it was last asked, and books what was missed.
 * What had come as a callback is in the inbox and changes nothing.
 */
final class AccountsAsked {
  /** Events become listed with a little delay. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  /** How much is asked for before what is known moves on: so a large backlog is worked off. */
  private static final Duration WINDOW = Duration.ofDays(1);

  /** How long the processor keeps events. Source: Stripe's documentation, "List all events". */
  private static final Duration KEPT = Duration.ofDays(30);

  /** For how long an event that cannot be booked is asked for. */
  private static final Duration TRIED_FOR = Duration.ofDays(1);

  private final Table table;
  private final Processor processor;
  private final ProcessorNews news;
  private final ProcessorAccounts accounts;

  AccountsAsked(Table table, Processor processor, ProcessorNews news) {
    this.table = table;
    this.processor = processor;
    this.news = news;
    this.accounts = new ProcessorAccounts(table);
  }

  /**
   * Asks about an account.
   *
   * @throws ProcessorFailed if there is no answer; what was booked until then stays booked
   */
  void ask(AccountNews known) {
    try {
      askInWindows(known);
    } catch (ProcessorFailed failed) {
      if (failed.kind() != ProcessorFailed.Kind.ACCOUNT_LOST) {
        throw failed;
      }
      accounts.disconnected(known.account(), Time.now());
      write(known.ended(), known);
    }
  }

  private void askInWindows(AccountNews known) {
    Instant now = Time.now();
    AccountNews last = known;
    while (last.until().isBefore(now)) {
      Instant from = later(last.until().minus(OVERLAP), now.minus(KEPT));
      Instant to = earlier(later(last.until(), from).plus(WINDOW), now);
      Instant next = ask(last.account(), from, to).orElse(to);
      if (!write(last.known(next, now), last) || next.isBefore(to)) {
        return;
      }
      last = new AccountNews(last.firm(), last.account(), next);
    }
  }

  /**
   * Books everything of a span of time.
   *
   * @return when the first event was made that has to be asked for again
   */
  private Optional<Instant> ask(String account, Instant from, Instant to) {
    Optional<Instant> again = Optional.empty();
    String after = null;
    while (true) {
      EventPage page = processor.events(account, from, to, ProcessorEvent.TYPES, after);
      for (Map<String, Object> event : page.events()) {
        // They come newest first: what remains is the oldest.
        Optional<Instant> missed = take(account, event);
        again = missed.isPresent() ? missed : again;
      }
      if (!page.more()) {
        return again;
      }
      after = page.last();
    }
  }

  /**
   * Books one event. One that cannot be booked does not stop the others: it is asked for again for
   * a day, and then left out.
   *
   * @return when it was made, if it has to be asked for again
   */
  private Optional<Instant> take(String account, Map<String, Object> event) {
    Instant made = ProcessorEvent.made(event).orElseThrow();
    Map<String, Object> ofAccount = new HashMap<>(event);
    ofAccount.put("account", account);
    try {
      return switch (news.take(ofAccount)) {
        case HANDLED -> Optional.empty();
        case UNKNOWN_CHECKOUT -> Optional.of(made);
      };
    } catch (RuntimeException failed) {
      Log.failure(failed, "eventId", Json.text(event, "id"));
      return Optional.of(made).filter(Time.now().minus(TRIED_FOR)::isBefore);
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
