package dev.clockbill.payment;

import dev.clockbill.shared.Log;
import dev.clockbill.table.ConditionFailed;
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
    Optional<Checkout> asked =
        table
            .get(firm, CheckoutItem.key(sessionId))
            .map(CheckoutItem::of)
            .filter(checkout -> !checkout.ended());
    if (asked.isPresent()) {
      ask(firm, asked.get());
    }
  }

  private void ask(String firm, Checkout checkout) {
    try {
      take(firm, checkout, processor.session(checkout.account(), checkout.sessionId()));
    } catch (ProcessorFailed failed) {
      if (!failed.refused()) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm, "invoiceId", checkout.invoiceId());
      // Perhaps our key is the wrong one: as long as the account counts, its checkouts do too.
      boolean doubtful =
          failed.kind() == ProcessorFailed.Kind.ACCOUNT_LOST
              && accounts.isOf(firm, checkout.account());
      write(doubtful ? CheckoutItem.asked(firm, checkout) : CheckoutItem.settled(firm, checkout));
    }
  }

  /** Books what a report says of a checkout, and sets when it is asked about next, if ever. */
  void take(String firm, Checkout checkout, SessionReport report) {
    report.event().ifPresent(news::take);
    Optional<Checkout> now =
        table.get(firm, CheckoutItem.key(checkout.sessionId())).map(CheckoutItem::of);
    if (now.isEmpty() || now.get().ended()) {
      return;
    }
    boolean open = report.open() || now.get().state() == Checkout.State.PROCESSING;
    write(open ? CheckoutItem.asked(firm, now.get()) : CheckoutItem.settled(firm, now.get()));
  }

  private void write(Write next) {
    try {
      table.write(next);
    } catch (ConditionFailed eventCame) {
      Log.info("checkout moved by its event");
    }
  }
}
