package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.shared.WriteRefused;
import java.util.List;
import java.util.Optional;

/**
 * Ends checkouts that charge what is no longer due. The wish to end one is kept by the transaction
 * by which it becomes stale, and waits for a push until the processor has ended it.
 */
public final class StaleCheckouts {
  private final Ledger ledger;
  private final Processor processor;

  /** Ends them at this processor. */
  public StaleCheckouts(Ledger ledger, Processor processor) {
    this.ledger = ledger;
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
        .flatMap(id -> ledger.get(firm, Checkout.key(id)))
        .map(Checkout::of)
        .filter(checkout -> checkout.open(Time.now()))
        .map(
            checkout ->
                Due.at(
                    Write.update(firm, Checkout.key(sessionId)).ifEquals("state", Checkout.OPEN),
                    Due.Queue.PUSHES,
                    sessionId,
                    Time.now()));
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
    Optional<Item> item = ledger.get(firm, key).filter(Due::waits);
    if (item.isEmpty()) {
      return;
    }
    Checkout checkout = Checkout.of(item.get());
    boolean ended = processor.expire(checkout.account(), checkout.sessionId());
    // One that had ended before was paid or is expired: its own event tells, and may have done so.
    String state = ended ? Checkout.EXPIRED : checkout.state();
    try {
      ledger.write(
          Checkout.moved(firm, checkout.sessionId(), state)
              .ifOneOf("state", List.of(checkout.state(), Checkout.EXPIRED)));
    } catch (WriteRefused told) {
      Log.info("checkout ended by its event", "firmId", firm, "item", key);
    }
  }

  /** Whether an item is a checkout. */
  public static boolean is(Item item) {
    return item.key().startsWith(Checkout.key(""));
  }
}
