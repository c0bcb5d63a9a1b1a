package dev.clockbill.invoice;

import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Optional;

/** The item that names a customer's open draft: the one that stopped time is appended to. */
public final class OpenDraft {
  private OpenDraft() {}

  /** Its key. */
  public static String key(String customerId) {
    return "DRAFT#" + customerId;
  }

  /**
   * Whether a draft is the one that the item names.
   *
   * @param item as it was read; null where the customer has no open draft
   */
  public static boolean is(Item item, Invoice draft) {
    return item != null && draft.invoiceId().equals(item.text("invoiceId"));
  }

  /** The customer's open draft, which is this one, is open no more. */
  public static Write closed(String firm, Invoice draft) {
    return Write.delete(firm, key(draft.customer().customerId()))
        .ifEquals("invoiceId", draft.invoiceId());
  }

  /** The same, if it is the open one, which is read. */
  public static Optional<Write> closed(Table table, String firm, Invoice draft) {
    return table
        .get(firm, key(draft.customer().customerId()))
        .filter(item -> is(item, draft))
        .map(item -> closed(firm, draft));
  }
}
