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

  /** After how many drafts a page of runs ends. */
  private static final int MOST_LISTED = 500;

  private final Table table;
  private final IdempotencyKeys keys;
  private final RunStart start;
  private final RunWorkflow workflow;
  private final RunView view;
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
    this.view = new RunView(table);
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

  /** A page of runs; with their drafts it ends early where these are many. */
  private Response list(Request request) {
    String firm = request.caller().firm();
    boolean withDrafts = withDrafts(request);
    IndexQuery all = IndexQuery.of(Index.LISTED, BillingRunItem.listed(firm)).reversed();
    Page page = table.page(all, request.limit(), request.query("cursor").orElse(null));
    Map<String, Item> read = table.get(firm, page.items().stream().map(Item::key).toList());
    List<Map<String, Object>> shown = new ArrayList<>();
    String next = page.next();
    long drafts = 0;
    for (Item found : page.items()) {
      BillingRun run = BillingRunItem.of(read.get(found.key()));
      shown.add(withDrafts ? view.whole(firm, items(firm, run.runId())) : RunView.summary(run));
      drafts += withDrafts ? run.parts() : 0;
      if (drafts >= MOST_LISTED && !found.equals(page.items().getLast())) {
        next = table.cursor(all, found);
        break;
      }
    }
    return Response.json(200, Json.object("billingRuns", shown, "next", next));
  }

  private Response show(Request request) {
    String firm = request.caller().firm();
    boolean withDrafts = withDrafts(request);
    List<Item> items = items(firm, request.pathId("runId", "billing-run"));
    return Response.json(200, withDrafts ? view.whole(firm, items) : RunView.progressing(items));
  }

  /** Whether an answer has the drafts of runs; whoever only follows a run does without them. */
  private static boolean withDrafts(Request request) {
    return request.flag("drafts").orElse(true);
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
