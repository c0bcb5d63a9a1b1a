package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.table.Consumption.Use;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does in a firm what people do, each thing once, and says what it consumed. */
final class Operations {
  private final Stack stack;
  private final Api api;
  private final TestFirm firm;
  private final Api owner;
  private final String customer;
  private final String service;
  private final Map<String, Map<String, String>> costs = new LinkedHashMap<>();

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
      history.copy(firm.firmId(), "TIME#" + entry, entries, History::earlier);
      history.copy(firm.firmId(), "INVOICE#" + invoice, others, History::another);
      history.copy(firm.firmId(), "CUSTOMER#" + customer, others, History::another);
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
            "/time-entries?limit=5&state=billed&customerId=",
            "/invoices?limit=5",
            "/invoices?limit=5&state=sent",
            "/invoices?limit=5&customerId=",
            "/customers?limit=5")) {
      cost("GET " + list, () -> owner.get(list.endsWith("=") ? list + customer : list));
    }
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
    String invoiceId = invoiceOf(newestEntry());
    String invoice = "/invoices/" + invoiceId;
    cost("send", () -> owner.post(invoice + "/send"));
    cost("look at what is unpaid", () -> look(invoiceId));
    String payUrl = owner.get(invoice).expect(200).path("payUrl").asText();
    cost("show the pay page", () -> api.get(payUrl));
    String checkout = api.post(payUrl + "/checkout").header("location").orElseThrow();
    cost("pay", () -> api.post(checkout, Api.json("outcome", "paid")));
  }

  /** As the workflow does when it has waited for a week. */
  private Api.Answer look(String invoiceId) {
    try {
      stack.invoke(
          "RemindCustomer",
          Api.json("firmId", firm.firmId(), "invoiceId", invoiceId, "asked", false, "reminder", 0));
    } catch (FunctionFailed failed) {
      throw new AssertionError(failed);
    }
    return api.post("/_local/clock", "{}");
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
  }

  /** Of a customer with one open invoice, whatever is open of others. */
  private void clientPage() {
    String other = firm.customer("Grace Hopper");
    String invoice = firm.draft(other, 5_000);
    owner.post("/invoices/" + invoice + "/send", "{}").expect(202);
    stack.clock().settle();
    String url =
        owner.post("/customers/" + other + "/client-link").expect(201).path("url").asText();
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
            told.put(function, reads(its) + " read, " + writes(function, its) + " write"));
    costs.put(what, told);
    return answer.body().startsWith("{") ? answer.json() : null;
  }

  private static String reads(List<Use> uses) {
    return sum(uses, use -> !use.writes()).toPlainString();
  }

  /** The PDF that is kept with a mail is a little larger or smaller each time. */
  private static String writes(String function, List<Use> uses) {
    BigDecimal sum = sum(uses, Use::writes);
    return function.equals("MailInvoice")
        ? "at most " + sum.setScale(-1, RoundingMode.UP).toPlainString()
        : sum.toPlainString();
  }

  private static BigDecimal sum(List<Use> uses, Predicate<Use> which) {
    return uses.stream()
        .filter(which)
        .map(Use::units)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }
}
