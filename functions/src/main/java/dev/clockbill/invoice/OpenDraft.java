package dev.clockbill.invoice;

import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;

/** A customer's open draft: the one to which stopped time is appended. An item names its id. */
public final class OpenDraft {
  private static final String INVOICE_ID = "invoiceId";

  private OpenDraft() {}

  /** The key of a customer's item. */
  public static String key(String customerId) {
    return "DRAFT#" + customerId;
  }

  /**
   * The id of the open draft.
   *
   * @param item null where the customer has none
   * @return null where the customer has none
   */
  public static String id(Item item) {
    return item == null ? null : item.text(INVOICE_ID);
  }

  /**
   * Whether a draft is the open one.
   *
   * @param item null where the customer has none
   */
  public static boolean is(Item item, Invoice draft) {
    return draft.invoiceId().equals(id(item));
  }

  /**
   * Makes a draft the open one.
   *
   * @param idBefore the id of the open draft as it was read, or null
   */
  public static Write opened(String firm, Invoice draft, String idBefore) {
    return Write.upsert(firm, key(draft.customer().customerId()))
        .set(INVOICE_ID, draft.invoiceId())
        .ifEquals(INVOICE_ID, idBefore);
  }

  /** Closes the open draft: nothing is appended to it any more. */
  public static Write closed(String firm, Invoice draft) {
    return Write.delete(firm, key(draft.customer().customerId()))
        .ifEquals(INVOICE_ID, draft.invoiceId());
  }

  /** Closes a draft if it is the open one, which is read first. */
  public static void close(UnitOfWork work, Table table, Invoice draft) {
    table
        .get(work.firm(), key(draft.customer().customerId()))
        .filter(item -> is(item, draft))
        .ifPresent(item -> work.add(closed(work.firm(), draft)));
  }
}
