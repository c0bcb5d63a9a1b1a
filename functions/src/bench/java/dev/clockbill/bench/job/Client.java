package dev.clockbill.bench.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.TestFirm;

/**
 * A person who does the whole job again and again, without a pause: starts and stops a timer, reads
 * the draft, sends it and waits for the mail; and the customer, who opens the pay page, pays, and
 * waits for the receipt.
 */
final class Client {
  static final String DRAFT = "stop → draft readable";
  static final String MAIL = "send → mail out";
  static final String RECEIPT = "payment → receipt";
  static final String JOB = "whole job";

  private final Api user;
  private final Api nobody;
  private final String timer;
  private final Moments moments;

  /** One of a firm's people, with a customer of their own. */
  Client(TestFirm firm, int person, String service, Moments moments) {
    this.user = firm.users().get(person).unchecked();
    this.nobody = Api.at(user.base()).unchecked();
    String customer =
        firm.customer("Customer " + person, "c" + person + "@" + firm.firmId() + ".example");
    this.timer = Api.json("customerId", customer, "serviceId", service);
    this.moments = moments;
  }

  /** One job. */
  void job() {
    long begun = System.nanoTime();
    String entry = user.post("/timers", timer).expect(201).path("timerId").asText();
    String invoice = stop(entry);
    JsonNode sent = send(invoice);
    pay(invoice, sent);
    moments.note(JOB, begun);
  }

  private String stop(String entry) {
    long stopped = System.nanoTime();
    user.post("/timers/" + entry + "/stop", "{}").expect(200);
    return moments
        .await(
            DRAFT,
            stopped,
            () -> user.get("/time-entries/" + entry).expect(200),
            read -> !read.path("invoiceId").isNull())
        .path("invoiceId")
        .asText();
  }

  /** An invoice is sent once the mail service has its mail. */
  private JsonNode send(String invoice) {
    String path = "/invoices/" + invoice;
    user.get(path).expect(200);
    long sent = System.nanoTime();
    user.post(path + "/send", "{}").expect(202);
    return moments.await(
        MAIL,
        sent,
        () -> user.get(path).expect(200),
        read -> read.path("state").asText().equals("sent"));
  }

  /** The invoice's history says that the mail service has the receipt. */
  private void pay(String invoice, JsonNode sent) {
    String page = sent.path("payUrl").asText();
    if (nobody.get(page).status() != 200) {
      throw new IllegalStateException("There is no pay page " + page);
    }
    String checkout = nobody.post(page + "/checkout").header("location").orElseThrow();
    long paid = System.nanoTime();
    nobody.post(checkout, Api.json("outcome", "paid")).expect(200);
    moments.await(
        RECEIPT,
        paid,
        () -> user.get("/invoices/" + invoice).expect(200).path("history").toString(),
        history -> history.contains("Receipt emailed"));
  }
}
