package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.table.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An audit of one firm: reads everything that the API, the table, the workflow, the mailbox and the
 * processor hold of it, adds it up, and names whatever is missing, double, wrong or stuck.
 */
final class Books {
  private static final Set<String> WAITING = Set.of("draft", "sent", "partlyPaid", "undeliverable");

  private final Bench.Look look;
  private final String firmId;
  private final Api owner;
  private final List<String> findings = new ArrayList<>();
  private final Map<String, JsonNode> invoices = new TreeMap<>();
  private final Map<String, JsonNode> entries = new TreeMap<>();

  private Books(Bench.Look look, String firmId, Api owner) {
    this.look = look;
    this.firmId = firmId;
    this.owner = owner;
  }

  /**
   * What is wrong in a firm at rest.
   *
   * @param owner reads everything
   * @return sentences; empty if all is right
   */
  static List<String> audit(Bench.Look look, String firmId, Api owner) {
    Books books = new Books(look, firmId, owner);
    books.read();
    books.timeIsOnOneInvoice();
    books.numbersAreConsecutive();
    books.invoices.values().forEach(books::addsUp);
    books.mailsWentOnce();
    books.moneyIsBookedOnce();
    books.nothingIsStuck();
    books.executionsHaveTheirInvoices();
    return books.findings;
  }

  /**
   * What a firm's books add up to.
   *
   * @param paid minor units, over all invoices
   * @param entries how many entries of time there are
   * @param invoiceMails how many mails with an invoice went out
   */
  record Sums(long paid, long entries, long invoiceMails) {}

  /** Adds a firm's books up. */
  static Sums sums(Bench.Look look, String firmId, Api owner) {
    Books books = new Books(look, firmId, owner);
    books.read();
    return new Sums(
        books.invoices.values().stream()
            .mapToLong(invoice -> invoice.path("amountPaid").asLong())
            .sum(),
        books.entries.size(),
        look.mails().stream()
            .map(mail -> mail.path("tags"))
            .filter(tags -> tags.path("firmId").asText().equals(firmId))
            .filter(tags -> tags.path("kind").asText().equals("invoice"))
            .count());
  }

  private void found(String what) {
    findings.add(what);
  }

  private void read() {
    for (JsonNode summary : all("/invoices", "invoices")) {
      String id = summary.path("invoiceId").asText();
      if (invoices.put(id, owner.get("/invoices/" + id).expect(200)) != null) {
        found("the invoice " + id + " is listed twice");
      }
    }
    for (JsonNode entry : all("/time-entries", "timeEntries")) {
      if (entries.put(entry.path("timeEntryId").asText(), entry) != null) {
        found("the time " + entry.path("timeEntryId") + " is listed twice");
      }
    }
  }

