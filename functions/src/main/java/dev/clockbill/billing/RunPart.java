package dev.clockbill.billing;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;

/**
 * A part of a run: time of one customer that fits onto one invoice.
 *
 * @param number counts from 1
 * @param timeEntryIds what was found unbilled when the run was divided; empty once it is done
 * @param done whether nothing is left to be drafted of it
 */
record RunPart(
    String runId,
    String plan,
    long number,
    String customerId,
    List<String> timeEntryIds,
    boolean done) {
  private static final String PART = "#PART#";

  /** What the keys of all parts of a run begin with, as one attempt divided it. */
  static String prefix(String runId, String plan) {
    return BillingRunItem.key(runId) + PART + plan + "#";
  }

  static String key(String runId, String plan, long number) {
    return prefix(runId, plan) + BillingRunItem.numbered(number);
  }

  /** Whether an item is a part of a run, as the attempt that counts divided it. */
  static boolean is(Item item, BillingRun run) {
    return run.plan() != null && item.key().startsWith(prefix(run.runId(), run.plan()));
  }

  /** Reads a part's item. */
  static RunPart of(Item item) {
    String[] key = item.key().split("#");
    return new RunPart(
        key[1],
        key[3],
        Long.parseLong(key[4]),
        item.text("customerId"),
        item.texts("timeEntryIds"),
        item.bool("done"));
  }

  /** Writes a part of an attempt that has this plan for itself. */
  Write create(String firm) {
    return Write.put(
            firm,
            key(runId, plan, number),
            Json.object("customerId", customerId, "timeEntryIds", timeEntryIds, "done", false))
        .ifAbsent();
  }

  /**
   * Makes a transaction depend on that nobody else has gone on with the part.
   *
   * @param left what is to be drafted of it after this; nothing is the end of it
   */
  Write drafted(String firm, List<String> left) {
    return Write.update(firm, key(runId, plan, number))
        .set("timeEntryIds", left)
        .set("done", left.isEmpty())
        .ifEquals("done", false)
        .ifEquals("timeEntryIds", timeEntryIds);
  }
}
