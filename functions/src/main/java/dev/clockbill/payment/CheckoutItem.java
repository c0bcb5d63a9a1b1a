package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.Arrays;

/** A checkout as the table keeps it: its key, and the item to and from the record. */
final class CheckoutItem {
  private static final String PREFIX = "CHECKOUT#";

  private CheckoutItem() {}

  /** The key of a checkout's item. */
  static String key(String sessionId) {
    return PREFIX + sessionId;
  }

  /** Whether an item is a checkout. */
  static boolean is(Item item) {
    return item.key().startsWith(PREFIX);
  }

  /** Reads a checkout's item. */
  static Checkout of(Item item) {
    return new Checkout(
        item.key().substring(PREFIX.length()),
        item.text("invoiceId"),
        item.number("version"),
        item.number("amount"),
        item.text("account"),
        Checkout.State.of(item.text("state")),
        item.text("url"),
        item.instant("endsAt"));
  }

  /** Adds a new checkout. */
  static Write added(String firm, Checkout checkout) {
    return Write.put(
            firm,
            key(checkout.sessionId()),
            Json.object(
                "invoiceId", checkout.invoiceId(),
                "version", checkout.version(),
                "amount", checkout.amount(),
                "account", checkout.account(),
                "state", checkout.state().word(),
                "url", checkout.url(),
                "endsAt", checkout.expiresAt()))
        .ifAbsent();
  }

  /** Moves a checkout to a state in which it need not be ended any more. */
  static Write moved(String firm, Checkout checkout, Checkout.State to) {
    return Write.update(firm, key(checkout.sessionId())).set("state", to.word()).notDue();
  }

  /** The same, if the checkout is still in one of some states. */
  static Write movedFrom(
      String firm, Checkout checkout, Checkout.State to, Checkout.State... from) {
    return moved(firm, checkout, to)
        .ifOneOf("state", Arrays.stream(from).map(Checkout.State::word).toList());
  }

  /** Queues an open checkout to be ended at the processor. */
  static Write toBeEnded(String firm, Checkout checkout) {
    return Write.update(firm, key(checkout.sessionId()))
        .ifEquals("state", Checkout.State.OPEN.word())
        .due(DueQueue.PUSHES, checkout.sessionId(), Time.now());
  }
}
