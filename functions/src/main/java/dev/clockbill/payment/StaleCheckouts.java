package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Optional;

/**
 * Ends checkouts that charge what is no longer due. The wish to end one is kept by the transaction
 * by which it becomes stale, and waits for a push until the processor has ended it.
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
   * The write by which an invoice's open checkout is to be ended; nothing where none is open.
   *
   * @param change the write of the invoice in the same transaction, which holds only while no other
   *     checkout is opened
   */
  public Optional<Write> ended(String firm, Invoice invoice, Write change) {
    String sessionId = invoice.links().checkout();
    change.ifEquals("checkout", sessionId);
    return Optional.ofNullable(sessionId)
        .flatMap(id -> table.get(firm, Checkout.key(id)))
        .map(Checkout::of)
        .filter(checkout -> checkout.open(Time.now()))
        .map(
            checkout ->
                Write.update(firm, Checkout.key(sessionId))
                    .ifEquals("state", Checkout.OPEN)
                    .due(DueQueue.PUSHES, sessionId, Time.now()));
  }

  /** Ends an invoice's checkout if that was wished; a failure is only logged. */
  public void tryToEnd(String firm, Invoice invoice) {
    String sessionId = invoice.links().checkout();
    if (sessionId == null) {
      return;
    }
    try {
      end(firm, Checkout.key(sessionId));
    } catch (RuntimeException later) {
      Log.failure(later, "firmId", firm, "invoiceId", invoice.invoiceId());
    }
  }

  /**
   * Ends a checkout that waits for it.
   *
   * @param key of its item
   * @throws Processor.ProcessorFailed if it is not known to have ended
   */
  public void end(String firm, String key) {
    Optional<Item> item = table.get(firm, key).filter(DueQueue::holds);
    if (item.isEmpty()) {
      return;
    }
    Checkout checkout = Checkout.of(item.get());
    boolean ended = processor.expire(checkout.account(), checkout.sessionId());
    // One that had ended before was paid or is expired: its own event tells, and may have done so.
    String state = ended ? Checkout.EXPIRED : checkout.state();
    try {
      table.write(
          Checkout.moved(firm, checkout.sessionId(), state)
              .ifOneOf("state", List.of(checkout.state(), Checkout.EXPIRED)));
    } catch (ConditionFailed told) {
      Log.info("checkout ended by its event", "firmId", firm, "item", key);
    }
  }

  /** Whether an item is a checkout. */
  public static boolean is(Item item) {
    return item.key().startsWith(Checkout.key(""));
  }
}
