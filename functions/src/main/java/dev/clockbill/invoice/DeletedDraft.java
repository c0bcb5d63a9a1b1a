package dev.clockbill.invoice;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;

/**
 * What is left of a deleted draft while a step of the workflow still waits for it: the step's
 * token, in the due queue, until the step was told that the draft is gone.
 */
public final class DeletedDraft {
  private static final String PREFIX = "DELETED#";
  private static final String TOKEN = "token";

  private DeletedDraft() {}

  /** Whether a key is that of a deleted draft. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /** The id of the draft that had this key. */
  public static String id(String key) {
    return key.substring(PREFIX.length());
  }

  static String key(String invoiceId) {
    return PREFIX + invoiceId;
  }

  /** The token of the step that waits. */
  static String token(Item item) {
    return item.text(TOKEN);
  }

  /** Keeps the token of the step that waits; part of the transaction that deletes the draft. */
  static Write waitedFor(String firm, Invoice draft) {
    return Write.put(firm, key(draft.invoiceId()), Json.object(TOKEN, draft.token()))
        .due(DueQueue.PUSHES, draft.invoiceId(), Time.now().plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /** Nobody waits for the draft any more. */
  static Write forgotten(String firm, String invoiceId) {
    return Write.delete(firm, key(invoiceId));
  }
}
