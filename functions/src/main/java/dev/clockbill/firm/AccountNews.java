package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;

/**
 * How far the news of a connected account are known: until when the processor was asked what
 * happened to it. It is asked every hour, as long as the account is connected.
 *
 * @param firm whose account it is
 * @param account the processor's id
 * @param until what was made before this instant is known
 */
public record AccountNews(String firm, String account, Instant until) {
  private static final String PREFIX = "NEWS#";

  /** Shorter than the hour of the schedule, so that each of its runs asks. */
  private static final Duration EVERY = Duration.ofMinutes(50);

  /** Reads an item of {@link DueQueue#ACCOUNTS}. */
  public static AccountNews of(Item item) {
    return new AccountNews(
        item.firm(), item.key().substring(PREFIX.length()), item.instant("until"));
  }

  /** The key of an account's item. */
  public static String key(String account) {
    return PREFIX + account;
  }

  /** Begins to ask about a new account, in the transaction that connects it. */
  public static Write begun(String firm, String account, Instant now) {
    return Write.put(firm, key(account), Json.object("until", now))
        .due(DueQueue.ACCOUNTS, account, now)
        .ifAbsent();
  }

  /** What was made before an instant is known too; asks again with the next run. */
  public Write known(Instant to, Instant now) {
    return Write.update(firm, key(account))
        .set("until", to)
        .ifEquals("until", until)
        .due(DueQueue.ACCOUNTS, account, now.plus(EVERY));
  }

  /** The account is not connected any more: nobody asks about it. */
  public Write ended() {
    return Write.update(firm, key(account)).notDue();
  }
}
