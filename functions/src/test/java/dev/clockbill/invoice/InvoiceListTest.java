package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Lists of invoices by customer, state and period, as JSON and as CSV. */
@StoppedClock
class InvoiceListTest {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final TestFirm firm = Laptop.firm();
  private final Api csv = firm.staff().with("accept", "text/csv");
  private final String ada = firm.customer("Ada Lovelace");
  private final String grace = firm.customer("=cmd|'/c calc'!A1", "grace@navy.example");

  private String sent(String customer, long amount) {
    String invoiceId = firm.draft(customer, amount);
    firm.send(invoiceId);
    return invoiceId;
  }

  private List<String> listed(String query) {
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = firm.owner().get("/invoices?limit=2" + query + cursor).expect(200);
      assertThat(page.path("invoices").size()).isLessThanOrEqualTo(2);
      found.addAll(page.path("invoices").findValuesAsText("invoiceId"));
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
    } while (cursor != null);
    return found;
  }

  private static List<CSVRecord> rows(Api.Answer page) {
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    assertThat(page.header("content-type").orElseThrow()).startsWith("text/csv");
    try {
      return FORMAT.parse(new StringReader(page.body())).getRecords();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  @Test
  void invoicesAreListedByCustomerStateAndPeriodInAnyCombination() {
    String sentToAda = sent(ada, 100);
    String draftOfAda = firm.draft(ada, 200);
    String sentToGrace = sent(grace, 300);
    String draftOfGrace = firm.draft(grace, 400);
    LocalDate today = LocalDate.parse(firm.invoice(sentToAda).path("issuedOn").asText());
    assertThat(listed(""))
        .containsExactlyInAnyOrder(sentToAda, draftOfAda, sentToGrace, draftOfGrace);
    assertThat(listed("&state=draft")).containsExactlyInAnyOrder(draftOfAda, draftOfGrace);
    assertThat(listed("&state=sent&customerId=" + ada)).containsExactly(sentToAda);
    assertThat(listed("&customerId=" + ada)).containsExactlyInAnyOrder(sentToAda, draftOfAda);
    assertThat(listed("&state=paid")).isEmpty();
    String period = "&from=" + today + "&to=" + today;
    assertThat(listed(period)).hasSize(4);
    assertThat(listed(period + "&state=draft&customerId=" + grace)).containsExactly(draftOfGrace);
    assertThat(listed("&from=" + today.plusDays(1))).isEmpty();
    assertThat(listed("&to=" + today.minusDays(1) + "&customerId=" + ada)).isEmpty();
    assertThat(listed("&state=overdue")).isEmpty();
  }

  @Test
  void whatIsOverdueComesPageByPageToItsEnd() {
    LocalDate tomorrow = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC).plusDays(1);
    List<String> overdue = new ArrayList<>();
    for (int amount = 1; amount <= 7; amount++) {
      String invoiceId = firm.draft(ada, amount);
      firm.owner()
          .ifMatch(1)
          .patch("/invoices/" + invoiceId, Api.json("dueOn", tomorrow.toString()))
          .expect(200);
      firm.owner().post("/invoices/" + invoiceId + "/send", "{}").expect(202);
      overdue.addFirst(invoiceId);
    }
    Laptop.settle();
    assertThat(listed("&state=overdue")).isEmpty();
    Laptop.skip(Duration.ofDays(2));
    assertThat(listed("&state=overdue")).isEqualTo(overdue);
    assertThat(rows(csv.get("/invoices?state=overdue"))).hasSize(7);
  }

  @Test
  void aSearchFindsNumberCustomerAndNotePageByPage() {
    String sentToAda = sent(ada, 100);
    String draftOfAda = firm.draft(ada, 200);
    String noted = firm.draft(grace, 300);
    firm.owner()
        .ifMatch(1)
        .patch("/invoices/" + noted, Api.json("note", "For the Année 2026"))
        .expect(200);
    String number = firm.invoice(sentToAda).path("number").asText();
    assertThat(listed("&search=" + number)).containsExactly(sentToAda);
    assertThat(listed("&search=LOVELACE")).containsExactlyInAnyOrder(sentToAda, draftOfAda);
    assertThat(listed("&search=annee")).containsExactly(noted);
    assertThat(listed("&search=lovelace&state=draft")).containsExactly(draftOfAda);
    assertThat(listed("&search=nobody")).isEmpty();
    assertThat(listed("&search=")).hasSize(3);
    assertThat(firm.owner().get("/invoices?search=" + "x".repeat(201)).word())
        .isEqualTo("invalid-request");
  }

  @Test
  void aListIsSortedPageByPageEitherWay() {
    String small = firm.draft(ada, 100);
    String large = firm.draft(grace, 90_000);
    String middle = firm.draft(ada, 5_000);
    String first = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC).plusDays(9).toString();
    firm.owner().ifMatch(1).patch("/invoices/" + large, Api.json("dueOn", first)).expect(200);
    assertThat(listed("&sort=total&order=asc")).containsExactly(small, middle, large);
    assertThat(listed("&sort=total")).containsExactly(large, middle, small);
    assertThat(listed("&sort=dueOn&order=asc")).startsWith(large);
    assertThat(listed("&sort=dueOn&order=desc")).startsWith(large).hasSize(3);
    assertThat(listed("&sort=customer").getFirst()).isEqualTo(large);
    assertThat(listed("&order=asc")).containsExactly(small, large, middle);
    assertThat(listed("&invoiceIds=" + middle + "," + small)).containsExactly(middle, small);
    assertThat(rows(csv.get("/invoices?sort=total&order=asc&limit=2")))
        .extracting(row -> row.get("total"))
        .containsExactly("100", "5000");
    for (String wrong : List.of("sort=colour", "order=up", "invoiceIds=x", "sort=total&cursor=x")) {
      assertThat(firm.owner().get("/invoices?" + wrong).word())
          .as(wrong)
          .isEqualTo("invalid-request");
    }
  }

  @Test
  void statesAreCountedWithinTheFilters() {
    sent(ada, 100);
    firm.draft(ada, 200);
    firm.draft(grace, 300);
    JsonNode all = firm.staff().get("/invoices/counts").expect(200).path("counts");
    assertThat(all.path("all").asInt()).isEqualTo(3);
    assertThat(all.path("draft").asInt()).isEqualTo(2);
    assertThat(all.path("sent").asInt()).isEqualTo(1);
    for (String trouble : List.of("overdue", "undelivered", "paymentUnderWay")) {
      assertThat(all.path(trouble).asInt(-1)).as(trouble).isZero();
    }
    JsonNode graces =
        firm.staff().get("/invoices/counts?customerId=" + grace).expect(200).path("counts");
    assertThat(graces.path("all").asInt()).isEqualTo(1);
    assertThat(graces.path("draft").asInt()).isEqualTo(1);
    Laptop.skip(Duration.ofDays(40));
    assertThat(
            firm.staff().get("/invoices/counts").expect(200).path("counts").path("overdue").asInt())
        .isEqualTo(1);
    assertThat(firm.staff().get("/invoices/counts?from=soon").word()).isEqualTo("invalid-request");
  }

  @Test
  void whatIsTheMatterWithOpenInvoicesIsCountedAsItIsListed() {
    BilledCustomer payer = BilledCustomer.sent(firm);
    BilledCustomer.outcome(payer.openCheckout(), "processing", false);
    BilledCustomer away = BilledCustomer.sent(firm);
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    Laptop.settle();
    JsonNode counts = firm.owner().get("/invoices/counts").expect(200).path("counts");
    assertThat(counts.path("paymentUnderWay").asInt()).isEqualTo(1);
    assertThat(counts.path("undelivered").asInt()).isEqualTo(1);
    assertThat(counts.path("sent").asInt()).isEqualTo(2);
    assertThat(listed("&state=paymentUnderWay")).containsExactly(payer.invoiceId());
    assertThat(listed("&state=undelivered")).containsExactly(away.invoiceId());
    String path = "/invoices/counts?customerId=" + payer.customerId();
    assertThat(firm.owner().get(path).expect(200).at("/counts/undelivered").asInt(-1)).isZero();
  }

  @Test
  void theLastDayOfAllSetsNoBound() {
    String draft = firm.draft(ada, 100);
    assertThat(listed("&to=9999-12-31")).containsExactly(draft);
  }

  @Test
  void aCsvHasAmountsAsTheApiAndAsPeopleWriteThemAndNoFormula() {
    String invoiceId = sent(grace, 123_450);
    List<CSVRecord> rows = rows(csv.get("/invoices"));
    assertThat(rows).hasSize(1);
    CSVRecord row = rows.getFirst();
    JsonNode invoice = firm.invoice(invoiceId);
    assertThat(row.get("invoiceId")).isEqualTo(invoiceId);
    assertThat(row.get("number")).isEqualTo(invoice.path("number").asText());
    assertThat(row.get("state")).isEqualTo("sent");
    assertThat(row.get("overdue")).isEqualTo("false");
    assertThat(row.get("issuedOn")).isEqualTo(invoice.path("issuedOn").asText());
    assertThat(row.get("customerName")).isEqualTo("'=cmd|'/c calc'!A1");
    assertThat(row.get("total")).isEqualTo("123450");
    assertThat(row.get("totalDecimal")).isEqualTo("1234.50");
    assertThat(row.get("amountDueDecimal")).isEqualTo("1234.50");
    assertThat(row.get("discountDecimal")).isEqualTo("0.00");
  }

  @Test
  void aCsvHasWhatAnInvoiceSaysOfItsCustomerAndWhetherItWasHandedOver() {
    String mailed = sent(ada, 100);
    firm.owner()
        .patch(
            "/customers/" + grace,
            Api.json(
                "email", null, "reference", "+PO-1", "taxId", "DE123456788", "taxExempt", true))
        .expect(200);
    String paper = firm.draft(grace, 200);
    firm.send(paper);
    assertThat(csvRow(paper).get("onPaper")).isEqualTo("true");
    assertThat(csvRow(paper).get("handedOverAt")).isEmpty();
    String handedOverAt =
        firm.owner()
            .post("/invoices/" + paper + "/handed-over", "{}")
            .expect(200)
            .at("/paper/handedOverAt")
            .asText();
    CSVRecord row = csvRow(paper);
    assertThat(row.get("customerReference")).isEqualTo("'+PO-1");
    assertThat(row.get("customerTaxId")).isEqualTo("DE123456788");
    assertThat(row.get("customerTaxExempt")).isEqualTo("true");
    assertThat(row.get("handedOverAt")).isEqualTo(handedOverAt);
    assertThat(csvRow(mailed).toList().subList(24, 29))
        .containsExactly("", "", "false", "false", "");
  }

  private CSVRecord csvRow(String invoiceId) {
    return rows(csv.get("/invoices?invoiceIds=" + invoiceId)).getFirst();
  }

  @Test
  void csvComesPageByPageWithTheFiltersOfTheList() {
    for (int made = 0; made < 5; made++) {
      firm.draft(ada, made + 1);
    }
    firm.draft(grace, 9);
    List<String> amounts = new ArrayList<>();
    String path = "/invoices?limit=2&state=draft&customerId=" + ada;
    int pages = 0;
    while (path != null) {
      Api.Answer page = csv.get(path);
      rows(page).forEach(row -> amounts.add(row.get("total")));
      path = page.header("link").map(link -> link.replaceAll("^<|>.*$", "")).orElse(null);
      pages++;
    }
    assertThat(amounts).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    assertThat(pages).isBetween(3, 4);
  }

  @Test
  void jsonIsGivenUnlessCsvIsAskedForFirst() {
    for (String accept : List.of("*/*", "application/json", "application/json, text/csv")) {
      assertThat(firm.owner().with("accept", accept).get("/invoices").expect(200).path("next"))
          .isNotNull();
    }
    Api.Answer csvFirst = firm.owner().with("accept", "text/csv;q=1, */*").get("/invoices");
    assertThat(csvFirst.body()).startsWith("number,state,").endsWith("\r\n");
  }

  @Test
  void wrongPagesOfCsvAreRefused() {
    for (String query :
        List.of(
            "limit=0",
            "limit=5001",
            "cursor=x",
            "state=lost",
            "from=x",
            "state=overdue&cursor=x")) {
      assertThat(csv.get("/invoices?" + query).word()).as(query).isEqualTo("invalid-request");
    }
    assertThat(firm.owner().get("/invoices?limit=101").status()).isEqualTo(400);
    assertThat(rows(csv.get("/invoices?limit=5000"))).isEmpty();
  }
}
