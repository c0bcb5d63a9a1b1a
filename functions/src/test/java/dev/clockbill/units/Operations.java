package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.local.table.Consumption.Use;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does in a firm what people do, each thing once, and says what it consumed. */
final class Operations {
  private static final String PDF = "show the invoice's PDF";

  private final Stack stack;
  private final Api api;
  private final TestFirm firm;
  private final Api owner;
  private final String customer;
  private final String service;
  private final Map<String, Map<String, String>> costs = new LinkedHashMap<>();
  private final Map<String, String> written = new LinkedHashMap<>();

  /** In a firm that has so many entries already, and so many invoices and customers. */
  Operations(Stack stack, int entries, int others) throws Exception {
    this.stack = stack;
    this.api = Api.at(stack.base());
    this.firm = TestFirm.at(stack.base());
    this.owner = firm.owner();
    this.customer = firm.customer("Ada Lovelace");
    this.service = firm.service("Tax Resolution", 25_000);
    String entry = firm.stop(firm.start(customer, service)).path("timeEntryId").asText();
    String invoice = invoiceOf(entry);
    owner.post("/invoices/" + invoice + "/send", "{}").expect(202);
    stack.clock().settle();
    try (History history = new History(stack)) {
      history.copy(firm.firmId(), "TIME#" + entry, 0, entries, History::earlier);
      history.copy(firm.firmId(), "INVOICE#" + invoice, 0, others, History::another);
      history.copy(firm.firmId(), "INVOICE#" + invoice, others, others, History::paid);
      history.copy(firm.firmId(), "CUSTOMER#" + customer, 0, others, History::another);
    }
  }

  /**
   * Does them.
   *
   * @return by what was done, the units of each function that did something for it, such as {@code
   *     3 read, 2 write}
   */
  Map<String, Map<String, String>> all() {
    timers();
    lists();
    corrections();
    sendAndPay();
    mailEvents();
    schedules();
    appending();
    billing();
    automatic();
    clientPage();
    return costs;
  }

  private String work(Object... more) {
    return Api.json("customerId", customer, "serviceId", service, more[0], more[1]);
  }

  private void timers() {
    String timer =
        cost("start", () -> owner.post("/timers", work("note", "Call"))).path("timerId").asText();
    cost("show what runs", () -> owner.get("/timers/running"));
    cost("note on a timer", () -> owner.patch("/timers/" + timer, "{\"note\":\"Letter\"}"));
    cost("stop", () -> owner.post("/timers/" + timer + "/stop"));
    Api keyed = firm.staff().with("idempotency-key", "once");
    String other =
        cost("start with a key", () -> keyed.post("/timers", work("note", "Call")))
            .path("timerId")
            .asText();
    cost("discard", () -> firm.staff().delete("/timers/" + other));
  }

  private void lists() {
    for (String list :
        List.of(
            "/time-entries?limit=5",
            "/time-entries?limit=5&customerId=",
            "/time-entries?limit=5&state=billed",
            "/time-entries?limit=5&state=billed&customerId=",
            "/invoices?limit=5",
            "/invoices?limit=5&state=sent",
            "/invoices?limit=5&state=paid",
            "/invoices?limit=5&state=overdue",
            "/invoices?limit=5&customerId=",
            "/customers?limit=5",
            "/customers?limit=5&active=true",
            "/firm",
            "/me",
            "/staff",
            "/services",
            "/timers",
            "/payments/unmatched")) {
      cost("GET " + list, () -> owner.get(named(list)));
    }
  }

  private String named(String path) {
    return path.endsWith("=") ? path + customer : path;
  }

  private void corrections() {
    String entry = newestEntry();
    String path = "/time-entries/" + entry;
    cost("read time", () -> owner.get(path));
    cost("note on time", () -> owner.patch(path, "{\"note\":\"Call\"}"));
    cost("rate of time", () -> owner.patch(path, "{\"hourlyRate\":60000}"));
    String invoice = "/invoices/" + invoiceOf(entry);
    cost("read a draft", () -> owner.get(invoice));
    cost(
        "edit a draft",
        () -> owner.ifMatch(version(invoice)).patch(invoice, "{\"note\":\"Thank you\"}"));
  }

