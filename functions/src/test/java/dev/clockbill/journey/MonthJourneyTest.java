package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A firm's month, from outside: four people at three rates work for three customers, one of whom is
 * exempt from taxes, one has two recipients and one is billed on paper. Some of the time is not
 * billed and some is on a return at a fixed price. A run on the last day bills the month, one
 * checkout pays two invoices, and a statement says what is left. Whatever Clockbill adds up, the
 * test adds up as well.
 */
@StoppedClock
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonthJourneyTest {
  private static final int ENTRIES = 160;
  private static final long TAX_PERCENT = 8;
  private static final long RETURN_PRICE = 45_000;

  private final Random chance = new Random(14);
  private final List<Worked> worked = new ArrayList<>();
  private final Map<String, String> drafts = new LinkedHashMap<>();

  private TestFirm firm;
  private LocalDate first;
  private LocalDate last;
  private String advice;
  private String books;
  private String office;
  private String taxReturn;
  private String exempt;
  private String two;
  private String paper;
  private String run;
  private String earlier;
  private String earliest;

  /**
   * Time as it was entered.
   *
   * @param billable whether it is to be billed
   * @param rate what an hour of it costs by the firm's rates, minor units
   */
  private record Worked(
      String customer, String service, int person, long minutes, boolean billable, long rate) {
    long amount() {
      return billable
          ? BigDecimal.valueOf(minutes * rate)
              .divide(BigDecimal.valueOf(60), 0, RoundingMode.HALF_UP)
              .longValueExact()
          : 0;
    }
  }

  @BeforeAll
  void open() {
    firm = Laptop.firm(Api.json("payments", "ready", "staff", 3, "timeZone", "UTC"));
    LocalDate today = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC);
    first = today.withDayOfMonth(1);
    last = today.withDayOfMonth(today.lengthOfMonth());
    Laptop.skipTo(last.atTime(LocalTime.of(18, 0)).toInstant(ZoneOffset.UTC));
    firm.owner()
        .patch(
            "/firm",
            """
            {"invoicing": {"onStop": "collect", "taxes": [{"name": "Sales tax", "ratePercent": "%d"}]}}
            """
                .formatted(TAX_PERCENT))
        .expect(200);
    advice = firm.service("Tax advice", 15_000);
    books = firm.service("Bookkeeping", 9_000);
    office = service("name", "Office", "hourlyRate", 5_000, "billable", false);
    taxReturn = service("name", "Annual return", "kind", "fixed", "fixedPrice", RETURN_PRICE);
    exempt =
        customer("name", "Harbor Mission", "email", "books@mission.example", "taxExempt", true);
    two =
        id(
            firm.owner()
                .post(
                    "/customers",
                    """
                    {"name": "Nordlicht Solar", "email": "office@nordlicht.example", "contacts":
                      [{"name": "Ada Park", "email": "ada@nordlicht.example", "gets": ["invoice"]}]}
                    """),
            "customerId");
    paper = customer("name", "Ibis & Sons");
    // The first owns the firm at $300 an hour, the second has $220 and a price for books of their
    // own; the others work at the services' rates.
    person(0, "{\"hourlyRate\": 30000}");
    person(1, "{\"hourlyRate\": 22000, \"rates\": {\"" + books + "\": 11000}}");
    firm.owner()
        .patch("/customers/" + paper, "{\"rates\": {\"" + advice + "\": 12345}}")
        .expect(200);
  }

  private String service(Object... fields) {
    return id(firm.owner().post("/services", Api.json(fields)), "serviceId");
  }

  private String customer(Object... fields) {
    return id(firm.owner().post("/customers", Api.json(fields)), "customerId");
  }

  private static String id(Answer made, String field) {
    return made.expect(201).path(field).asText();
  }

  private void person(int at, String rates) {
    String staffId = firm.users().get(at).get("/me").expect(200).path("staffId").asText();
    firm.owner().patch("/staff/" + staffId, rates).expect(200);
  }

  /** What an hour costs: the customer's price first, then the person's, then the service's. */
  private long rate(String customer, String service, int person) {
    if (customer.equals(paper) && service.equals(advice)) {
      return 12_345;
    }
    return switch (person) {
      case 0 -> 30_000;
      case 1 -> service.equals(books) ? 11_000 : 22_000;
      default -> service.equals(advice) ? 15_000 : 9_000;
    };
  }

  @Test
  @Order(1)
  void fourPeopleEnterTheirMonth() {
    List<String> customers = List.of(exempt, two, paper);
    for (int at = 0; at < ENTRIES; at++) {
      String customer = customers.get(at % 3);
      int person = chance.nextInt(4);
      String service =
          switch (at % 10) {
            case 0 -> office;
            case 1 -> taxReturn;
            case 2, 3, 4 -> books;
            default -> advice;
          };
      boolean goodwill = at % 13 == 0;
      boolean billable = !goodwill && !service.equals(office) && !service.equals(taxReturn);
      long minutes = 1L + chance.nextInt(240);
      JsonNode entry = enter(customer, service, person, minutes, goodwill);
      Worked one =
          new Worked(
              customer,
              service,
              person,
              minutes,
              billable,
              billable ? rate(customer, service, person) : 0);
      assertThat(entry.path("billable").asBoolean()).isEqualTo(billable);
      assertThat(entry.path("amount").asLong()).as(entry.toString()).isEqualTo(one.amount());
      worked.add(one);
    }
    Laptop.settle();
    assertThat(Laptop.api().get("/_local/executions").expect(200).path("executions")).isEmpty();
    assertThat(count("unbilled")).isEqualTo(worked.stream().filter(Worked::billable).count());
    assertThat(count("nonBillable"))
        .isEqualTo(worked.stream().filter(one -> !one.billable()).count());
  }

  private JsonNode enter(
      String customer, String service, int person, long minutes, boolean goodwill) {
    LocalDate day = first.plusDays(chance.nextInt(last.getDayOfMonth()));
    String fields =
        Api.json(
            "customerId", customer,
            "serviceId", service,
            "workedOn", day.toString(),
            "minutes", minutes);
    String body = goodwill ? fields.replace("}", ",\"billable\":false}") : fields;
    return firm.users().get(person).post("/time-entries", body).expect(201);
  }

  private long count(String state) {
    long found = 0;
    String cursor = "";
    do {
      JsonNode page =
          firm.owner().get("/time-entries?limit=100&state=" + state + cursor).expect(200);
      found += page.path("timeEntries").size();
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
    } while (cursor != null);
    return found;
  }

  private long sum(Predicate<Worked> which) {
    return worked.stream().filter(which).mapToLong(Worked::amount).sum();
  }

  @Test
  @Order(2)
  void aRunOnTheLastDayDraftsTheMonth() {
    run =
        firm.owner()
            .post("/billing-runs", Api.json("upTo", last.toString()))
            .expect(202)
            .path("runId")
            .asText();
    Laptop.settle();
    JsonNode made = firm.owner().get("/billing-runs/" + run).expect(200);
    assertThat(made.path("state").asText()).isEqualTo("ready");
    assertThat(made.path("drafts")).hasSize(3);
    made.path("drafts")
        .forEach(
            draft -> {
              String customer = draft.path("customerId").asText();
              long subtotal = sum(one -> one.customer().equals(customer));
              long total = customer.equals(exempt) ? subtotal : subtotal + tax(subtotal);
              assertThat(draft.path("total").asLong()).isEqualTo(total);
              assertThat(draft.path("fate").asText()).isEqualTo("waits");
              drafts.put(customer, draft.path("invoiceId").asText());
            });
    assertThat(count("unbilled")).isZero();
    assertThat(count("drafted")).isEqualTo(worked.stream().filter(Worked::billable).count());
  }

  private static long tax(long taxable) {
    return BigDecimal.valueOf(taxable * TAX_PERCENT)
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  @Test
  @Order(3)
  void theReturnIsPutOnTheInvoiceByItsPrice() {
    JsonNode draft = firm.invoice(drafts.get(two));
    StringBuilder lines = new StringBuilder("[");
    draft.path("lines").forEach(line -> lines.append(line).append(','));
    lines
        .append("{\"kind\": \"fixed\", \"serviceId\": \"")
        .append(taxReturn)
        .append("\", \"quantity\": \"1.5\"}]");
    JsonNode edited =
        firm.owner()
            .ifMatch(draft.path("version").asLong())
            .patch("/invoices/" + drafts.get(two), "{\"lines\": " + lines + "}")
            .expect(200);
    JsonNode line = edited.path("lines").path(edited.path("lines").size() - 1);
    assertThat(line.path("description").asText()).isEqualTo("Annual return");
    assertThat(line.path("unitAmount").asLong()).isEqualTo(RETURN_PRICE);
    assertThat(line.path("amount").asLong()).isEqualTo(RETURN_PRICE * 3 / 2);
    long subtotal = sum(one -> one.customer().equals(two)) + RETURN_PRICE * 3 / 2;
    assertThat(edited.path("total").asLong()).isEqualTo(subtotal + tax(subtotal));
  }

  @Test
  @Order(4)
  void whatAPersonHasLookedAtIsSent() {
    earliest = firm.draft(two, 33_333);
    earlier = firm.draft(two, 66_667);
    firm.send(earliest);
    firm.send(earlier);
    String ids = String.join("\", \"", drafts.values());
    firm.owner()
        .post("/billing-runs/" + run + "/send", "{\"invoiceIds\": [\"" + ids + "\"]}")
        .expect(202);
    Laptop.settle();
    JsonNode done = firm.owner().get("/billing-runs/" + run).expect(200);
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(done.path("drafts").findValuesAsText("fate")).containsOnly("sent");
    drafts
        .values()
        .forEach(
            invoice -> assertThat(firm.invoice(invoice).path("state").asText()).isEqualTo("sent"));
    assertThat(count("billed")).isEqualTo(worked.stream().filter(Worked::billable).count());
  }

  @Test
  @Order(5)
  void theExemptCustomerPaysNoTaxes() {
    JsonNode invoice = firm.invoice(drafts.get(exempt));
    assertThat(invoice.at("/customer/taxExempt").asBoolean()).isTrue();
    assertThat(invoice.path("taxes")).isEmpty();
    assertThat(invoice.path("total")).isEqualTo(invoice.path("subtotal"));
  }

  @Test
  @Order(5)
  void oneMailGoesToBothRecipients() {
    JsonNode mail =
        firm.mails("invoice").stream()
            .filter(each -> each.at("/tags/invoiceId").asText().equals(drafts.get(two)))
            .findFirst()
            .orElseThrow();
    assertThat(mail.toString()).contains("office@nordlicht.example", "ada@nordlicht.example");
    assertThat(firm.invoice(drafts.get(two)).at("/delivery/recipients").findValuesAsText("email"))
        .containsExactly("office@nordlicht.example", "ada@nordlicht.example");
  }

  @Test
  @Order(5)
  void theInvoiceOnPaperIsPrintedAndHandedOver() {
    String path = "/invoices/" + drafts.get(paper);
    assertThat(firm.mails("invoice"))
        .noneMatch(each -> each.at("/tags/invoiceId").asText().equals(drafts.get(paper)));
    assertThat(new String(firm.owner().bytes(path + "/pdf"), 0, 5, StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
    assertThat(firm.invoice(drafts.get(paper)).at("/paper/handedOverAt").isNull()).isTrue();
    JsonNode handed = firm.owner().post(path + "/handed-over", "{}").expect(200);
    assertThat(handed.at("/paper/handedOverAt").asText()).isNotEmpty();
  }

  @Test
  @Order(6)
  void oneCheckoutPaysTwoOfThreeInvoices() {
    String page =
        firm.owner().post("/customers/" + two + "/client-link").expect(201).path("url").asText();
    Answer shown = Laptop.api().get(page);
    assertThat(shown.status()).isEqualTo(200);
    for (String invoice : List.of(earliest, earlier, drafts.get(two))) {
      assertThat(shown.body()).contains(firm.invoice(invoice).path("number").asText());
    }
    Answer toProcessor =
        Laptop.api()
            .post(
                page + "/checkout",
                "application/x-www-form-urlencoded",
                "invoice=" + earliest + "&invoice=" + drafts.get(two));
    assertThat(toProcessor.status()).isEqualTo(303);
    Laptop.api()
        .post(toProcessor.header("location").orElseThrow(), Api.json("outcome", "paid"))
        .expect(200);
    Laptop.settle();
    assertThat(firm.invoice(earliest).path("state").asText()).isEqualTo("paid");
    assertThat(firm.invoice(drafts.get(two)).path("state").asText()).isEqualTo("paid");
    assertThat(firm.invoice(earlier).path("state").asText()).isEqualTo("sent");
  }

  @Test
  @Order(7)
  void theStatementAddsUpToTheCent() {
    long billed = 0;
    long paid = 0;
    for (String id : List.of(earliest, earlier, drafts.get(two))) {
      JsonNode invoice = firm.invoice(id);
      billed += invoice.path("total").asLong();
      paid += invoice.path("amountPaid").asLong();
    }
    long subtotal = sum(one -> one.customer().equals(two)) + RETURN_PRICE * 3 / 2;
    assertThat(billed)
        .isEqualTo(subtotal + tax(subtotal) + 33_333 + tax(33_333) + 66_667 + tax(66_667));
    JsonNode statement = firm.owner().get("/customers/" + two + "/statement").expect(200);
    assertThat(statement.at("/balances/0/due").asLong()).isEqualTo(billed - paid);
    assertThat(statement.at("/balances/0/due").asLong()).isEqualTo(66_667 + tax(66_667));
    firm.owner().post("/customers/" + two + "/statement", "{}").expect(202);
    Laptop.settle();
    assertThat(firm.mails("statement")).hasSize(1);
  }

  @Test
  @Order(8)
  void theReportsTellBilledTimeFromTheRest() {
    String period = "?from=" + first + "&to=" + last;
    JsonNode rows =
        firm.owner().get("/reports/realisation" + period + "&by=customer").expect(200).path("rows");
    assertThat(sum(rows, "billed")).isEqualTo(sum(one -> true));
    assertThat(sum(rows, "fixedPriceBilled")).isEqualTo(RETURN_PRICE * 3 / 2);
    assertThat(sum(rows, "measuredSeconds")).isEqualTo(seconds(one -> true));
    assertThat(sum(rows, "fixedPriceSeconds"))
        .isEqualTo(seconds(one -> one.service().equals(taxReturn)));
    assertThat(sum(rows, "nonBillableSeconds"))
        .isEqualTo(seconds(one -> !one.billable() && !one.service().equals(taxReturn)));
  }

  private static long sum(JsonNode rows, String name) {
    return rows.findValues(name).stream().mapToLong(JsonNode::asLong).sum();
  }

  private long seconds(Predicate<Worked> which) {
    return worked.stream().filter(which).mapToLong(Worked::minutes).sum() * 60;
  }
}
