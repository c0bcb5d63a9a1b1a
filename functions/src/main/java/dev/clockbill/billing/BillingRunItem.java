package dev.clockbill.billing;

import dev.clockbill.billing.BillingRun.State;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A billing run as the table keeps it. The run's own item is small, since it changes often: whom it
 * is for, and what it is asked to send, are items of their own that are written once.
 */
public final class BillingRunItem {
  private static final String PREFIX = "RUN#";
  private static final String CUSTOMERS = "#CUSTOMERS";
  private static final String SEND = "#SEND#";
  private static final String CHOSEN = "#CHOSEN#";

  private BillingRunItem() {}

  /** The key of a run's item; those of everything that belongs to the run begin with it. */
  public static String key(String runId) {
    return PREFIX + runId;
  }

  /** Whether a key is that of a run. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX) && key.indexOf('#', PREFIX.length()) < 0;
  }

  /** The id of the run with this key. */
  public static String id(String key) {
    return key.substring(PREFIX.length());
  }

  /** The partition of {@code Listed} that holds a firm's runs, oldest first. */
  static String listed(String firm) {
    return firm + "#RUN";
  }

  /** Reads a run's item. */
  static BillingRun of(Item item) {
    return BillingRunBuilder.builder()
        .runId(id(item.key()))
        .state(State.of(item.text("state")))
        .upTo(item.date("upTo"))
        .who(item.text("who"))
        .askedAt(item.instant("askedAt"))
        .monthly(item.bool("monthly"))
        .chosen(item.bool("chosen"))
        .plan(item.text("plan"))
        .parts(item.number("parts", 0))
        .complete(!item.has("complete") || item.bool("complete"))
        .drafts(item.number("drafts", 0))
        .totals(totals(item.object("totals")))
        .sends(item.number("sends", 0))
        .handled(item.number("handled", 0))
        .execution(item.text("execution"))
        .restarts(item.number("restarts", 0))
        .build();
  }

  private static Map<String, Long> totals(Item item) {
    Map<String, Long> totals = new TreeMap<>();
    item.attributes().keySet().forEach(currency -> totals.put(currency, item.number(currency)));
    return totals;
  }

  /** Writes a new run, which waits in the due queue until it is ready. */
  static Write create(String firm, BillingRun run) {
    return underWay(
        Write.put(
                firm,
                key(run.runId()),
                Json.object(
                    "upTo",
                    run.upTo(),
                    "who",
                    run.who(),
                    "askedAt",
                    run.askedAt(),
                    "monthly",
                    run.monthly(),
                    "chosen",
                    run.chosen(),
                    "execution",
                    run.execution(),
                    "restarts",
                    run.restarts(),
                    Index.LISTED.partition(),
                    listed(firm),
                    Index.LISTED.sort(),
                    run.runId()))
            .ifAbsent(),
        run.runId(),
        State.PREPARING);
  }

  /** Keeps for whom a run is. */
  static Write customers(String firm, String runId, List<String> customerIds) {
    return Write.put(firm, customersKey(runId), Json.object("customerIds", customerIds)).ifAbsent();
  }

  static String customersKey(String runId) {
    return key(runId) + CUSTOMERS;
  }

  /** Notes that a run was divided into parts, unless another attempt was quicker. */
  static Write planned(String firm, String runId, String plan, int parts, boolean complete) {
    return Write.update(firm, key(runId))
        .set("plan", plan)
        .set("parts", parts)
        .set("complete", complete)
        .ifEquals("plan", null);
  }

  /** Its drafts are made: they wait for a person, or there are none. */
  static Write prepared(String firm, BillingRun run, long drafts, Map<String, Long> totals) {
    return Write.update(firm, key(run.runId()))
        .set("state", (drafts == 0 ? State.DONE : State.READY).word())
        .set("drafts", drafts)
        .set("totals", totals)
        .notDue()
        .ifEquals("state", State.PREPARING.word());
  }

  /**
   * Asks a run to send drafts; part of the transaction that keeps which.
   *
   * @param execution the execution that is going to do it, if another one has to be started
   */
  static Write asked(String firm, BillingRun run, String execution) {
    Write write =
        Write.update(firm, key(run.runId()))
            .set("sends", run.sends() + 1)
            .ifEquals("state", run.state().word())
            .ifEquals("sends", run.sends() == 0 ? null : run.sends())
            .ifEquals("restarts", run.restarts());
    if (!execution.equals(run.execution())) {
      write.set("restarts", run.restarts() + 1).set("execution", execution);
    }
    return underWay(write, run.runId(), State.SENDING);
  }

  /** Everything that it was asked to send was handled, if it was not asked for more meanwhile. */
  static Write handled(String firm, BillingRun run) {
    return Write.update(firm, key(run.runId()))
        .set("state", State.DONE.word())
        .set("handled", run.sends())
        .notDue()
        .ifEquals("state", State.SENDING.word())
        .ifEquals("sends", run.sends());
  }

  /** Counts another execution, so that two that are started at once are one. */
  static Write restarted(String firm, BillingRun run, String execution) {
    return Write.update(firm, key(run.runId()))
        .set("restarts", run.restarts() + 1)
        .set("execution", execution)
        .ifEquals("restarts", run.restarts());
  }

  private static Write underWay(Write write, String runId, State state) {
    return write
        .set("state", state.word())
        .due(DueQueue.PUSHES, runId, Time.now().plus(DueQueue.PATIENCE));
  }

  /** Keeps who asked for the n-th time that drafts are sent. */
  static Write send(String firm, String runId, long n, String who) {
    return Write.put(firm, sendKey(runId, n), Json.object("who", who)).ifAbsent();
  }

  static String sendKey(String runId, long n) {
    return key(runId) + SEND + numbered(n);
  }

  /** Keeps which drafts are to be sent, the n-th time. */
  static Write chosen(String firm, String runId, long n, List<String> invoiceIds) {
    return Write.put(firm, chosenKey(runId, n), Json.object("invoiceIds", invoiceIds)).ifAbsent();
  }

  /** Which drafts are to be sent, by the item that keeps it. */
  static List<String> chosen(Item item) {
    return item.texts("invoiceIds");
  }

  static String chosenKey(String runId, long n) {
    return key(runId) + CHOSEN + numbered(n);
  }

  /** Sorts as its number does. */
  static String numbered(long n) {
    return "%06d".formatted(n);
  }
}