  private void sendAndPay() {
    String invoice = "/invoices/" + invoiceOf(newestEntry());
    cost("send", () -> owner.post(invoice + "/send"));
    String lost = "timer-" + newestEntry();
    cost(
        "continue an unpaid invoice",
        () -> api.post("/_local/executions/" + lost + "/abort", "{}"));
    String payUrl = owner.get(invoice).expect(200).path("payUrl").asText();
    cost("show the pay page", () -> api.get(payUrl));
    cost(PDF, () -> api.get(payUrl + "/invoice.pdf"));
    cost("open a checkout", () -> api.post(payUrl + "/checkout"));
    String checkout = api.post(payUrl + "/checkout").header("location").orElseThrow();
    cost("pay", () -> api.post(checkout, Api.json("outcome", "paid")));
  }

  private void mailEvents() {
    UnitsTest.holdBackMailEvents(api, 0);
    cost("report a receipt as delayed", () -> delay("receipt"));
    cost("report an invoice as delayed", () -> delay("invoice"));
    cost("report it once more", () -> delay("invoice"));
    UnitsTest.holdBackMailEvents(api, UnitsTest.HELD_BACK);
  }

  /** Has the latest mail of a kind reported as delayed. */
  private Api.Answer delay(String kind) {
    for (JsonNode mail : api.get("/_local/mails").expect(200).path("mails")) {
      if (mail.path("tags").path("kind").asText().equals(kind)) {
        return api.post("/_local/mails/" + mail.path("id").asText() + "/delay", "{}");
      }
    }
    throw new AssertionError("there is no mail of the kind " + kind);
  }

  private void schedules() {
    for (String schedule : List.of("RemindRunningTimers", "ResumeWorkflow")) {
      cost(schedule + ", nothing due", () -> run(schedule));
    }
    Instant now = Instant.parse(owner.get("/timers/running").json().path("serverTime").asText());
    String longAgo = now.minus(Duration.ofHours(4)).toString();
    owner.post("/timers", work("startedAt", longAgo)).expect(201);
    cost("RemindRunningTimers, a timer due", () -> run("RemindRunningTimers"));
    cost("ReconcilePayments, an account to ask", () -> run("ReconcilePayments"));
  }

  /** Time of a customer whose draft is open already. */
  private void appending() {
    String running = owner.get("/timers/running").expect(200).at("/timer/timerId").asText();
    owner.post("/timers/" + running + "/stop").expect(200);
    stack.clock().settle();
    owner.patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    stopAnother("stop, opening a draft");
    stopAnother("stop, joining a draft");
  }

  private void stopAnother(String what) {
    String timer = owner.post("/timers", work("note", "Call")).expect(201).path("timerId").asText();
    cost(what, () -> owner.post("/timers/" + timer + "/stop"));
  }

  /** Collected time of one customer: what a billing run costs for each of them. */
  private void billing() {
    owner.patch("/firm", "{\"invoicing\":{\"onStop\":\"collect\"}}").expect(200);
    stopAnother("stop, collected");
    String today = owner.get("/billing-runs/unbilled").expect(200).path("upTo").asText();
    cost("say what is unbilled", () -> owner.get("/billing-runs/unbilled"));
    String run =
        cost("bill one customer", () -> owner.post("/billing-runs", Api.json("upTo", today)))
            .path("runId")
            .asText();
    cost("read the run", () -> owner.get("/billing-runs/" + run));
    cost("list the runs", () -> owner.get("/billing-runs"));
    Instant now = Instant.parse(owner.get("/timers/running").json().path("serverTime").asText());
    Instant longAgo = now.minus(Duration.ofDays(10));
    String hours =
        Api.json(
            "customerId",
            customer,
            "serviceId",
            service,
            "startedAt",
            longAgo.toString(),
            "stoppedAt",
            longAgo.plusSeconds(3_600).toString());
    owner.post("/time-entries", hours).expect(201);
    int day = now.minus(Duration.ofDays(3)).atZone(ZoneOffset.UTC).getDayOfMonth();
    owner.patch("/firm", Api.json("invoicing", Map.of("billingDay", day))).expect(200);
    try (History history = new History(stack)) {
      history.monthIsOver(firm.firmId());
    }
    cost("begin a firm's month, of one customer", () -> run("ResumeWorkflow"));
    String month = owner.get("/billing-runs").expect(200).at("/billingRuns/0/runId").asText();
    List<String> drafts =
        owner
            .get("/billing-runs/" + month)
            .expect(200)
            .path("drafts")
            .findValuesAsText("invoiceId");
    cost(
        "send a run's draft",
        () -> owner.post("/billing-runs/" + month + "/send", Api.json("invoiceIds", drafts)));
    owner.patch("/firm", "{\"invoicing\":{\"onStop\":\"newDraft\"}}").expect(200);
  }

