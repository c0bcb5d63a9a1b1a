package dev.clockbill.payment;

import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Optional;

/** Asks the processor how checkouts have ended, and books what it says. */
final class AskedCheckouts {
  private final Table table;
  private final Processor processor;
  private final ProcessorNews news;
  private final ProcessorAccounts accounts;

  AskedCheckouts(Table table, Processor processor, ProcessorNews news) {
    this.table = table;
    this.processor = processor;
    this.news = news;
    this.accounts = new ProcessorAccounts(table);
  }

  /**
   * Asks about a checkout unless it is known how it ended.
   *
   * @throws ProcessorFailed if there is no answer
   */
  void ask(String firm, String sessionId) {
    Optional<Item> asked =
        table.get(firm, CheckoutItem.key(sessionId)).filter(item -> !CheckoutItem.of(item).ended());
    if (asked.isPresent()) {
      ask(firm, asked.get());
    }
  }

  private void ask(String firm, Item item) {
    Checkout checkout = CheckoutItem.of(item);
    try {
      take(firm, checkout, processor.session(checkout.account(), checkout.sessionId()));
    } catch (ProcessorFailed failed) {
      if (!failed.refused()) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm, "invoiceId", checkout.invoiceId());
      // Perhaps our key is the wrong one: as long as the account counts, its checkouts do too.
      if (failed.kind() == ProcessorFailed.Kind.ACCOUNT_LOST
          && checkout.followed(Time.now())
          && accounts.isOf(firm, checkout.account())) {
        again(item);
      } else {
        notTold(firm, item, checkout);
      }
    }
  }

  /**
   * The processor does not say how a checkout ended. It may do so again, or tell of it by itself;
   * once that is no longer to be expected, what is under way counts as failed, so that it does not
   * stand in the way for ever.
   */
  private void notTold(String firm, Item item, Checkout checkout) {
    if (checkout.followed(Time.now())) {
      if (!CheckoutItem.waitsForItsEnd(item)) {
        write(CheckoutItem.askedInVain(item));
      }
    } else if (checkout.state() == Checkout.State.PROCESSING) {
      news.neverTold(firm, checkout);
    } else {
      write(CheckoutItem.movedFrom(firm, checkout, Checkout.State.EXPIRED, Checkout.State.OPEN));
    }
  }

  /** Books what a report says of a checkout, and sets when it is asked about next, if ever. */
  void take(String firm, Checkout checkout, SessionReport report) {
    report.event().ifPresent(news::take);
    Optional<Item> stored =
        table
            .get(firm, CheckoutItem.key(checkout.sessionId()))
            .filter(item -> !CheckoutItem.of(item).ended());
    if (stored.isEmpty()) {
      return;
    }
    Checkout now = CheckoutItem.of(stored.get());
    if (!report.open() && now.state() != Checkout.State.PROCESSING) {
      write(CheckoutItem.settled(firm, now));
    } else {
      again(stored.get());
    }
  }

  /** Has a checkout asked about once more, unless it waits to be ended. */
  private void again(Item item) {
    if (!CheckoutItem.waitsForItsEnd(item)) {
      write(CheckoutItem.asked(item));
    }
  }

  private void write(Write next) {
    try {
      table.write(next);
    } catch (ConditionFailed eventCame) {
      Log.info("checkout moved by its event");
    }
  }
}
