package dev.clockbill.billing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Billing runs: says what is unbilled, begins runs, shows them, and has them send what a person has
 * looked at.
 */
public final class BillingRuns implements RequestStreamHandler {
  /** How many customers or drafts one request names: as many as a run has parts. */
  private static final int MOST_NAMED = PlanRun.MOST_PARTS;

  /** How many drafts a page of runs has, unless the first run alone has more. */
  private static final int MOST_LISTED = 500;

  private final Table table;
  private final IdempotencyKeys keys;
  private final RunStart start;
  private final RunWorkflow workflow;
  private final UnbilledList unbilled;

  /** Wired from the process's environment. */
  public BillingRuns() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public BillingRuns(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.keys = new IdempotencyKeys(table);
    this.workflow = new RunWorkflow(table, environment);
    this.start = new RunStart(workflow);
    this.unbilled = new UnbilledList(table);
  }

  /** Answers the routes under {@code /billing-runs}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Permissions.serve(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /billing-runs" -> list(request);
      case "POST /billing-runs" -> begin(request);
      case "GET /billing-runs/unbilled" -> unbilled.answer(request);
      case "GET /billing-runs/{runId}" -> show(request);
      case "POST /billing-runs/{runId}/send" -> send(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response begin(Request request) {
    Fields fields = request.fields();
    var upTo = fields.requiredDate("upTo");
    List<String> customerIds = ids(fields, "customerIds", false);
    fields.check();
    String firm = request.caller().firm();
    return keys.create(
        request,
        () -> {
          mustExist(firm, customerIds);
          UnitOfWork work = table.begin(firm);
          String runId = start.byPerson(work, upTo, customerIds, request.caller().name());
          return new Creation(work, accepted(runId));
        });
  }

  private void mustExist(String firm, List<String> customerIds) {
    List<String> wanted = customerIds.stream().map(CustomerItem::key).toList();
    if (table.get(firm, wanted).size() < wanted.size()) {
      throw Problem.notFound("customer");
    }
  }

  private Response list(Request request) {
    String firm = request.caller().firm();
    IndexQuery all = IndexQuery.of(Index.LISTED, BillingRunItem.listed(firm)).reversed();
    Page page = table.page(all, request.limit(), request.query("cursor").orElse(null));
    Map<String, Item> read = table.get(firm, page.items().stream().map(Item::key).toList());
    List<BillingRun> runs =
        page.items().stream().map(Item::key).map(read::get).map(BillingRunItem::of).toList();
    return withDrafts(request)
        ? listed(wholeRuns(firm, runs), page, all)
        : listed(runs.stream().map(RunView::summary).toList(), page, all);
  }

  /** The first runs with their drafts, as many as one answer takes. */
  private List<Map<String, Object>> wholeRuns(String firm, List<BillingRun> runs) {
    RunView view = RunView.of(table, firm);
    List<Map<String, Object>> whole = new ArrayList<>();
    long drafts = 0;
    for (BillingRun run : runs) {
      drafts += run.parts();
      if (!whole.isEmpty() && drafts > MOST_LISTED) {
        break;
      }
      whole.add(view.whole(items(firm, run.runId())));
    }
    return whole;
  }

  /** Answers the first runs of a page, or all of them. */
  private Response listed(List<Map<String, Object>> runs, Page page, IndexQuery all) {
    String next =
        runs.size() == page.items().size()
            ? page.next()
            : table.cursor(all, page.items().get(runs.size() - 1));
    return Response.json(200, Json.object("billingRuns", runs, "next", next));
  }

  private Response show(Request request) {
    String firm = request.caller().firm();
    String runId = request.pathId("runId", "billing-run");
    return Response.json(
        200,
        withDrafts(request)
            ? RunView.of(table, firm).whole(items(firm, runId))
            : RunView.progressing(table, firm, run(firm, runId)));
  }

  /** Whether an answer has the drafts of runs; whoever only follows a run does without them. */
  private static boolean withDrafts(Request request) {
    return request.flag("drafts").orElse(true);
  }

  private BillingRun run(String firm, String runId) {
    return table
        .get(firm, BillingRunItem.key(runId))
        .map(BillingRunItem::of)
        .orElseThrow(() -> Problem.notFound("billing-run"));
  }

  /** Everything of a run, its own item first. */
  private List<Item> items(String firm, String runId) {
    List<Item> items = table.family(firm, BillingRunItem.key(runId));
    if (items.isEmpty()) {
      throw Problem.notFound("billing-run");
    }
    return items;
  }

  private Response send(Request request) {
    String runId = request.pathId("runId", "billing-run");
    Fields fields = request.fields();
    List<String> invoiceIds = ids(fields, "invoiceIds", true);
    fields.check();
    return Retry.onConflict(() -> send(request, runId, invoiceIds));
  }

  private Response send(Request request, String runId, List<String> invoiceIds) {
    String firm = request.caller().firm();
    List<Item> items = items(firm, runId);
    BillingRun run = BillingRunItem.of(items.getFirst());
    if (run.state() == BillingRun.State.PREPARING) {
      throw Problem.of(
          409,
          "billing-run-preparing",
          "The drafts of this run are still being made. Look at them when they are ready, then"
              + " send them.");
    }
    Set<String> drafts =
        items.stream()
            .filter(RunDraft::is)
            .map(item -> RunDraft.of(item).invoiceId())
            .collect(Collectors.toSet());
    if (!drafts.containsAll(invoiceIds)) {
      throw Problem.notFound("invoice");
    }
    long n = run.sends() + 1;
    // Where an execution is sending already, it finds these before it ends.
    String execution =
        run.state().underWay() ? run.execution() : RunWorkflow.execution(runId, run.restarts() + 1);
    UnitOfWork work =
        table
            .begin(firm)
            .add(BillingRunItem.asked(firm, run, execution))
            .add(BillingRunItem.send(firm, runId, n, request.caller().name()))
            .add(BillingRunItem.chosen(firm, runId, n, invoiceIds));
    if (!execution.equals(run.execution())) {
      workflow.startAfter(work, runId, execution);
    }
    work.commit();
    return accepted(runId);
  }

  private static Response accepted(String runId) {
    return Response.json(202, Json.object("runId", runId));
  }

  /** A list of ids, each named once; absent is empty where it may be. */
  private static List<String> ids(Fields fields, String name, boolean required) {
    List<Object> sent = fields.list(name, MOST_NAMED).orElse(List.of());
    List<String> ids = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (int at = 0; at < sent.size(); at++) {
      if (sent.get(at) instanceof String id && named.add(id)) {
        ids.add(id);
      } else {
        fields.refuse(name + "[" + at + "]", "This has to be an id, named once.");
      }
    }
    boolean empty = fields.has(name) && !fields.isNull(name) && sent.isEmpty();
    if (empty || (required && sent.isEmpty())) {
      fields.refuse(name, "Name at least one.");
    }
    if (!ids.stream().allMatch(Ids::looksLikeOne)) {
      throw Problem.notFound(name.equals("invoiceIds") ? "invoice" : "customer");
    }
    return ids;
  }
}
