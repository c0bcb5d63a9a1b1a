package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the people of one firm and its customers do, each of whom presses again until it works, and
 * what they were promised by answers of 2xx.
 */
final class Desk {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Bench bench;
  private final TestFirm firm;
  private final Patience patience;
  private final Promises promises = new Promises();
  private final Map<String, String> customers = new TreeMap<>();
  private int keys;

  /** At a new firm that cannot take payments yet, with one member of staff. */
  Desk(Bench bench) {
    this.bench = bench;
    this.firm = bench.firm(Api.json("staff", 1));
    this.patience = new Patience(bench);
  }

  Bench bench() {
    return bench;
  }

  String firmId() {
    return firm.firmId();
  }

  Api owner() {
    return firm.owner();
  }

  Api staff() {
    return firm.staff();
  }

  Promises promises() {
    return promises;
  }

  Patience patience() {
    return patience;
  }

  /** The same user with an {@code Idempotency-Key} that is used for one request only. */
  Api keyed(Api user) {
    return user.with("idempotency-key", "key-" + ++keys);
  }

  /** Creates something. */
  JsonNode create(Api user, String path, String body) {
    Api keyed = keyed(user);
    return patience.until(201, () -> keyed.post(path, body)).json();
  }

  JsonNode get(String path) {
    return patience.until(200, () -> owner().get(path)).json();
  }

  JsonNode patch(String path, String body) {
    return patience.until(200, () -> owner().patch(path, body)).json();
  }

  /** Deletes; who repeats it finds nothing there. */
  void delete(Api user, String path) {
    patience.until(204, () -> user.delete(path), 404);
  }

  /** Makes a customer whom everything is asked by name from then on. */
  String customer(String name, String more) {
    String email = name.toLowerCase(Locale.ROOT) + "@" + firmId().toLowerCase(Locale.ROOT) + ".ex";
    String body = "{\"name\":\"" + name + "\",\"email\":\"" + email + "\"" + more + "}";
    String id = create(owner(), "/customers", body).path("customerId").asText();
    customers.put(name, id);
    promises.add(
        "the customer " + name, () -> get("/customers/" + id).path("email").asText().equals(email));
    return id;
  }

  String customer(String name) {
    return customers.get(name);
  }

  /** Enters an hour by hand that ended now. */
  String enter(String customer, String serviceId) {
    JsonNode made =
        create(
            owner(),
            "/time-entries",
            Api.json(
                "customerId", customer(customer),
                "serviceId", serviceId,
                "startedAt", bench.now().minus(HOUR).toString(),
                "stoppedAt", bench.now().toString()));
    promiseTime(made);
    return made.path("timeEntryId").asText();
  }

  /** Starts a timer. */
  String start(Api user, String customer, String serviceId) {
    String body =
        Api.json("customerId", customer(customer), "serviceId", serviceId, "onRunning", "stop");
    return create(user, "/timers", body).path("timerId").asText();
  }

  /** Stops a timer and notes what was promised of its time. */
  void stop(Api user, String timerId) {
    JsonNode entry =
        patience
            .until(200, () -> user.post("/timers/" + timerId + "/stop", "{}"))
            .json()
            .path("timeEntry");
    promiseTime(entry);
  }

  private void promiseTime(JsonNode promised) {
    String id = promised.path("timeEntryId").asText();
    promises.add(
        "the time " + id,
        () -> {
          JsonNode now = get("/time-entries/" + id);
          return List.of("startedAt", "stoppedAt", "measuredSeconds", "customerId", "staffId")
              .stream()
              .allMatch(field -> now.path(field).equals(promised.path(field)));
        });
  }

  /** The invoice that time is drafted on, once it is. */
  String invoiceOf(String timeEntryId) {
    return bench
        .until(
            "a draft of " + timeEntryId,
            () -> get("/time-entries/" + timeEntryId),
            entry -> !entry.path("invoiceId").isNull())
        .path("invoiceId")
        .asText();
  }

  JsonNode invoice(String invoiceId) {
    return get("/invoices/" + invoiceId);
  }

  /** An invoice once it is in a state. */
  JsonNode invoice(String invoiceId, String state) {
    return invoice(invoiceId, state, is -> is.path("state").asText().equals(state));
  }

  /** An invoice once it is as it should be. */
  JsonNode invoice(String invoiceId, String what, Predicate<JsonNode> good) {
    return bench.until(what, () -> invoice(invoiceId), good);
  }

  /** Presses Send, and waits until the mail has gone out. */
  JsonNode send(String invoiceId) {
    post(202, "/invoices/" + invoiceId + "/send", "{}");
    promises.add(
        "that " + invoiceId + " was sent", () -> !invoice(invoiceId).path("number").isNull());
    return invoice(invoiceId, "sent");
  }

  /** Posts what can be repeated as it is. */
  Answer post(int status, String path, String body, Integer... orAfterTrouble) {
    return patience.until(status, () -> owner().post(path, body), orAfterTrouble);
  }

  /** Presses Pay on an invoice's page: where the customer pays. */
  String checkout(String invoiceId) {
    String page = invoice(invoiceId).path("payUrl").asText();
    patience.until(200, () -> bench.api().get(page));
    return patience
        .until(303, () -> bench.api().post(page + "/checkout"))
        .header("location")
        .orElseThrow();
  }

  /** What a customer does at the processor; its callbacks may fail and come again. */
  String pay(String invoiceId, String checkout, String outcome) {
    String payment =
        bench
            .api()
            .post(checkout, Api.json("outcome", outcome))
            .expect(200)
            .path("paymentId")
            .asText();
    promises.add(
        "that " + payment + " is booked",
        () -> invoice(invoiceId).path("payments").findValuesAsText("paymentId").contains(payment));
    return payment;
  }

  /** Waits for a mail. */
  JsonNode mail(String kind, String about) {
    return bench
        .until("a mail of " + about, () -> bench.mails(kind, about), mails -> !mails.isEmpty())
        .getFirst();
  }
}
