package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The whole main job of a firm, from its settings ({@link OpeningJob}) to the last payment, as
 * steps that are done one after the other. Each waits until what it began has come to rest, by the
 * product's own means.
 */
final class MainJob {
  private static final Pattern LINK = Pattern.compile("http\\S+/timer-links/\\S+");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Desk desk;
  private final Bench bench;
  private final OpeningJob opening;
  private String entry;
  private String ada;
  private String ben;
  private String cy;
  private String dee;
  private String eve;
  private String hal;
  private String adasPayment;
  private String bensPayment;
  private String halsPayment;

  MainJob(Desk desk) {
    this.desk = desk;
    this.bench = desk.bench();
    this.opening = new OpeningJob(desk);
  }

  /** A part of the job. */
  record Step(String name, Runnable action) {}

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.addAll(opening.steps());
    steps.addAll(
        List.of(
            new Step("start", this::start),
            new Step("stop", this::stop),
            new Step("edit", this::edit),
            new Step("send", this::send),
            new Step("resend", this::resend),
            new Step("pay by card", this::payByCard)));
    steps.addAll(
        List.of(
            new Step("switch timers", this::switchTimers),
            new Step("pay with delay", this::payWithDelay),
            new Step("append", this::append),
            new Step("payments by hand", this::paymentsByHand),
            new Step("void", this::voidInvoice),
            new Step("revise", this::revise)));
    steps.addAll(new DraftsJob(desk, opening).steps());
    steps.addAll(new RunsJob(desk, opening).steps());
    steps.addAll(
        List.of(
            new Step("send automatically", this::sendAutomatically),
            new Step("remind of a timer", this::remindOfATimer),
            new Step("remind a customer", this::remindACustomer),
            new Step("bounce", this::bounce),
            new Step("refused mail", this::refusedMail),
            new Step("another checkout", this::anotherCheckout),
            new Step("refund", this::refund),
            new Step("refund on the processor's pages", this::refundElsewhere),
            new Step("dispute", this::dispute),
            new Step("lost callback", this::lostCallback),
            new Step("lost execution", this::lostExecution),
            new Step("lists and reports", this::lists)));
    return steps;
  }

  private void start() {
    entry = desk.start(desk.staff(), "Ada", opening.hourly());
    bench.pass(HOUR);
    desk.patience()
        .until(200, () -> desk.staff().patch("/timers/" + entry, Api.json("note", "Call")));
  }

  private void stop() {
    desk.stop(desk.staff(), entry);
    ada = desk.invoiceOf(entry);
    String stopped = entry;
    desk.promises()
        .add(
            "the note",
            () -> desk.get("/time-entries/" + stopped).path("note").asText().equals("Call"));
  }

  private void edit() {
    // Whoever repeats this after it took effect sees the new version, and that nothing is left to
    // do.
    desk.patience()
        .until(
            200,
            () ->
                desk.owner()
                    .ifMatch(desk.invoice(ada).path("version").asLong())
                    .patch("/invoices/" + ada, Api.json("note", "Thank you")));
    desk.promises()
        .add("the edit", () -> desk.invoice(ada).path("note").asText().equals("Thank you"));
  }

  private void send() {
    desk.send(ada);
    desk.invoice(
        ada, "a delivered mail", is -> is.at("/delivery/status").asText().equals("delivered"));
  }

  private void resend() {
    desk.post(202, "/invoices/" + ada + "/resend", "{}");
    bench.until("the second mail", () -> bench.mails("invoice", ada), mails -> mails.size() > 1);
  }

  private void payByCard() {
    adasPayment = desk.pay(ada, desk.checkout(ada), "paid");
    desk.invoice(ada, "paid");
    desk.mail("receipt", ada);
  }

  private void switchTimers() {
    String first = desk.start(desk.owner(), "Ben", opening.hourly());
    bench.pass(HOUR);
    String second = desk.start(desk.owner(), "Cy", opening.hourly());
    bench.pass(HOUR);
    desk.stop(desk.owner(), second);
    ben = desk.invoiceOf(first);
    cy = desk.invoiceOf(second);
    String discarded = desk.start(desk.owner(), "Cy", opening.hourly());
    desk.delete(desk.owner(), "/timers/" + discarded);
  }

  private void payWithDelay() {
    desk.send(ben);
    String payment = desk.pay(ben, desk.checkout(ben), "processing");
    desk.invoice(ben, "a payment under way", is -> !is.path("payments").isEmpty());
    bench
        .api()
        .post("/_processor/payments/" + payment + "/settle", Api.json("outcome", "failed"))
        .expect(200);
    desk.mail("ownerNotice", ben);
    String second = desk.pay(ben, desk.checkout(ben), "processing");
    bensPayment = second;
    desk.invoice(ben, "a second payment", is -> is.path("payments").size() == 2);
    bench
        .api()
        .post("/_processor/payments/" + second + "/settle", Api.json("outcome", "paid"))
        .expect(200);
    desk.invoice(ben, "paid");
    desk.mail("receipt", ben);
  }

  private void append() {
    desk.patch("/firm", Api.json("invoicing", Map.of("onStop", "appendToDraft")));
    String first = desk.enter("Dee", opening.hourly());
    dee = desk.invoiceOf(first);
    String second = desk.enter("Dee", opening.hourly());
    assertThat(desk.invoiceOf(second)).isEqualTo(dee);
    desk.patch("/firm", Api.json("invoicing", Map.of("onStop", "newDraft")));
  }

  private void paymentsByHand() {
    desk.send(dee);
    String path = "/invoices/" + dee + "/payments";
    String wrong = desk.create(desk.owner(), path, byHand(1_000)).path("paymentId").asText();
    desk.invoice(dee, "partlyPaid");
    desk.delete(desk.owner(), path + "/" + wrong);
    String right = desk.create(desk.owner(), path, byHand(48_000)).path("paymentId").asText();
    desk.invoice(dee, "paid");
    desk.promises()
        .add(
            "the payment by hand",
            () ->
                desk.invoice(dee)
                    .path("payments")
                    .findValuesAsText("paymentId")
                    .equals(List.of(right)));
  }

  private String byHand(long amount) {
    String day = LocalDate.ofInstant(bench.now(), ZoneOffset.UTC).toString();
    return Api.json("amount", amount, "method", "Cheque", "receivedOn", day);
  }

  private void voidInvoice() {
    entry = desk.enter("Eve", opening.hourly());
    eve = desk.invoiceOf(entry);
    desk.send(eve);
    desk.checkout(eve);
    desk.post(200, "/invoices/" + eve + "/void", Api.json("reason", "Wrong"));
    String ended = eve;
    desk.promises().add("void", () -> desk.invoice(ended).path("state").asText().equals("void"));
  }

  private void revise() {
    String body = Api.json("customerId", desk.customer("Eve"), "timeEntryIds", List.of(entry));
    String old = desk.create(desk.owner(), "/invoices", body).path("invoiceId").asText();
    desk.send(old);
    eve =
        desk.create(desk.owner(), "/invoices/" + old + "/revise", "{}").path("invoiceId").asText();
    assertThat(desk.invoice(old).path("state").asText()).isEqualTo("void");
    desk.send(eve);
  }

  private void sendAutomatically() {
    String gus = desk.invoiceOf(desk.enter("Gus", opening.hourly()));
    desk.invoice(gus, "sent");
    desk.mail("invoice", gus);
  }

  private void remindOfATimer() {
    String timer = desk.start(desk.staff(), "Ida", opening.hourly());
    bench.pass(Duration.ofHours(4));
    JsonNode mail = desk.mail("timerReminder", timer);
    Matcher links = LINK.matcher(mail.path("text").asText());
    assertThat(links.find()).isTrue();
    String stop = links.group();
    desk.patience().until(200, () -> bench.api().get(stop));
    desk.patience().until(200, () -> bench.api().post(stop));
    desk.invoiceOf(timer);
  }

  private void remindACustomer() {
    desk.send(cy);
    LocalDate due = LocalDate.parse(desk.invoice(cy).path("dueOn").asText());
    bench.skipTo(due.plusDays(3).atTime(LocalTime.of(9, 5)).toInstant(ZoneOffset.UTC));
    desk.mail("paymentReminder", cy);
  }

  private void bounce() {
    String mail = desk.mail("invoice", cy).path("id").asText();
    bench.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    desk.invoice(cy, "a bounced mail", is -> is.at("/delivery/status").asText().equals("bounced"));
    desk.mail("ownerNotice", cy);
  }

  private void refusedMail() {
    hal = desk.invoiceOf(desk.enter("Hal", opening.hourly()));
    String email = desk.invoice(hal).at("/customer/email").asText();
    refuse(email, 1_000);
    desk.post(202, "/invoices/" + hal + "/send", "{}");
    desk.invoice(hal, "undeliverable");
    desk.mail("ownerNotice", hal);
    refuse(email, 0);
  }

  private void refuse(String email, int times) {
    String refusal = Api.json("to", email, "times", times, "with", "MessageRejected");
    bench.api().post("/_local/mails/refuse", refusal).expect(200);
  }

  private void anotherCheckout() {
    String before = desk.checkout(hal);
    desk.create(desk.owner(), "/invoices/" + hal + "/payments", byHand(4_000));
    String then = desk.checkout(hal);
    assertThat(then).isNotEqualTo(before);
    halsPayment = desk.pay(hal, then, "paid");
    desk.invoice(hal, "paid");
    desk.mail("receipt", hal);
  }

  private void refund() {
    Api keyed = desk.keyed(desk.owner());
    String path = "/invoices/" + ada + "/payments/" + adasPayment + "/refund";
    String refund =
        desk.patience()
            .until(202, () -> keyed.post(path, Api.json("amount", 4_000)))
            .json()
            .path("paymentId")
            .asText();
    desk.invoice(ada, "a settled refund", is -> status(is, refund).equals("settled"));
    bench.until("a mail of it", () -> bench.mails("receipt", ada), mails -> mails.size() > 1);
    desk.promises().add("the refund", () -> status(desk.invoice(ada), refund).equals("settled"));
  }

  private static String status(JsonNode invoice, String payment) {
    return Bench.list(invoice.path("payments")).stream()
        .filter(row -> row.path("paymentId").asText().equals(payment))
        .map(row -> row.path("status").asText())
        .collect(Collectors.joining());
  }

  private void refundElsewhere() {
    long paid = desk.invoice(ben).path("amountPaid").asLong();
    String path = "/_processor/payments/" + bensPayment + "/refund";
    String refund =
        bench.api().post(path, Api.json("amount", paid)).expect(200).path("refundId").asText();
    desk.invoice(ben, "a refund under way", is -> status(is, refund).equals("processing"));
    bench
        .api()
        .post("/_processor/refunds/" + refund + "/settle", Api.json("outcome", "succeeded"))
        .expect(200);
    desk.invoice(ben, "sent");
    bench.until("a mail of it", () -> bench.mails("receipt", ben), mails -> mails.size() > 1);
  }

  private void dispute() {
    String path = "/_processor/payments/" + halsPayment + "/dispute";
    bench.api().post(path, "{}").expect(200);
    desk.invoice(hal, "a dispute", is -> is.path("flags").toString().contains("disputed"));
    bench.api().post(path, Api.json("outcome", "lost")).expect(200);
    desk.invoice(hal, "partlyPaid");
  }

  private void lostCallback() {
    String fay = desk.invoiceOf(desk.enter("Fay", opening.hourly()));
    desk.send(fay);
    String checkout = desk.checkout(fay);
    assertThat(desk.checkout(fay)).as("pressed again").isEqualTo(checkout);
    hold(true);
    desk.pay(fay, checkout, "paid");
    hold(false);
    desk.invoice(fay, "paid");
    desk.mail("receipt", fay);
  }

  private void hold(boolean held) {
    bench.api().post("/_processor/events/hold", Api.json("hold", held)).expect(200);
  }

  private void lostExecution() {
    entry = desk.enter("Ida", opening.hourly());
    String ida = desk.invoiceOf(entry);
    bench.api().post("/_local/executions/timer-" + entry + "/abort", "{}").expect(200);
    bench.until(
        "another execution of " + ida,
        bench::executions,
        all ->
            all.stream()
                .filter(one -> one.path("name").asText().startsWith("invoice-" + ida))
                .anyMatch(one -> one.path("status").asText().equals("RUNNING")));
    desk.send(ida);
  }

  private void lists() {
    for (String path :
        List.of(
            "/me",
            "/firm",
            "/timers",
            "/timers/running",
            "/time-entries?state=billed",
            "/customers",
            "/invoices?state=overdue",
            "/invoices?customerId=" + desk.customer("Ada"),
            "/reports/overview",
            "/reports/realisation?from=2026-01-01&to=2026-12-31&by=staff")) {
      desk.get(path);
    }
    desk.patience().until(200, () -> desk.owner().get("/invoices/" + ada + "/pdf"));
    String page = desk.invoice(ada).path("payUrl").asText();
    desk.patience().until(200, () -> bench.api().get(page + "/invoice.pdf"));
  }
}
