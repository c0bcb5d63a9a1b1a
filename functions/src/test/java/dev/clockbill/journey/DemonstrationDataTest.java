package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the demonstration data shows of a firm, as those find it who start the stack first. */
@OnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemonstrationDataTest {
  private Stack stack;
  private Api priya;
  private List<JsonNode> invoices;

  @BeforeAll
  void start() {
    stack = Stack.start(Settings.read(Project.path("functions/src/local/stack.yaml")));
    Api nobody = Api.at(stack.base());
    JsonNode login = nobody.post("/_local/token", Api.json("user", "priya")).expect(200);
    priya = nobody.as(login.path("token").asText());
    invoices =
        list(priya.get("/invoices?limit=100").expect(200).path("invoices"))
            .map(summary -> priya.get("/invoices/" + id(summary, "invoiceId")).expect(200))
            .toList();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  private static Stream<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String id(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private List<JsonNode> invoices(Predicate<JsonNode> which) {
    return invoices.stream().filter(which).toList();
  }

  private List<JsonNode> of(String customer) {
    return invoices(invoice -> invoice.at("/customer/name").asText().equals(customer));
  }

  private List<JsonNode> entries(String filter) {
    return list(priya.get("/time-entries?limit=100" + filter).expect(200).path("timeEntries"))
        .toList();
  }

  @Test
  void itEndsAtThePresentAndTouchesOnlyWhatIsEachFirmsOwn() {
    assertThat(Duration.between(stack.clock().instant(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(stack.partitions().strays()).isEmpty();
    assertThat(
            list(Api.at(stack.base()).get("/_local/executions").expect(200).path("executions"))
                .map(execution -> execution.path("status").asText()))
        .isSubsetOf("RUNNING", "SUCCEEDED");
  }

  @Test
  void invoicesAreInEveryStateThatAPersonLooksAfter() {
    assertThat(invoices)
        .extracting(invoice -> invoice.path("state").asText())
        .contains("draft", "sent", "paid", "undeliverable");
    assertThat(invoices(invoice -> invoice.path("overdue").asBoolean())).isNotEmpty();
    assertThat(invoices(invoice -> invoice.at("/delivery/status").asText().equals("bounced")))
        .isNotEmpty();
  }

  @Test
  void oneInvoiceIsGroupedByServiceAndOneByPerson() {
    JsonNode byService = grouped("service");
    assertThat(byService.path("number").isNull()).isFalse();
    assertThat(byService.path("lines").findValuesAsText("serviceName"))
        .contains("Bookkeeping", "Payroll", "Annual return")
        .hasSizeGreaterThan(3);
    JsonNode byPerson = grouped("staff");
    assertThat(byPerson.path("state").asText()).isEqualTo("draft");
    assertThat(byPerson.path("lines").findValuesAsText("staffName"))
        .contains("Priya Hollis", "Sam Reed", "Noor Haddad")
        .hasSizeGreaterThan(3);
  }

  private JsonNode grouped(String by) {
    List<JsonNode> found = invoices(invoice -> invoice.path("grouping").asText().equals(by));
    assertThat(found).as("grouped by " + by).hasSize(1);
    return found.getFirst();
  }

  @Test
  void theBillingDayHasMadeDraftsThatWait() {
    JsonNode newest = priya.get("/billing-runs?limit=1").expect(200).at("/billingRuns/0");
    JsonNode run = priya.get("/billing-runs/" + id(newest, "runId")).expect(200);
    assertThat(run.path("monthly").asBoolean()).isTrue();
    assertThat(run.path("state").asText()).isEqualTo("ready");
    LocalDate upTo = LocalDate.parse(run.path("upTo").asText());
    assertThat(priya.get("/firm").expect(200).at("/invoicing/billingDay").asInt())
        .isEqualTo(upTo.getDayOfMonth());
    List<JsonNode> drafts = list(run.path("drafts")).toList();
    assertThat(drafts)
        .extracting(draft -> draft.path("customerName").asText())
        .containsExactly(
            "Casa Verde Community Garden",
            "Delgado Hardware",
            "Tanaka Robotics",
            "Whitfield Family Office");
    assertThat(drafts).allMatch(draft -> draft.path("fate").asText().equals("waits"));
    assertThat(drafts.getLast().path("problems").toString()).contains("time-unconfirmed");
    assertThat(drafts.subList(0, 3)).allMatch(draft -> draft.path("problems").isEmpty());
    // What was worked since waits for the next one.
    JsonNode unbilled = priya.get("/billing-runs/unbilled").expect(200).path("customers");
    assertThat(unbilled).anyMatch(customer -> customer.path("collects").asBoolean());
    assertThat(unbilled).anyMatch(customer -> customer.path("overlapping").asInt() > 0);
  }

  @Test
  void oneCheckoutHasPaidTwoInvoicesOfACustomerWhoHasMoreToPay() {
    List<JsonNode> together =
        invoices(
            invoice -> invoice.path("history").toString().contains("one payment for 2 invoices"));
    assertThat(together).hasSize(2);
    assertThat(together).allMatch(invoice -> invoice.path("state").asText().equals("paid"));
    String customer = together.getFirst().at("/customer/customerId").asText();
    JsonNode statement = priya.get("/customers/" + customer + "/statement").expect(200);
    assertThat(statement.path("open")).hasSize(2);
    assertThat(statement.path("closed")).hasSize(2);
    assertThat(statement.at("/latest/delivery").asText()).isEqualTo("delivered");
  }

  @Test
  void anInvoiceOnPaperWasHandedOver() {
    List<JsonNode> onPaper = invoices(invoice -> invoice.path("paper").isObject());
    assertThat(onPaper).hasSize(1);
    assertThat(onPaper.getFirst().at("/paper/handedOverAt").isTextual()).isTrue();
    assertThat(onPaper.getFirst().path("state").asText()).isEqualTo("paid");
    assertThat(onPaper.getFirst().at("/payments/0/method").asText()).isEqualTo("Check");
  }

  @Test
  void oneMailWentToACustomerAndToTheirContact() {
    JsonNode mailed =
        of("Tanaka Robotics").stream()
            .filter(invoice -> invoice.path("number").isTextual())
            .findFirst()
            .orElseThrow();
    assertThat(mailed.at("/delivery/recipients").findValuesAsText("email"))
        .containsExactly("finance@tanakarobotics.example", "kenji.mori@tanakarobotics.example");
    assertThat(mailed.at("/customer/termsDays").asInt()).isEqualTo(30);
    assertThat(mailed.at("/customer/reference").asText()).isEqualTo("PO-2291");
  }

  @Test
  void aCustomerWhoIsExemptPaysNoTaxes() {
    List<JsonNode> exempt = of("Casa Verde Community Garden");
    assertThat(exempt).extracting(each -> each.path("state").asText()).contains("paid", "draft");
    assertThat(exempt)
        .allMatch(invoice -> invoice.path("taxes").isEmpty())
        .allMatch(invoice -> invoice.at("/customer/taxExempt").asBoolean())
        .allMatch(invoice -> invoice.path("total").asLong() > 0);
  }

  @Test
  void aReturnIsBilledTwiceByItsPriceAndTheTimeOnItIsKept() {
    assertThat(invoices)
        .flatExtracting(invoice -> list(invoice.path("lines")).toList())
        .anyMatch(
            line ->
                line.path("quantity").asText().equals("2")
                    && line.path("serviceName").asText().equals("Annual return")
                    && line.path("amount").asLong() == 2 * 145_000);
    assertThat(entries("&state=nonBillable"))
        .extracting(entry -> entry.path("serviceName").asText())
        .contains("Annual return", "Office and training", "Payroll");
  }

  @Test
  void anHourCostsWhatCustomerPersonOrServiceSay() {
    assertThat(entries(""))
        .extracting(entry -> entry.path("rateSource").asText())
        .contains("customer", "staff", "service");
    assertThat(entries(""))
        .filteredOn(entry -> entry.path("serviceName").asText().equals("Tax Resolution"))
        .extracting(entry -> entry.path("hourlyRate").asLong())
        .contains(25_000L, 23_500L, 19_500L);
  }
}
