package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the news of an account are known: until when the processor was asked what happened to it.
 * It is asked every hour; if we have no access to the account, ever more rarely and for a month, so
 * that an account that comes back is noticed.
 *
 * @param firm whose account it is, or was
 * @param account the processor's id
 * @param until what was made before this instant is known
 * @param lostSince since when we have no access to it; null while we have
 * @param failing the events that could not be booked, by id, with when that was first tried
 */
public record AccountNews(
    String firm, String account, Instant until, Instant lostSince, Map<String, Instant> failing) {
  private static final String PREFIX = "NEWS#";
  private static final String UNTIL = "until";
  private static final String LOST_SINCE = "lostSince";
  private static final String FAILING = "failing";

  /** Shorter than the hour of the schedule, so that each of its runs asks. */
  private static final Duration EVERY = Duration.ofMinutes(50);

  /** The longest pause before a lost account is asked about again. */
  private static final Duration RARELY = Duration.ofDays(1);

  /**
   * How long a lost account is asked about. The processor keeps its events as long (Stripe's
   * documentation, "List all events").
   */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** Takes the events as they are at this moment. */
  public AccountNews {
    failing = Collections.unmodifiableMap(new LinkedHashMap<>(failing));
  }

  /** Reads an item of {@link DueQueue#ACCOUNTS}. */
  public static AccountNews of(Item item) {
    Item failing = item.object(FAILING);
    Map<String, Instant> since = new LinkedHashMap<>();
    failing.attributes().keySet().forEach(event -> since.put(event, failing.instant(event)));
    return new AccountNews(
        item.firm(),
        item.key().substring(PREFIX.length()),
        item.instant(UNTIL),
        item.instant(LOST_SINCE),
        since);
  }

  /** The key of an account's item. */
  public static String key(String account) {
    return PREFIX + account;
  }

  /** Begins to ask about a new account, in the transaction that connects it. */
  public static Write begun(String firm, String account, Instant now) {
    return Write.put(firm, key(account), Json.object(UNTIL, now))
        .due(DueQueue.ACCOUNTS, account, now)
        .ifAbsent();
  }

  /** The same news with more of them known. */
  public AccountNews with(Instant to, Map<String, Instant> nowFailing) {
    return new AccountNews(firm, account, to, null, nowFailing);
  }

  /** Writes what is known now, unless another run has written; asks again with the next run. */
  public Write known(AccountNews before, Instant now) {
    return Write.update(firm, key(account))
        .set(UNTIL, until)
        .set(LOST_SINCE, lostSince)
        .set(FAILING, failing.isEmpty() ? null : failing)
        .ifEquals(UNTIL, before.until)
        .due(DueQueue.ACCOUNTS, account, now.plus(EVERY));
  }

  /** Since when we have no access, if we have none now. */
  public Instant lostSince(Instant now) {
    return lostSince == null ? now : lostSince;
  }

  /**
   * We have no access to the account.
   *
   * @param missed whether it still counts as the firm's: then it is asked about every hour
   */
  public Write lost(boolean missed, Instant now) {
    Instant since = lostSince(now);
    Write lost = Write.update(firm, key(account)).set(LOST_SINCE, since);
    Duration gone = Duration.between(since, now);
    if (!missed && gone.compareTo(REMEMBERED) > 0) {
      return lost.notDue();
    }
    Duration pause = missed || gone.compareTo(EVERY) < 0 ? EVERY : gone;
    return lost.due(
        DueQueue.ACCOUNTS, account, now.plus(pause.compareTo(RARELY) < 0 ? pause : RARELY));
  }
}
