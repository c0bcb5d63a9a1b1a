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
    table.get(firm, CheckoutItem.key(sessionId)).ifPresent(this::ask);
  }

  /**
   * The same about a checkout that was just read.
   *
   * @throws ProcessorFailed if there is no answer
   */
  void ask(Item item) {
    String firm = item.firm();
    Checkout checkout = CheckoutItem.of(item);
    if (checkout.ended()) {
      return;
    }
    try {
      take(firm, checkout, processor.session(checkout.account(), checkout.sessionId()));
    } catch (ProcessorFailed failed) {
      if (!failed.refused()) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm, "invoiceId", checkout.logged());
      // Perhaps our key is the wrong one: as long as the account counts, its checkouts do too.
      if (failed.kind() == ProcessorFailed.Kind.ACCOUNT_LOST
          && checkout.followed(Time.now())
          && accounts.isOf(firm, checkout.account())) {
        again(item, CheckoutItem.asked(item));
      } else {
        notTold(item, checkout);
      }
    }
  }

  /**
   * The processor does not say how a checkout ended. It may do so again, or tell of it by itself;
   * once that is no longer to be expected, what is under way counts as failed, so that it does not
   * stand in the way for ever.
   */
  private void notTold(Item item, Checkout checkout) {
    if (checkout.followed(Time.now())) {
      again(item, CheckoutItem.askedInVain(item));
    } else if (checkout.state() == Checkout.State.PROCESSING) {
      news.neverTold(item.firm(), checkout);
    } else {
      write(
          CheckoutItem.movedFrom(
              item.firm(), checkout, Checkout.State.EXPIRED, Checkout.State.OPEN));
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
      again(stored.get(), CheckoutItem.asked(stored.get()));
    }
  }

  /** Has a checkout asked about once more, unless it waits to be ended. */
  private void again(Item item, Write next) {
    if (!CheckoutItem.waitsForItsEnd(item)) {
      write(next);
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
