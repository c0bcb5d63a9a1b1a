package dev.clockbill.payment;

import dev.clockbill.firm.AccountNews;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.firm.FirmSettings.PaymentsStatus;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.mail.FirmNotice;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What we know of the firms' accounts at the processor. It is kept with the firm's settings; a
 * pointer leads from an account to its firm.
 */
final class ProcessorAccounts {
  private static final String PAYMENTS = "payments";

  /** When the last report was made, in seconds since 1970; an older one changes nothing. */
  private static final String AS_OF = "accountAsOf";

  private static final String FAILED_ATTEMPTS = "accountAttempts";

  /** How many accounts of the firm were disconnected. */
  private static final String DISCONNECTED = "accountsDisconnected";

  private final Table table;

  ProcessorAccounts(Table table) {
    this.table = table;
  }

  /** How far a firm's setup is. */
  Payments payments(String firm) {
    return FirmItem.read(table, firm).payments();
  }

  /** Whether an account counts as a firm's. */
  boolean isOf(String firm, String accountId) {
    return accountId.equals(payments(firm).accountId());
  }

  private Item settings(String firm) {
    return table.get(firm, FirmItem.KEY).orElseThrow(() -> Problem.notFound("firm"));
  }

  /**
   * How often a firm's account was to be created before: each attempt has a key of its own.
   *
   * @param failed how many attempts the processor refused or failed at
   * @param disconnected how many accounts are no longer connected
   */
  record Attempts(long failed, long disconnected) {
    /** The number of the next attempt, from 1. */
    long next() {
      return failed + disconnected + 1;
    }
  }

  /** How often a firm's account was to be created before. */
  Attempts attempts(String firm) {
    Item settings = settings(firm);
    return new Attempts(settings.number(FAILED_ATTEMPTS, 0), settings.number(DISCONNECTED, 0));
  }

  /** Counts an attempt that failed, unless another one was counted since this was read. */
  void failed(String firm, Attempts before) {
    try {
      table.write(
          Write.update(firm, FirmItem.KEY)
              .set(FAILED_ATTEMPTS, before.failed() + 1)
              .ifEquals(FAILED_ATTEMPTS, before.failed() == 0 ? null : before.failed()));
    } catch (ConditionFailed counted) {
      Log.info("failed attempt counted by another", "firmId", firm);
    }
  }

  /** The firm that an account belongs to, if we know the account. */
  Optional<String> firmOf(String accountId) {
    return Pointer.account(accountId).read(table).map(Pointer.Target::firm);
  }

  /**
   * Connects a firm with its new account, if its payments have not changed since they were read.
   */
  static List<Write> connected(String firm, Payments asRead, String accountId) {
    return List.of(
        same(firm, asRead)
            .set(PAYMENTS, FirmItem.attributes(new Payments(PaymentsStatus.PENDING, accountId)))
            .add("version", 1),
        Pointer.account(accountId).to(firm),
        AccountNews.begun(firm, accountId, Time.now()));
  }

  /** Checks that a firm's payments have not changed since they were read. */
  static Write same(String firm, Payments asRead) {
    return Write.update(firm, FirmItem.KEY).ifEquals(PAYMENTS, kept(asRead));
  }

  /**
   * Records what the processor reports about a firm's account.
   *
   * @param accountId what the report is about; one that is no longer the firm's changes nothing
   * @param chargesEnabled whether customers can pay
   * @param asOf when that was so; a later report that is recorded already stays
   * @return how far the setup is now
   */
  Payments changed(String firm, String accountId, boolean chargesEnabled, Instant asOf) {
    return Retry.onConflict(
        () -> {
          Item settings = settings(firm);
          Payments now = FirmItem.of(settings).payments();
          if (!accountId.equals(now.accountId())
              || settings.number(AS_OF, 0) > asOf.getEpochSecond()) {
            return now;
          }
          Payments then = payments(chargesEnabled, accountId);
          Write write =
              same(firm, now)
                  .ifAbsentOrBelow(AS_OF, asOf.getEpochSecond() + 1)
                  .set(AS_OF, asOf.getEpochSecond());
          table.write(
              then.equals(now)
                  ? write
                  : write.set(PAYMENTS, FirmItem.attributes(then)).add("version", 1));
          return then;
        });
  }

  /**
   * Records that an account is no longer connected with us and has the owner told, so that the
   * setup can begin anew with another one. Its pointer stays: late refunds and disputes of payments
   * into it still find the firm, and the processor is still asked about it now and then. Nothing
   * happens if the firm has another account by now, or if something later is known of this one.
   *
   * @param asOf when that was so
   */
  void disconnected(String accountId, Instant asOf) {
    firmOf(accountId).ifPresent(firm -> disconnected(firm, accountId, asOf));
  }

  private void disconnected(String firm, String accountId, Instant asOf) {
    Retry.onConflict(
        () -> {
          Item settings = settings(firm);
          Payments now = FirmItem.of(settings).payments();
          if (accountId.equals(now.accountId())
              && settings.number(AS_OF, 0) <= asOf.getEpochSecond()) {
            Payments missing = new Payments(PaymentsStatus.MISSING, null);
            table
                .begin(firm)
                .add(
                    same(firm, now)
                        .set(AS_OF, asOf.getEpochSecond())
                        .set(PAYMENTS, FirmItem.attributes(missing))
                        .add(DISCONNECTED, 1)
                        .add("version", 1))
                .add(FirmNotice.ACCOUNT_DISCONNECTED.queued(firm, accountId))
                .commit();
          }
          return accountId;
        });
  }

  /**
   * Records that an account which was lost answers again, and has the owner told. Nothing happens
   * if the firm has an account by now.
   *
   * @param chargesEnabled whether customers can pay
   * @param asOf when that was so
   */
  void connectedAgain(String firm, String accountId, boolean chargesEnabled, Instant asOf) {
    Retry.onConflict(
        () -> {
          Payments now = FirmItem.of(settings(firm)).payments();
          if (now.accountId() == null) {
            table
                .begin(firm)
                .add(
                    same(firm, now)
                        .set(AS_OF, asOf.getEpochSecond())
                        .set(PAYMENTS, FirmItem.attributes(payments(chargesEnabled, accountId)))
                        .add("version", 1))
                .add(FirmNotice.ACCOUNT_CONNECTED_AGAIN.queued(firm, accountId))
                .commit();
          }
          return accountId;
        });
  }

  private static Payments payments(boolean chargesEnabled, String accountId) {
    return new Payments(chargesEnabled ? PaymentsStatus.READY : PaymentsStatus.PENDING, accountId);
  }

  /** As the item has it: without what is missing. */
  private static Item kept(Payments payments) {
    return new Item(Item.values(FirmItem.attributes(payments)));
  }
}
