package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.payment.UnmatchedMoney.Reason;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Unmatched money as the table keeps it. The item stays when nothing is left to be done about it,
 * only no longer listed: what is told of the money once more finds it there.
 */
final class UnmatchedItem {
  private static final String SETTLED = "settled";

  /** Why nothing is left to be done about it. */
  enum Settled {
    /** The processor told that all of it was given back. */
    GIVEN_BACK("givenBack"),
    /** An owner says so. */
    SAID("said");

    private final String word;

    Settled(String word) {
      this.word = word;
    }
  }

  private UnmatchedItem() {}

  /** The key of a payment's item. */
  static String key(String paymentId) {
    return "UNMATCHED#" + paymentId;
  }

  /** The partition of a firm's unmatched money, ordered by time. */
  static String listed(String firm) {
    return firm + "#UNMATCHED";
  }

  /** Keeps money, and lists it. */
  static Write kept(String firm, CheckoutEvent event, Reason reason, Optional<Invoice> invoice) {
    String at = Time.now().toString();
    return Write.put(
            firm,
            key(event.paymentId()),
            Json.object(
                "paymentId",
                event.paymentId(),
                "amount",
                minor(event),
                "currency",
                currency(event),
                "at",
                at,
                "reason",
                reason.word(),
                "account",
                event.account(),
                "invoiceId",
                invoice.map(Invoice::invoiceId).orElse(null),
                Index.LISTED.partition(),
                listed(firm),
                Index.LISTED.sort(),
                sort(at, event.paymentId())))
        .ifAbsent();
  }

  /** Keeps money that was given back before it was told of. */
  static Write keptGivenBack(
      String firm, CheckoutEvent event, Reason reason, Optional<Invoice> invoice) {
    return offTheList(kept(firm, event, reason, invoice), Settled.GIVEN_BACK);
  }

  /** Takes a payment off the list, if it is listed still. */
  static Write settled(Item read, Settled settled) {
    return offTheList(Write.update(read.firm(), read.key()).ifEquals(SETTLED, null), settled);
  }

  private static Write offTheList(Write write, Settled settled) {
    return write
        .set(SETTLED, settled.word)
        .remove(Index.LISTED.partition())
        .remove(Index.LISTED.sort());
  }

  /** Lists a payment again that was not given back after all. */
  static Write listedAgain(Item read) {
    return Write.update(read.firm(), read.key())
        .ifEquals(SETTLED, Settled.GIVEN_BACK.word)
        .remove(SETTLED)
        .set(Index.LISTED.partition(), listed(read.firm()))
        .set(Index.LISTED.sort(), sort(read.text("at"), read.text("paymentId")));
  }

  /** Takes a payment off the list that was booked after all. */
  static Write matched(String firm, String paymentId) {
    return Write.delete(firm, key(paymentId));
  }

  /** Whether something is to be done about it. */
  static boolean open(Item item) {
    return !item.has(SETTLED);
  }

  /** Whether it is off the list because it was given back. */
  static boolean givenBack(Item item) {
    return Settled.GIVEN_BACK.word.equals(item.text(SETTLED));
  }

  /** The amount as a firm's people read it. */
  static String amount(Item item, LocalTexts texts) {
    return texts.money(item.number("amount"), item.text("currency"));
  }

  /** The amount that an event reports, as a firm's people read it. */
  static String amount(CheckoutEvent event, LocalTexts texts) {
    return texts.money(minor(event), currency(event));
  }

  /** Whether all of it went back, as far as its charge tells. */
  static boolean allWentBack(Item item, ChargeLedger charge) {
    return allWentBack(item.number("amount"), item.text("currency"), charge);
  }

  /** The same of what an event reports. */
  static boolean allWentBack(CheckoutEvent event, ChargeLedger charge) {
    return allWentBack(minor(event), currency(event), charge);
  }

  private static boolean allWentBack(long amount, String currency, ChargeLedger charge) {
    long back = charge.wentBack(currency.toLowerCase(Locale.ROOT));
    return back > 0 && ProcessorUnits.minor(back, currency) >= amount;
  }

  /** As answers show it. */
  static Map<String, Object> shown(Item item) {
    return Json.object(
        "paymentId", item.text("paymentId"),
        "amount", item.number("amount"),
        "currency", item.text("currency"),
        "at", item.text("at"),
        "reason", Reason.of(item.text("reason")).text(),
        "invoiceId", item.text("invoiceId"));
  }

  private static long minor(CheckoutEvent event) {
    return ProcessorUnits.minor(event.amount(), currency(event));
  }

  private static String currency(CheckoutEvent event) {
    return event.currency().toUpperCase(Locale.ROOT);
  }

  private static String sort(String at, String paymentId) {
    return at + "#" + paymentId;
  }
}
