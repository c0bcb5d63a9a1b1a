package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.Optional;

/**
 * Ends checkouts that charge what is no longer due. The transaction that changes what is due queues
 * the checkout; it stays in the queue until the processor has ended it.
 */
public final class StaleCheckouts {
  private final Table table;
  private final Processor processor;

  /** Ends them at this processor. */
  public StaleCheckouts(Table table, Processor processor) {
    this.table = table;
    this.processor = processor;
  }

  /**
   * Has the open checkout of an invoice ended, if there is one: queues it in the invoice's
   * transaction and ends it after the commit. The transaction fails if another checkout is opened
   * meanwhile.
   */
  public void end(InvoiceChange change) {
    UnitOfWork work = change.work();
    Invoice invoice = change.before();
    String sessionId = invoice.links().checkout();
    change.write().ifEquals("checkout", sessionId);
    Optional.ofNullable(sessionId)
        .flatMap(id -> table.get(work.firm(), CheckoutItem.key(id)))
        .map(CheckoutItem::of)
        .filter(checkout -> checkout.open(Time.now()))
        .ifPresent(
            checkout ->
                work.add(CheckoutItem.toBeEnded(work.firm(), checkout))
                    .afterwards(
                        () -> end(work.firm(), CheckoutItem.key(sessionId)),
                        "invoiceId",
                        invoice.invoiceId()));
  }

  /**
   * Ends a checkout if it is in the queue.
   *
   * @param key of its item
   * @throws ProcessorFailed if it may not have ended
   */
  public void end(String firm, String key) {
    Optional<Item> item = table.get(firm, key).filter(DueQueue::holds);
    if (item.isEmpty()) {
      return;
    }
    Checkout checkout = CheckoutItem.of(item.get());
    Write next =
        expired(firm, checkout)
            ? CheckoutItem.movedFrom(
                firm, checkout, Checkout.State.EXPIRED, checkout.state(), Checkout.State.EXPIRED)
            : CheckoutItem.toBeAsked(firm, checkout);
    try {
      table.write(next);
    } catch (ConditionFailed eventCame) {
      Log.info("checkout ended by its event", "firmId", firm, "item", key);
    }
  }

  /** Ends it; one that had ended before was perhaps paid, and whoever asks about it books that. */
  private boolean expired(String firm, Checkout checkout) {
    try {
      return processor.end(checkout.account(), checkout.sessionId()).expired();
    } catch (ProcessorFailed failed) {
      if (!failed.refused()) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm, "invoiceId", checkout.logged());
      return false;
    }
  }

  /** Whether an item is a checkout. */
  public static boolean is(Item item) {
    return CheckoutItem.is(item);
  }
}
