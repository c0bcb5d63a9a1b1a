package dev.clockbill.firm;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a customer's client page and statements, beside the customer: the link's secret,
 * which only people of the firm and the customer's mails show, and how the latest statement went.
 * It is made with the first link or statement.
 *
 * @param token the secret part of the client link; null where there is none, or it was revoked
 * @param statements how many statements were asked for, which is the number of the latest
 * @param sentTo to whom the latest went, or null
 * @param sentAt when it was asked for, or null
 * @param delivery how it is going, in the word of an invoice's delivery
 * @param revision counts the changes of the link and the statements asked for
 */
public record ClientItem(
    String customerId,
    String token,
    long statements,
    String sentTo,
    Instant sentAt,
    String delivery,
    long revision) {
  private static final String PREFIX = "CLIENT#";
  private static final String REVISION = "revision";
  private static final String TOKEN = "token";

  /** The key of a customer's. */
  public static String key(String customerId) {
    return PREFIX + customerId;
  }

  /** Of a customer who has neither a link nor a statement. */
  private static ClientItem none(String customerId) {
    return new ClientItem(customerId, null, 0, null, null, "none", 0);
  }

  /** Reads one. */
  public static ClientItem of(Item item) {
    return new ClientItem(
        item.key().substring(PREFIX.length()),
        item.text(TOKEN),
        item.number("statements", 0),
        item.text("sentTo"),
        item.instant("sentAt"),
        item.has("delivery") ? item.text("delivery") : "none",
        item.number(REVISION));
  }

  /** Reads a customer's, which may not be there. */
  public static ClientItem of(String customerId, Optional<Item> item) {
    return item.map(ClientItem::of).orElse(none(customerId));
  }

  /** Whether a statement is the latest one. */
  public boolean latest(long n) {
    return statements == n;
  }

  /**
   * The same with a link: the one there is, or a new one, which is added to a unit of work together
   * with what else changes of the item.
   *
   * @param changed further attributes
   */
  private ClientItem changed(UnitOfWork work, Map<String, Object> changed) {
    String linked = token == null ? Ids.secret() : token;
    if (token == null) {
      work.add(Pointer.clientLink(linked).toCustomer(work.firm(), customerId));
    }
    work.add(change(work.firm()).set(TOKEN, linked).setAll(changed));
    return new ClientItem(customerId, linked, statements, sentTo, sentAt, delivery, revision + 1);
  }

  /** The same with a link; nothing is added where there is one. */
  public ClientItem linked(UnitOfWork work) {
    return token == null ? changed(work, Map.of()) : this;
  }

  /** The same with a link, where another statement is asked for. */
  public ClientItem mailing(UnitOfWork work, String to) {
    Instant now = Time.now();
    ClientItem changed =
        changed(
            work,
            Json.object(
                "statements", statements + 1, "sentTo", to, "sentAt", now, "delivery", "queued"));
    return new ClientItem(
        customerId, changed.token, statements + 1, to, now, "queued", changed.revision);
  }

  /** Revokes the link: it leads nowhere any more. */
  public void revoked(UnitOfWork work) {
    work.add(Pointer.clientLink(token).gone()).add(change(work.firm()).remove(TOKEN));
  }

  private Write change(String firm) {
    return Write.upsert(firm, key(customerId))
        .set(REVISION, revision + 1)
        .ifEquals(REVISION, revision == 0 ? null : revision);
  }

  /** Notes how the latest statement is going, if it is still the latest. */
  public Write delivered(String firm, String status) {
    return Write.update(firm, key(customerId))
        .set("delivery", status)
        .ifEquals("statements", statements)
        .ifEquals("delivery", delivery);
  }
}