  /** What is stopped is sent at once. */
  private void automatic() {
    owner.patch("/firm", "{\"invoicing\":{\"sendAutomatically\":true}}").expect(200);
    stopAnother("stop, sent automatically");
    owner.patch("/firm", "{\"invoicing\":{\"sendAutomatically\":false}}").expect(200);
  }

  /** Of a customer with one open invoice, whatever is open of others. */
  private void clientPage() {
    String other = firm.customer("Grace Hopper");
    String invoice = firm.draft(other, 5_000);
    owner.post("/invoices/" + invoice + "/send", "{}").expect(202);
    stack.clock().settle();
    String url =
        owner.post("/customers/" + other + "/client-link").expect(201).path("url").asText();
    cost("show the customer", () -> owner.get("/customers/" + other));
    cost("show the client page", () -> api.get(url));
  }

  private Api.Answer run(String schedule) {
    return api.post("/_local/schedules/" + schedule, "{}");
  }

  private String newestEntry() {
    return owner
        .get("/time-entries?limit=1")
        .expect(200)
        .path("timeEntries")
        .path(0)
        .path("timeEntryId")
        .asText();
  }

  private String invoiceOf(String entry) {
    stack.clock().settle();
    return owner.get("/time-entries/" + entry).expect(200).path("invoiceId").asText();
  }

  private long version(String invoice) {
    return owner.get(invoice).expect(200).path("version").asLong();
  }

  private JsonNode cost(String what, Supplier<Api.Answer> operation) {
    stack.consumption().begin();
    Api.Answer answer = operation.get();
    stack.clock().settle();
    List<Use> uses = stack.consumption().end();
    assertThat(answer.status()).as(answer.toString()).isLessThan(400);
    Map<String, List<Use>> byFunction =
        uses.stream()
            .collect(Collectors.groupingBy(Use::function, LinkedHashMap::new, Collectors.toList()));
    Map<String, String> told = new LinkedHashMap<>();
    byFunction.forEach(
        (function, its) ->
            told.put(
                function,
                (what.equals(PDF) ? atMost(sum(its, use -> !use.writes())) : reads(its))
                    + " read, "
                    + writes(function, its)
                    + " write"));
    costs.put(what, told);
    written.put(what, byIndex(uses));
    return answer.body().startsWith("{") ? answer.json() : null;
  }

  /** What the operations wrote, by index; the rest of what they wrote is the table's own. */
  Map<String, String> written() {
    return written;
  }

  private static String byIndex(List<Use> uses) {
    Map<String, BigDecimal> units = new TreeMap<>();
    uses.stream()
        .filter(Use::writes)
        .forEach(
            use ->
                use.ofIndexes().forEach((index, its) -> units.merge(index, its, BigDecimal::add)));
    return units.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue().stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(", "));
  }

  private static String reads(List<Use> uses) {
    return sum(uses, use -> !use.writes()).toPlainString();
  }

  /** The PDF that is kept with a mail is a little larger or smaller each time. */
  private static String writes(String function, List<Use> uses) {
    BigDecimal sum = sum(uses, Use::writes);
    return function.equals("MailInvoice") ? atMost(sum) : sum.toPlainString();
  }

  private static String atMost(BigDecimal sum) {
    return "at most " + sum.setScale(-1, RoundingMode.UP).toPlainString();
  }

  private static BigDecimal sum(List<Use> uses, Predicate<Use> which) {
    return uses.stream()
        .filter(which)
        .map(Use::units)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }
}
