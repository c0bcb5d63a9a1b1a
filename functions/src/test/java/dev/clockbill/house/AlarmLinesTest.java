package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The lines that alarms count, held against the patterns that count them: what an alarm is about is
 * made to happen, and what the product prints then is read as CloudWatch reads it.
 */
@StoppedClock
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmLinesTest {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Lambda's own report of a call, from "Lambda Telemetry API Event schema reference" of its
   * developer guide: the status is success, failure, error or timeout.
   */
  private static final String REPORT =
      "{\"time\":\"2022-10-12T00:01:15.000Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"6d68ca91\","
          + "\"metrics\":{\"durationMs\":693.92,\"billedDurationMs\":694},\"status\":\"%s\"}}";

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private List<JsonNode> lines;

  @BeforeAll
  void letItHappen() {
    System.setOut(new PrintStream(kept, true, StandardCharsets.UTF_8));
    TestFirm firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    refuseSignatures();
    String paid = invoice(firm, service, "Ada");
    JsonNode checkout = checkout(firm, paid);
    pay(checkout);
    payTooMuch(firm, invoice(firm, service, "Ben"));
    loseExecutions(firm, invoice(firm, service, "Cy"));
    letMailsWait(firm, firm.time(firm.customer("Dee"), service, 60).path("invoiceId").asText());
    failOneRequest(firm);
    Laptop.runSchedule("ReconcilePayments");
    lines =
        kept.toString(StandardCharsets.UTF_8).lines().flatMap(line -> read(line).stream()).toList();
  }

  @AfterAll
  void printAgain() {
    System.setOut(before);
  }

  private static List<JsonNode> read(String line) {
    try {
      return line.startsWith("{") ? List.of(JSON.readTree(line)) : List.of();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static void refuseSignatures() {
    Api webhook = Laptop.api();
    webhook.post("/webhooks/payments", "{}").expect(400);
    webhook.with("stripe-signature", "t=1,v1=00").post("/webhooks/payments", "{}").expect(400);
  }

  private static String invoice(TestFirm firm, String service, String customer) {
    String id = firm.time(firm.customer(customer), service, 60).path("invoiceId").asText();
    firm.send(id);
    return id;
  }

  private static JsonNode checkout(TestFirm firm, String invoiceId) {
    String payUrl = firm.invoice(invoiceId).path("payUrl").asText();
    String address = Laptop.api().post(payUrl + "/checkout").header("location").orElseThrow();
    JsonNode open = Laptop.api().with("accept", "application/json").get(address).expect(200);
    return ((ObjectNode) open).put("address", address);
  }

  private static void pay(JsonNode checkout) {
    Laptop.api().post(checkout.path("address").asText(), Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
  }

  private static void payTooMuch(TestFirm firm, String invoiceId) {
    JsonNode checkout = checkout(firm, invoiceId);
    ObjectNode session =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", checkout.path("sessionId").asText())
            .put("object", "checkout.session")
            .put("amount_total", 25_001)
            .put("currency", "usd")
            .put("payment_status", "paid")
            .put("payment_intent", "pi_too_much");
    session.putObject("metadata").put("firmId", firm.firmId()).put("invoiceId", invoiceId);
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "checkout.session.completed")
            .put("account", checkout.path("account").asText());
    event.set("data", session);
    Laptop.api().post("/_processor/events", event.toString()).expect(200);
    Laptop.settle();
  }

  private static void loseExecutions(TestFirm firm, String invoiceId) {
    String resend = "/invoices/" + invoiceId + "/revise";
    String draft = firm.owner().post(resend).expect(201).path("invoiceId").asText();
    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", "before", 100);
    firm.owner().post("/invoices/" + draft + "/send", "{}").expect(202);
    Laptop.advance("PT2H");
    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", "before", 0);
  }

  private static void letMailsWait(TestFirm firm, String draft) {
    account("paused");
    firm.owner().post("/invoices/" + draft + "/send", "{}").expect(202);
    Laptop.settle();
    account("ok");
  }

  private static void account(String state) {
    Laptop.api().post("/_local/mail-account", Api.json("state", state)).expect(200);
  }

  private static void failOneRequest(TestFirm firm) {
    Laptop.fault("Services", "dynamodb", "Query", "before", 3);
    assertThat(firm.owner().get("/services").status()).isEqualTo(500);
    Laptop.fault("Services", "dynamodb", "Query", "before", 0);
  }

  private static Map<String, JsonNode> filters() {
    return WatchedTest.ofType("AWS::Logs::MetricFilter");
  }

  private List<JsonNode> counted(String filter) {
    String pattern = filters().get(filter).path("FilterPattern").asText();
    return lines.stream().filter(line -> FilterPattern.matches(pattern, line)).toList();
  }

  @Test
  void whatHappenedIsCounted() {
    Set<String> elsewhere = Set.of("FunctionErrorsCounted", "ProcessorTrouble");
    assertThat(filters().keySet().stream().filter(name -> !elsewhere.contains(name)))
        .hasSizeGreaterThan(7)
        .allSatisfy(name -> assertThat(counted(name)).as(name).isNotEmpty());
  }

  @Test
  void eachIsCountedOnce() {
    assertThat(counted("SignaturesRefusedCounted")).as("one of two was signed").hasSize(1);
    assertThat(counted("PaymentsBookedCounted")).hasSize(1);
    assertThat(counted("MoneyUnmatchedCounted")).hasSize(1);
    assertThat(counted("MailsWait")).hasSize(1);
  }

  @Test
  void lateWorkIsMeasuredInSecondsOfEveryQueue() {
    List<JsonNode> measured =
        lines.stream().filter(line -> line.path("message").asText().equals("oldest due")).toList();
    assertThat(measured)
        .allSatisfy(line -> assertThat(line.path("seconds").isIntegralNumber()).isTrue());
    assertThat(measured.stream().map(line -> line.path("queue").asText()).distinct())
        .containsExactlyInAnyOrder("PUSHES", "TIMERS", "CHECKOUTS", "ACCOUNTS");
    assertThat(counted("PushesLateMeasured").size() + counted("AsksLateMeasured").size())
        .isEqualTo(measured.size());
    for (String name : List.of("PushesLateMeasured", "AsksLateMeasured")) {
      assertThat(filters().get(name).at("/MetricTransformations/0/MetricValue").asText())
          .isEqualTo("$.seconds");
    }
  }

  @Test
  void whatLambdaReportsIsCountedUnlessItSucceeded() throws IOException {
    String pattern = filters().get("FunctionErrorsCounted").path("FilterPattern").asText();
    for (String status : List.of("error", "timeout", "failure")) {
      assertThat(FilterPattern.matches(pattern, JSON.readTree(REPORT.formatted(status)))).isTrue();
    }
    assertThat(FilterPattern.matches(pattern, JSON.readTree(REPORT.formatted("success"))))
        .isFalse();
    assertThat(lines).noneMatch(line -> FilterPattern.matches(pattern, line));
  }
}
