package dev.clockbill.invoice;

import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Write;
import java.util.Optional;

/** The item that names a customer's open draft: the one that stopped time is appended to. */
final class OpenDraft {
  private OpenDraft() {}

  /** Its key. */
  static String key(String customerId) {
    return "DRAFT#" + customerId;
  }

  /**
   * Whether a draft is the one that the item names.
   *
   * @param item as it was read; null where the customer has no open draft
   */
  static boolean is(Item item, Invoice draft) {
    return item != null && draft.invoiceId().equals(item.text("invoiceId"));
  }

  /** The customer's open draft, which is this one, is open no more. */
  static Write closed(String firm, Invoice draft) {
    return Write.delete(firm, key(draft.customer().customerId()))
        .ifEquals("invoiceId", draft.invoiceId());
  }

  /** The same, if it is the open one, which is read. */
  static Optional<Write> closed(Ledger ledger, String firm, Invoice draft) {
    return ledger
        .get(firm, key(draft.customer().customerId()))
        .filter(item -> is(item, draft))
        .map(item -> closed(firm, draft));
  }
}
