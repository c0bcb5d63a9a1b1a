package dev.clockbill.billing;

import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.stream.Stream;

/**
 * A draft that a run has made.
 *
 * @param total as it was made, minor units
 * @param version the draft's when it was made; another one tells that somebody has changed it
 * @param doubtful the time on it that was unconfirmed when it was made
 * @param overlapping the time on it that overlapped other time then
 * @param send the last request to send it that was handled; 0 for none
 * @param refusal why that was refused; null where it was not
 */
record RunDraft(
    String runId,
    String invoiceId,
    String customerId,
    long total,
    String currency,
    long version,
    List<String> doubtful,
    List<String> overlapping,
    long send,
    Refusal refusal) {
  private static final String DRAFT = "#DRAFT#";

  /**
   * Why Send refused a draft.
   *
   * @param word the problem's type
   * @param detail what to do about it
   */
  record Refusal(String word, String detail) {
    static Refusal of(Problem problem) {
      return new Refusal(problem.word(), problem.getMessage());
    }
  }

  /** What a run has made of a customer's time. */
  static RunDraft of(String runId, Invoice draft, List<String> doubtful, List<String> overlapping) {
    return new RunDraft(
        runId,
        draft.invoiceId(),
        draft.customer().customerId(),
        draft.total(),
        draft.currency(),
        draft.version(),
        doubtful,
        overlapping,
        0,
        null);
  }

  /** What the keys of all drafts of a run begin with. */
  static String prefix(String runId) {
    return BillingRunItem.key(runId) + DRAFT;
  }

  static String key(String runId, String invoiceId) {
    return prefix(runId) + invoiceId;
  }

  /** The time on it that has to be looked at: what was noted, or all of it if it was changed. */
  Stream<String> toCheck(Invoice now) {
    return now.version() == version
        ? Stream.concat(doubtful.stream(), overlapping.stream()).distinct()
        : now.timeEntryIds().stream();
  }

  /** Whether an item is a draft of a run. */
  static boolean is(Item item) {
    return item.key().contains(DRAFT);
  }

  /** Reads a draft's item. */
  static RunDraft of(Item item) {
    String[] key = item.key().split("#");
    return new RunDraft(
        key[1],
        key[3],
        item.text("customerId"),
        item.number("total"),
        item.text("currency"),
        item.number("version", 0),
        item.texts("doubtful"),
        item.texts("overlapping"),
        item.number("send", 0),
        item.has("refused") ? new Refusal(item.text("refused"), item.text("why")) : null);
  }

  /** Writes the item, in the transaction that makes the draft. */
  Write create(String firm) {
    return Write.put(
            firm,
            key(runId, invoiceId),
            Json.object(
                "customerId", customerId,
                "total", total,
                "currency", currency,
                "version", version,
                "doubtful", doubtful,
                "overlapping", overlapping))
        .ifAbsent();
  }

  /**
   * Notes how the n-th request to send it ended, unless that or a later one was noted.
   *
   * @param refused why it was not sent, or null
   */
  Write handled(String firm, long n, Refusal refused) {
    return Write.update(firm, key(runId, invoiceId))
        .set("send", n)
        .set("refused", refused == null ? null : refused.word())
        .set("why", refused == null ? null : refused.detail())
        .ifAbsentOrBelow("send", n);
  }
}
