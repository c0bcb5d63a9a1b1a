package dev.clockbill.payment;

import dev.clockbill.payment.Checkout.Share;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A checkout as the table keeps it: its key, and the item to and from the record. */
final class CheckoutItem {
  private static final String PREFIX = "CHECKOUT#";

  /** How long after its end the event about a checkout is given to come by itself. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** Delayed payments take days: how long until the processor is asked again. */
  private static final Duration WHILE_PROCESSING = Duration.ofHours(12);

  /** Likewise for one that should have ended, and has not. */
  private static final Duration WHILE_OPEN = Duration.ofHours(1);

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
        shares(item),
        item.text("account"),
        Checkout.State.of(item.text("state")),
        item.text("url"),
        item.instant("endsAt"));
  }

  /** One that was kept before checkouts had shares has all of it for one invoice. */
  private static List<Share> shares(Item item) {
    return item.has("shares")
        ? item.objects("shares").stream().map(CheckoutItem::share).toList()
        : List.of(share(item));
  }

  private static Share share(Item item) {
    return new Share(item.text("invoiceId"), item.number("version"), item.number("amount"));
  }

  private static Map<String, Object> share(Share share) {
    return Json.object(
        "invoiceId", share.invoiceId(),
        "version", share.version(),
        "amount", share.amount());
  }

  /** Adds a new checkout, of which the processor is asked once it should have ended. */
  static Write added(String firm, Checkout checkout) {
    return Write.put(
            firm,
            key(checkout.sessionId()),
            Json.object(
                "shares", checkout.shares().stream().map(CheckoutItem::share).toList(),
                "account", checkout.account(),
                "state", checkout.state().word(),
                "url", checkout.url(),
                "endsAt", checkout.expiresAt()))
        .due(DueQueue.CHECKOUTS, checkout.sessionId(), checkout.expiresAt().plus(GRACE))
        .ifAbsent();
  }

  /**
   * Moves a checkout to a state in which it need not be ended any more. While its payment is on its
   * way the processor is asked about that from time to time.
   */
  static Write moved(String firm, Checkout checkout, Checkout.State to) {
    Write write = Write.update(firm, key(checkout.sessionId())).set("state", to.word());
    return switch (to) {
      case OPEN, PROCESSING ->
          write.due(DueQueue.CHECKOUTS, checkout.sessionId(), Time.now().plus(pause(to)));
      case PAID, FAILED, EXPIRED -> write.notDue();
    };
  }

  /** The same, if the checkout is still in one of some states. */
  static Write movedFrom(
      String firm, Checkout checkout, Checkout.State to, Checkout.State... from) {
    return moved(firm, checkout, to)
        .ifOneOf("state", Arrays.stream(from).map(Checkout.State::word).toList());
  }

  /**
   * The processor was asked about a checkout, and nothing new is known: it is asked again.
   *
   * @param read as it was read, which is not to be in another queue meanwhile
   */
  static Write asked(Item read) {
    return again(read, pause(of(read).state()));
  }

  private static Duration pause(Checkout.State state) {
    return state == Checkout.State.PROCESSING ? WHILE_PROCESSING : WHILE_OPEN;
  }

  /** The processor does not let us ask about a checkout; perhaps it will. */
  static Write askedInVain(Item read) {
    return again(read, WHILE_PROCESSING);
  }

  private static Write again(Item read, Duration wait) {
    return Write.update(read.firm(), read.key())
        .ifEquals("state", read.text("state"))
        .ifEquals(Index.DUE.partition(), read.text(Index.DUE.partition()))
        .due(DueQueue.CHECKOUTS, of(read).sessionId(), Time.now().plus(wait));
  }

  /** Whether a checkout waits to be ended: nothing else may take it out of that queue. */
  static boolean waitsForItsEnd(Item item) {
    return DueQueue.PUSHES.has(item);
  }

  /** The processor would not end a checkout: it is asked at once what became of it. */
  static Write toBeAsked(String firm, Checkout checkout) {
    return Write.update(firm, key(checkout.sessionId()))
        .ifEquals("state", checkout.state().word())
        .due(DueQueue.CHECKOUTS, checkout.sessionId(), Time.now());
  }

  /** Nothing more can be learned about a checkout. */
  static Write settled(String firm, Checkout checkout) {
    return Write.update(firm, key(checkout.sessionId()))
        .ifEquals("state", checkout.state().word())
        .notDue();
  }

  /** Queues an open checkout to be ended at the processor. */
  static Write toBeEnded(String firm, Checkout checkout) {
    return Write.update(firm, key(checkout.sessionId()))
        .ifEquals("state", Checkout.State.OPEN.word())
        .due(DueQueue.PUSHES, checkout.sessionId(), Time.now());
  }
}
