package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Somebody who works without a pause, one job after the other: tracks time, edits and sends the
 * invoice, and is paid, in one way or another. What a crash interrupts is repeated with the same
 * key; what was answered with 2xx is noted as promised.
 */
final class Clerk implements Runnable {
  private final Gate gate;
  private final Api user;
  private final Promises promises;
  private final List<String> customers;
  private final String service;
  private final Random random;
  private final AtomicInteger done;
  private volatile boolean last;
  private int keys;

  /**
   * A clerk of a firm.
   *
   * @param done counts finished jobs
   */
  Clerk(
      Gate gate,
      Api user,
      Promises promises,
      List<String> customers,
      String service,
      Random random,
      AtomicInteger done) {
    this.gate = gate;
    this.user = user;
    this.promises = promises;
    this.customers = customers;
    this.service = service;
    this.random = random;
    this.done = done;
  }

  /** The job under way is to be the last one. */
  void finish() {
    last = true;
  }

  @Override
  public void run() {
    while (!last) {
      job();
      done.incrementAndGet();
    }
  }

  private void job() {
    String time = create("/timers", timer()).path("timerId").asText();
    if (random.nextInt(3) == 0) {
      promiseTime(time);
      time = create("/timers", timer()).path("timerId").asText();
    }
    String stopped = "/timers/" + time + "/stop";
    expect(200, () -> user.post(stopped, "{}"));
    promiseTime(time);
    String entry = "/time-entries/" + time;
    String invoice =
        "/invoices/"
            + until(entry, read -> !read.path("invoiceId").isNull()).path("invoiceId").asText();
    edit(invoice);
    expect(202, () -> user.post(invoice + "/send", "{}"));
    promises.add("sent " + invoice, () -> !user.get(invoice).expect(200).path("number").isNull());
    JsonNode sent = until(invoice, read -> read.path("state").asText().equals("sent"));
    switch (random.nextInt(3)) {
      case 0 -> pay(invoice, sent);
      case 1 -> payByHand(invoice, sent);
      default -> voided(invoice);
    }
  }

  private String timer() {
    return Api.json(
        "customerId",
        customers.get(random.nextInt(customers.size())),
        "serviceId",
        service,
        "onRunning",
        "stop");
  }

  private void promiseTime(String id) {
    promises.add("time " + id, () -> user.get("/time-entries/" + id).status() == 200);
  }

  private void edit(String invoice) {
    // Whoever repeats this after it took effect sees the new version.
    Answer edited =
        gate.answer(
            () ->
                user.ifMatch(user.get(invoice).expect(200).path("version").asLong())
                    .patch(invoice, Api.json("note", "Thank you")));
    if (edited.status() == 412) {
      edit(invoice);
      return;
    }
    edited.expect(200);
    promises.add(
        "edited " + invoice,
        () -> user.get(invoice).expect(200).path("note").asText().equals("Thank you"));
  }

  private void pay(String invoice, JsonNode sent) {
    String page = sent.path("payUrl").asText() + "/checkout";
    Api nobody = Api.at(user.base());
    Answer pressed = gate.answer(() -> nobody.post(page));
    if (pressed.status() != 303) {
      throw new AssertionError("no checkout but " + pressed);
    }
    String checkout = pressed.header("location").orElseThrow();
    Api json = nobody.with("accept", "application/json");
    // Where the answer was lost the customer has paid and the page is closed.
    gate.answer(() -> nobody.post(checkout, Api.json("outcome", "paid")));
    String payment = gate.answer(() -> json.get(checkout)).expect(200).path("paymentId").asText();
    promises.add("paid " + payment, () -> booked(invoice, payment));
    until(invoice, read -> read.path("state").asText().equals("paid"));
  }

  private void payByHand(String invoice, JsonNode sent) {
    String body =
        Api.json(
            "amount",
            sent.path("amountDue").asLong(),
            "method",
            "Cheque",
            "receivedOn",
            sent.path("issuedOn").asText());
    String payment = create(invoice + "/payments", body).path("paymentId").asText();
    promises.add("paid " + payment, () -> booked(invoice, payment));
    until(invoice, read -> read.path("state").asText().equals("paid"));
  }

  private boolean booked(String invoice, String payment) {
    return user.get(invoice)
        .expect(200)
        .path("payments")
        .findValuesAsText("paymentId")
        .equals(List.of(payment));
  }

  private void voided(String invoice) {
    expect(200, () -> user.post(invoice + "/void", "{}"));
    promises.add(
        "void " + invoice,
        () -> user.get(invoice).expect(200).path("state").asText().equals("void"));
  }

  private JsonNode create(String path, String body) {
    Api keyed = user.with("idempotency-key", "key-" + user.hashCode() + "-" + ++keys);
    while (true) {
      Answer answer = gate.answer(() -> keyed.post(path, body));
      if (answer.status() != 409 || !answer.word().equals("request-in-progress")) {
        return answer.expect(201);
      }
      Gate.pause();
    }
  }

  private void expect(int status, Supplier<Answer> request) {
    gate.answer(request).expect(status);
  }

  private JsonNode until(String path, Predicate<JsonNode> good) {
    while (true) {
      JsonNode read = gate.answer(() -> user.get(path)).expect(200);
      if (good.test(read)) {
        return read;
      }
      Gate.pause();
    }
  }
}