  private List<JsonNode> all(String path, String list) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          owner.get(path + (path.contains("?") ? "&" : "?") + "limit=100" + cursor).expect(200);
      page.path(list).forEach(all::add);
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    return all;
  }

  private static boolean living(JsonNode invoice) {
    return !invoice.path("state").asText().equals("void");
  }

  private void timeIsOnOneInvoice() {
    Map<String, String> on = new HashMap<>();
    invoices.forEach(
        (id, invoice) -> {
          for (JsonNode line : invoice.path("lines")) {
            String time = line.path("timeEntryId").asText();
            if (living(invoice) && !time.isEmpty() && on.put(time, id) != null) {
              found("the time " + time + " is on " + id + " and on another invoice");
            }
          }
        });
    entries.forEach(
        (id, entry) -> {
          String invoice = entry.path("invoiceId").asText("");
          String billed = on.getOrDefault(id, "");
          if (!invoice.equals(entry.path("invoiceId").isNull() ? invoice : billed)) {
            found("the time " + id + " says " + invoice + " and stands on " + billed);
          }
          if (entry.path("invoiceId").isNull() && on.containsKey(id)) {
            found("the time " + id + " is unbilled and stands on " + billed);
          }
        });
    on.keySet().stream()
        .filter(time -> !entries.containsKey(time))
        .forEach(time -> found("the time " + time + " is on an invoice and does not exist"));
    for (String state : List.of("unbilled", "drafted", "billed", "nonBillable")) {
      Set<String> listed =
          all("/time-entries?state=" + state, "timeEntries").stream()
              .map(entry -> entry.path("timeEntryId").asText())
              .collect(Collectors.toSet());
      entries.forEach(
          (id, entry) -> {
            if (listed.contains(id) != stateOf(entry).equals(state)) {
              found("the time " + id + " is listed wrongly as " + state);
            }
          });
    }
  }

  private String stateOf(JsonNode entry) {
    if (entry.path("invoiceId").isNull()) {
      return entry.path("billable").asBoolean() ? "unbilled" : "nonBillable";
    }
    JsonNode invoice = invoices.get(entry.path("invoiceId").asText());
    return invoice != null && invoice.path("state").asText().equals("draft") ? "drafted" : "billed";
  }

  private void numbersAreConsecutive() {
    List<String> numbers =
        invoices.values().stream()
            .map(invoice -> invoice.path("number"))
            .filter(number -> !number.isNull())
            .map(JsonNode::asText)
            .sorted()
            .toList();
    for (int at = 0; at < numbers.size(); at++) {
      if (!numbers.get(at).equals("%04d".formatted(at + 1))) {
        found("the numbers are not consecutive: " + numbers);
        return;
      }
    }
  }

  private void addsUp(JsonNode invoice) {
    String id = invoice.path("invoiceId").asText();
    long lines = sum(invoice.path("lines"), "amount");
    if (lines != invoice.path("subtotal").asLong()) {
      found(id + ": the lines add up to " + lines + ", not " + invoice.path("subtotal"));
    }
    long total =
        lines
            - invoice.path("discount").path("amount").asLong()
            + sum(invoice.path("taxes"), "amount");
    if (total != invoice.path("total").asLong()) {
      found(id + ": the total is " + total + ", not " + invoice.path("total"));
    }
    long paid = 0;
    for (JsonNode payment : invoice.path("payments")) {
      if (payment.path("status").asText().equals("settled")) {
        long amount = payment.path("amount").asLong();
        paid += payment.path("kind").asText().equals("payment") ? amount : -amount;
      }
    }
    if (paid != invoice.path("amountPaid").asLong()) {
      found(id + ": the payments add up to " + paid + ", not " + invoice.path("amountPaid"));
    }
    if (Math.max(0, total - paid) != invoice.path("amountDue").asLong() && living(invoice)) {
      found(id + ": " + invoice.path("amountDue") + " is due of " + total + " less " + paid);
    }
    String state = invoice.path("state").asText();
    boolean right =
        switch (state) {
          case "draft" -> invoice.path("number").isNull() && paid == 0;
          case "sent", "undeliverable" -> !invoice.path("number").isNull() && paid <= 0;
          case "partlyPaid" -> !invoice.path("number").isNull() && paid > 0 && paid < total;
          case "paid" -> !invoice.path("number").isNull() && paid >= total;
          case "void" -> true;
          default -> false;
        };
    if (!right) {
      found(id + " is " + state + " with " + paid + " paid of " + total);
    }
  }

  private static long sum(JsonNode rows, String field) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.path(field).asLong();
    }
    return sum;
  }

  private void mailsWentOnce() {
    Map<String, Integer> sent = new TreeMap<>();
    Set<String> mailed = new HashSet<>();
    for (JsonNode mail : look.mails()) {
      JsonNode tags = mail.path("tags");
      if (tags.path("firmId").asText().equals(firmId)) {
        sent.merge(tags.path("mailId").asText(), 1, Integer::sum);
        if (tags.path("kind").asText().equals("invoice")) {
          mailed.add(tags.path("invoiceId").asText());
        }
      }
    }
    sent.forEach(
        (mail, times) -> {
          if (times > 1) {
            found("the mail " + mail + " went out " + times + " times");
          }
        });
    invoices.forEach(
        (id, invoice) -> {
          String state = invoice.path("state").asText();
          boolean refused = invoice.at("/delivery/status").asText().equals("failed");
          if (Set.of("sent", "partlyPaid").contains(state) && !refused && !mailed.contains(id)) {
            found(id + " is " + state + " and was not mailed");
          }
          if (state.equals("draft") && mailed.contains(id)) {
            found(id + " is a draft and was mailed");
          }
        });
  }

  /** Each payment and refund at the processor is one row, and each such row is one of those. */
  private void moneyIsBookedOnce() {
    String account = owner.get("/payments/setup").expect(200).path("accountId").asText();
    List<String> known = new ArrayList<>();
    for (JsonNode session : look.checkouts()) {
      if (session.path("account").asText().equals(account) && !session.path("paymentId").isNull()) {
        String payment = session.path("paymentId").asText();
        known.add("payment " + payment);
        session.path("refunds").forEach(refund -> known.add(refund(refund, payment)));
      }
    }
    List<String> booked = new ArrayList<>();
    for (JsonNode invoice : invoices.values()) {
      for (JsonNode row : invoice.path("payments")) {
        String id = row.path("paymentId").asText();
        switch (row.path("kind").asText()) {
          case "payment" -> {
            if (!row.path("byHand").asBoolean()) {
              booked.add("payment " + id);
            }
          }
          case "refund" -> booked.add(refund(row, row.path("ofPayment").asText()));
          default -> {}
        }
      }
    }
    Collections.sort(known);
    Collections.sort(booked);
    if (!known.equals(booked)) {
      found("the processor knows " + known + ", booked are " + booked);
    }
  }

  /** A refund that was asked for here has an id of its own. */
  private static String refund(JsonNode refund, String payment) {
    String end = refund.path("status").asText().equals("failed") ? ", failed" : "";
    return "refund of " + refund.path("amount") + " of " + payment + end;
  }

  private void nothingIsStuck() {
    Instant now = look.now();
    for (Item item : look.items()) {
      if (!item.firm().equals(firmId) || !item.has("dueAt")) {
        continue;
      }
      String key = item.key();
      boolean waits =
          (key.startsWith("INVOICE#") && WAITING.contains(item.text("state")))
              || key.startsWith("RUNNING#");
      boolean pushed = item.text("dueQueue").startsWith("PUSHES");
      boolean often = pushed || item.text("dueQueue").startsWith("TIMERS");
      Duration slack = Duration.ofMinutes(often ? 6 : 66);
      boolean late = Instant.parse(item.text("dueAt")).plus(slack).isBefore(now);
      if (late || (pushed && !waits)) {
        found(
            "%s (%s) still waits in %s for %s, and it is %s"
                .formatted(
                    key, item.text("state"), item.text("dueQueue"), item.text("dueAt"), now));
      }
    }
  }

  /** One execution drives each invoice that waits, by the name that the invoice keeps. */
  private void executionsHaveTheirInvoices() {
    Map<String, String> drivers = new TreeMap<>();
    for (Item item : look.items()) {
      boolean waits =
          item.firm().equals(firmId)
              && item.key().startsWith("INVOICE#")
              && WAITING.contains(String.valueOf(item.text("state")));
      if (waits && drivers.put(String.valueOf(item.text("execution")), item.key()) != null) {
        found("two invoices are driven by " + item.text("execution"));
      }
    }
    Set<String> running = new HashSet<>();
    for (JsonNode execution : look.executions()) {
      if (execution.path("status").asText().equals("RUNNING")
          && execution.path("input").toString().contains(firmId)) {
        running.add(execution.path("name").asText());
      }
    }
    drivers.forEach(
        (name, invoice) -> {
          if (!running.contains(name)) {
            found(invoice + " waits and its execution does not run: " + name);
          }
        });
    running.removeAll(drivers.keySet());
    running.forEach(name -> found("an execution runs without an invoice that waits: " + name));
  }
}
