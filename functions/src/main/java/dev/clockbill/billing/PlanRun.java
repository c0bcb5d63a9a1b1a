package dev.clockbill.billing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.mail.FirmNotice;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeMoves;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Workflow: says what a billing run has to do next, from the run's own items, and closes it when
 * nothing is left. First it divides the run into parts: time of one customer for one invoice.
 */
public final class PlanRun implements RequestStreamHandler {
  /**
   * Into how many parts a run is divided; what is more waits for the next run. An execution has at
   * most 25,000 events in its history, an iteration of the Map without retries has seven of them;
   * and what a state passes on has at most 256 KiB (Step Functions' guide, "Service quotas").
   */
  static final int MOST_PARTS = 2_000;

  /** A transaction holds 100 items. */
  private static final int AT_ONCE = 100;

  private final Table table;
  private final UnbilledTime time;
  private final TimeMoves moves;

  /** Wired from the process's environment. */
  public PlanRun() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public PlanRun(Map<String, String> variables) {
    this.table = new Table(new Environment(variables));
    this.time = new UnbilledTime(table);
    this.moves = new TimeMoves(table);
  }

  /**
   * Takes {@code {"firmId", "runId"}} and answers {@code {"stage", "items"}}: {@code draft} with
   * the parts that are to be drafted, {@code send} with what is to be sent, or {@code over}.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::plan);
  }

  private Map<String, Object> plan(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String runId = Json.text(payload, "runId");
    return Retry.onConflict(() -> plan(firm, runId));
  }

  private Map<String, Object> plan(String firm, String runId) {
    return table
        .get(firm, BillingRunItem.key(runId))
        .map(BillingRunItem::of)
        .map(run -> plan(firm, run))
        .orElseGet(() -> work("over", List.of()));
  }

  private Map<String, Object> plan(String firm, BillingRun run) {
    return switch (run.state()) {
      case PREPARING -> prepared(firm, run.plan() == null ? divided(firm, run) : run);
      case SENDING -> sent(firm, run);
      case READY, DONE -> work("over", List.of());
    };
  }

  /** Keeps the parts, each with the ids of its time; an attempt that fails leaves none of use. */
  private BillingRun divided(String firm, BillingRun run) {
    UnbilledTime.Found found = moves.settled(firm, () -> time.upTo(firm, run.upTo()));
    Predicate<String> wanted = wanted(firm, run, found.byCustomer().keySet());
    String plan = Ids.next();
    List<RunPart> parts = new ArrayList<>();
    found
        .byCustomer()
        .forEach(
            (customerId, ids) -> {
              if (wanted.test(customerId)) {
                ids.stream()
                    .gather(Gatherers.windowFixed(Invoice.MOST_LINES))
                    .map(
                        some ->
                            new RunPart(
                                run.runId(), plan, parts.size() + 1L, customerId, some, false))
                    .forEach(parts::add);
              }
            });
    List<RunPart> kept = parts.subList(0, Math.min(MOST_PARTS, parts.size()));
    kept.stream()
        .map(part -> part.create(firm))
        .gather(Gatherers.windowFixed(AT_ONCE))
        .forEach(writes -> table.begin(firm).addAll(writes).commit());
    boolean complete = found.complete() && kept.size() == parts.size();
    table.write(BillingRunItem.planned(firm, run.runId(), plan, kept.size(), complete));
    return BillingRunBuilder.builder(run).plan(plan).build();
  }

  /** Whose time a run bills: chosen customers, those who are collected, or everybody. */
  private Predicate<String> wanted(String firm, BillingRun run, Set<String> customers) {
    if (run.chosen()) {
      return Set.copyOf(
              table
                  .get(firm, BillingRunItem.customersKey(run.runId()))
                  .orElseThrow()
                  .texts("customerIds"))
          ::contains;
    }
    if (!run.monthly()) {
      return customer -> true;
    }
    FirmSettings settings = FirmItem.read(table, firm);
    List<String> keys = customers.stream().map(CustomerItem::key).toList();
    return table.get(firm, keys).values().stream()
            .map(CustomerItem::of)
            .filter(customer -> customer.collects(settings))
            .map(Customer::customerId)
            .collect(Collectors.toSet())
        ::contains;
  }

  private Map<String, Object> prepared(String firm, BillingRun run) {
    List<Object> open =
        table.family(firm, RunPart.prefix(run.runId(), run.plan())).stream()
            .map(RunPart::of)
            .filter(part -> !part.done())
            .<Object>map(part -> Json.object("part", part.number()))
            .toList();
    if (!open.isEmpty()) {
      return work("draft", open);
    }
    List<RunDraft> drafts =
        table.family(firm, RunDraft.prefix(run.runId())).stream().map(RunDraft::of).toList();
    Map<String, Long> totals = new TreeMap<>();
    drafts.forEach(draft -> totals.merge(draft.currency(), draft.total(), Long::sum));
    UnitOfWork closing =
        table.begin(firm).add(BillingRunItem.prepared(firm, run, drafts.size(), totals));
    if (run.monthly() && !drafts.isEmpty()) {
      closing.add(FirmNotice.draftsReady(firm, run.runId(), drafts.size()));
    }
    closing.commit();
    return work("over", List.of());
  }

  private Map<String, Object> sent(String firm, BillingRun run) {
    Map<String, Long> wanted =
        run.wanted(
            n ->
                BillingRunItem.chosen(
                    table.get(firm, BillingRunItem.chosenKey(run.runId(), n)).orElseThrow()));
    Map<String, Long> handled = new HashMap<>();
    table.family(firm, RunDraft.prefix(run.runId())).stream()
        .map(RunDraft::of)
        .forEach(draft -> handled.put(draft.invoiceId(), draft.send()));
    List<Object> open = new ArrayList<>();
    wanted.forEach(
        (invoiceId, send) -> {
          if (handled.get(invoiceId) < send) {
            open.add(Json.object("invoiceId", invoiceId, "send", send));
          }
        });
    if (!open.isEmpty()) {
      return work("send", open);
    }
    table.write(BillingRunItem.handled(firm, run));
    return work("over", List.of());
  }

  private static Map<String, Object> work(String stage, List<Object> items) {
    return Json.object("stage", stage, "items", items);
  }
}
