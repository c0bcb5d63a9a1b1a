package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.TestFirm;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Somebody who works without a pause, one job after the other: tracks time, edits and sends the
 * invoice, and is paid, in one way or another; sometimes the owner gives some of it back. What a
 * crash interrupts is repeated with the same key; what was answered with 2xx is noted as promised.
 */
final class Clerk implements Runnable {
  private static final long SOON = 100;
  private static final long LATER = 3_000;

  private final Gate gate;
  private final Place place;
  private final Api user;
  private final Promises promises;
  private final Random random;
  private final Tally tally;
  private volatile boolean last;
  private int keys;

  /** What clerks have done, all together. */
  static final class Tally {
    final AtomicLong jobs = new AtomicLong();
    final AtomicLong stopped = new AtomicLong();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong paid = new AtomicLong();
    final AtomicLong refunds = new AtomicLong();
  }

  /**
   * Where a clerk works.
   *
   * @param user the clerk
   * @param owner who gives money back
   * @param customer whom nobody else works for: a running timer keeps everybody from sending
   */
  record Place(Api user, Api owner, String customer, String service) {
    /** The place of a firm's n-th person. */
    static Place at(TestFirm firm, int person, String service) {
      String customer =
          firm.customer("Customer " + person, "c" + person + "@" + firm.firmId() + ".example");
      return new Place(firm.users().get(person), firm.owner(), customer, service);
    }

    /** The same for somebody whose answers are not held against the API's description. */
    Place unchecked() {
      return new Place(user.unchecked(), owner.unchecked(), customer, service);
    }
  }

  /** A clerk who adds up what is done. */
  Clerk(Gate gate, Place place, Promises promises, Random random, Tally tally) {
    this.gate = gate;
    this.place = place;
    this.user = place.user();
    this.promises = promises;
    this.random = random;
    this.tally = tally;
  }

  /** The job under way is to be the last one. */
  void finish() {
    last = true;
  }

  @Override
  public void run() {
    while (!last) {
      job();
    }
  }

  /** One job, from the start of a timer to money or a void invoice. */
  void job() {
    String time = create("start", "/timers", timer()).path("timerId").asText();
    if (random.nextInt(3) == 0) {
      String first = time;
      time = create("switch", "/timers", timer()).path("timerId").asText();
      promiseTime(first);
    }
    String stopped = "/timers/" + time + "/stop";
    expect("stop", 200, () -> user.post(stopped, "{}"));
    promiseTime(time);
    String entry = "/time-entries/" + time;
    String invoice =
        "/invoices/"
            + until(entry, read -> !read.path("invoiceId").isNull()).path("invoiceId").asText();
    edit(invoice);
    expect("send", 202, () -> user.post(invoice + "/send", "{}"));
    tally.sent.incrementAndGet();
    promises.add("sent " + invoice, () -> !user.get(invoice).expect(200).path("number").isNull());
    JsonNode sent = until(invoice, read -> read.path("state").asText().equals("sent"));
    switch (random.nextInt(3)) {
      case 0 -> pay(invoice, sent);
      case 1 -> payByHand(invoice, sent);
      default -> voided(invoice);
    }
    tally.jobs.incrementAndGet();
  }

  private String timer() {
    return Api.json(
        "customerId", place.customer(), "serviceId", place.service(), "onRunning", "stop");
  }

  private void promiseTime(String id) {
    tally.stopped.incrementAndGet();
    promises.add("time " + id, () -> !user.get("/time-entries/" + id).expect(200).isEmpty());
  }

  private void edit(String invoice) {
    // Whoever repeats this after it took effect sees the new version.
    Answer edited =
        gate.answer(
            "edit",
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
    Api nobody = Api.at(user.base()).unchecked();
    Answer pressed = gate.answer("checkout", () -> nobody.post(page));
    if (pressed.status() != 303) {
      throw new AssertionError("no checkout but " + pressed);
    }
    String checkout = pressed.header("location").orElseThrow();
    Api json = nobody.with("accept", "application/json");
    // Where the answer was lost the customer has paid and the page is closed.
    gate.answer("pay", () -> nobody.post(checkout, Api.json("outcome", "paid")));
    String payment =
        gate.answer("look", () -> json.get(checkout)).expect(200).path("paymentId").asText();
    promises.add("paid " + payment, () -> booked(invoice, payment));
    long due = sent.path("amountDue").asLong();
    tally.paid.addAndGet(due);
    until(invoice, read -> read.path("state").asText().equals("paid"));
    if (random.nextBoolean()) {
      refund(invoice, payment, 1 + random.nextLong(due));
    }
  }

  /** Nobody waits until it is made: where the processor is slow, the due queue has it made. */
  private void refund(String invoice, String payment, long amount) {
    String path = invoice + "/payments/" + payment + "/refund";
    String refund =
        create("refund", place.owner(), path, Api.json("amount", amount), 202)
            .path("paymentId")
            .asText();
    promises.add("refunded " + refund, () -> booked(invoice, refund));
    tally.paid.addAndGet(-amount);
    tally.refunds.incrementAndGet();
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
    String payment =
        create("payment by hand", invoice + "/payments", body).path("paymentId").asText();
    promises.add("paid " + payment, () -> booked(invoice, payment));
    tally.paid.addAndGet(sent.path("amountDue").asLong());
    until(invoice, read -> read.path("state").asText().equals("paid"));
  }

  /** Whether there is one such row; that there is no other one, the audit finds out. */
  private boolean booked(String invoice, String payment) {
    List<String> rows =
        user.get(invoice).expect(200).path("payments").findValuesAsText("paymentId");
    return Collections.frequency(rows, payment) == 1;
  }

  private void voided(String invoice) {
    expect("void", 200, () -> user.post(invoice + "/void", "{}"));
    promises.add(
        "void " + invoice,
        () -> user.get(invoice).expect(200).path("state").asText().equals("void"));
  }

  private JsonNode create(String kind, String path, String body) {
    return create(kind, user, path, body, 201);
  }

  private JsonNode create(String kind, Api who, String path, String body, int status) {
    Api keyed = who.with("idempotency-key", "key-" + user.hashCode() + "-" + ++keys);
    while (true) {
      Answer answer = gate.answer(kind, () -> keyed.post(path, body));
      if (answer.status() != 409 || !answer.word().equals("request-in-progress")) {
        return answer.expect(status);
      }
      Gate.pause(SOON);
    }
  }

  private void expect(String kind, int status, Supplier<Answer> request) {
    gate.answer(kind, request).expect(status);
  }

  private JsonNode until(String path, Predicate<JsonNode> good) {
    for (long pause = SOON; ; pause = Math.min(2 * pause, LATER)) {
      JsonNode read = gate.answer("look", () -> user.get(path)).expect(200);
      if (good.test(read)) {
        return read;
      }
      Gate.pause(pause);
    }
  }
}
