package dev.clockbill.invoice;

import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Instant;

/**
 * One entry in the history of an invoice, for people to read.
 *
 * @param who a person's name, or {@link #CLOCKBILL} for what nobody did by hand
 * @param what a few words, such as {@code Draft created}
 */
public record HistoryEvent(Instant at, String who, String what) {
  /** Stands in place of a person's name. */
  public static final String CLOCKBILL = "Clockbill";

  private static final String MARK = "#EVENT#";

  /** An entry about what happens now. */
  public static HistoryEvent now(String who, String what) {
    return new HistoryEvent(Time.now(), who, what);
  }

  /** Notes what happens now; part of the transaction by which it happens. */
  public static Write now(String firm, String invoiceId, String who, String what) {
    return now(who, what).on(firm, invoiceId);
  }

  /**
   * Notes how the sending of a mail ended, at the time when it began: what the mail service's
   * events say of the mail may have been noted before.
   *
   * @param claim by which the mail was sent
   */
  public static Write of(Mail.Id id, QueuedMail.Claim claim, String what) {
    return new HistoryEvent(claim.at(), CLOCKBILL, what).on(id.firm(), id.about(), claim.claimId());
  }

  /** Adds it to an invoice's history. */
  public Write on(String firm, String invoiceId) {
    return on(firm, invoiceId, Ids.next());
  }

  private Write on(String firm, String invoiceId, String id) {
    return Write.put(
            firm,
            InvoiceItem.key(invoiceId) + MARK + id,
            Json.object("at", at, "who", who, "what", what))
        .ifAbsent();
  }

  /** Whether an item is an entry of a history. */
  static boolean is(Item item) {
    return item.key().contains(MARK);
  }

  /** Reads an entry's item. */
  static HistoryEvent of(Item item) {
    return new HistoryEvent(item.instant("at"), item.text("who"), item.text("what"));
  }
}
