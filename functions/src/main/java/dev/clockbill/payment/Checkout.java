package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;

/**
 * A checkout: a session at the processor that was opened for an invoice, as it stood then.
 *
 * @param version the invoice's
 * @param amount what it charges, minor units of the invoice's currency
 * @param account the firm's at the processor: events about it have to come from there
 * @param state {@code open}, {@code processing}, {@code paid}, {@code failed} or {@code expired}
 * @param url where the customer pays
 */
record Checkout(
    String sessionId,
    String invoiceId,
    long version,
    long amount,
    String account,
    String state,
    String url,
    Instant expiresAt) {
  static final String OPEN = "open";
  static final String EXPIRED = "expired";

  /** Nobody is led into a session that ends while they look for their card. */
  private static final Duration SPARE = Duration.ofMinutes(2);

  /** The key of a checkout's item. */
  static String key(String sessionId) {
    return "CHECKOUT#" + sessionId;
  }

  /** Reads a checkout's item. */
  static Checkout of(Item item) {
    return new Checkout(
        item.key().substring("CHECKOUT#".length()),
        item.text("invoiceId"),
        item.number("version"),
        item.number("amount"),
        item.text("account"),
        item.text("state"),
        item.text("url"),
        item.instant("endsAt"));
  }

  /** Keeps a new one. */
  Write kept(String firm) {
    return Write.put(
            firm,
            key(sessionId),
            Json.object(
                "invoiceId", invoiceId,
                "version", version,
                "amount", amount,
                "account", account,
                "state", state,
                "url", url,
                "endsAt", expiresAt))
        .ifAbsent();
  }

  /** Moves it to another state, in which nobody has to end it. */
  static Write moved(String firm, String sessionId, String state) {
    return Write.update(firm, key(sessionId)).set("state", state).notDue();
  }

  /** Whether the processor may still take a payment in it. */
  boolean open(Instant now) {
    return state.equals(OPEN) && expiresAt.isAfter(now);
  }

  /** Whether a customer who wants to pay an amount may be led there. */
  boolean serves(long due, Instant now) {
    return open(now.plus(SPARE)) && amount == due;
  }
}
