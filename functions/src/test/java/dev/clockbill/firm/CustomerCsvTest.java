package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The CSV of customers, and the same file as an import. */
@OnStack
class CustomerCsvTest {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final TestFirm firm = Laptop.firm();

  private String add(Object... fields) {
    return firm.owner()
        .post("/customers", Api.json(fields))
        .expect(201)
        .path("customerId")
        .asText();
  }

  private static String csv(TestFirm of, String query) {
    Api.Answer page = of.staff().with("accept", "text/csv").get("/customers" + query);
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    assertThat(page.header("content-type").orElseThrow()).startsWith("text/csv");
    return page.body();
  }

  private static List<CSVRecord> rows(String csv) {
    try {
      return FORMAT.parse(new StringReader(csv)).getRecords();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static JsonNode brought(TestFirm into, String csv) {
    return into.owner().post("/imports/customers", "text/csv", csv).expect(200);
  }

  private static String withoutIds(String csv) {
    return csv.replaceAll("[0-7][0-9A-HJKMNP-TV-Z]{25}", "(id)");
  }

  /** Customers of every kind; the services are made in another order than that of their names. */
  private void everyKind() {
    String tax = firm.service("Tax; Resolution", 25_000);
    String payroll = firm.service("Payroll, \"monthly\"", 9_000);
    add(
        "name", "=Hopper & Söhne, \"株\"",
        "email", "grace@navy.example",
        "phone", "+49 40 5550134",
        "postal",
            Json.object("street", "-1 Way", "street2", "Floor 2", "city", "Bern", "country", "CH"),
        "reference", "PO-4711",
        "taxId", "CHE-123.456.789",
        "taxExempt", true,
        "termsDays", 0,
        "billing", "onStop",
        "sendAutomatically", true,
        "note", "Pays late:\n- in May\r\n'- in June",
        "rates", Map.of(tax, 0, payroll, 12_345));
    add(
        "name", "Ada Lovelace",
        "email", "ada@b.example",
        "address", "12 St James Square\nLondon",
        "postal", Json.object("city", "London", "region", "x", "postalCode", "N1", "country", "GB"),
        "billing", "collect",
        "contacts",
            IntStream.range(0, 10)
                .mapToObj(
                    at ->
                        Json.object(
                            "name",
                            at == 3 ? null : "Mia " + at,
                            "email",
                            "mia" + at + "@b.example",
                            "gets",
                            at == 4
                                ? List.of()
                                : List.of("invoice", "reminder").subList(0, at % 3)))
                .toList());
    add("name", "ada lovelace", "email", "other@b.example", "termsDays", 14);
    add("name", "Paper Mill");
    String retired = add("name", "Retired", "email", "r@b.example");
    firm.owner().patch("/customers/" + retired, "{\"active\":false}").expect(200);
  }

  @Test
  void whatComesOutOfOneFirmGoesIntoAnotherAndComesOutTheSame() {
    everyKind();
    String csv = csv(firm, "");
    assertThat(rows(csv)).hasSize(5);
    TestFirm other = Laptop.firm();
    String services = firm.owner().with("accept", "text/csv").get("/services").body();
    other.owner().post("/imports/services", "text/csv", services).expect(200);
    JsonNode answer = brought(other, csv);
    assertThat(answer.path("lines").findValuesAsText("fate")).hasSize(5).containsOnly("created");
    assertThat(withoutIds(csv(other, ""))).isEqualTo(withoutIds(csv));
    JsonNode here = firm.owner().get("/customers").expect(200).path("customers");
    JsonNode there = other.owner().get("/customers").expect(200).path("customers");
    for (String field :
        List.of("name", "address", "postal", "phone", "note", "contacts", "billing", "active")) {
      assertThat(there.findValues(field)).as(field).isEqualTo(here.findValues(field));
    }
  }

  @Test
  void intoTheFirmThatItIsFromItBringsNothing() {
    everyKind();
    String csv = csv(firm, "");
    JsonNode answer = brought(firm, csv);
    assertThat(answer.path("lines").findValuesAsText("fate")).hasSize(5).containsOnly("unchanged");
    assertThat(answer.path("lines").findValues("hint")).isEmpty();
    assertThat(csv(firm, "")).isEqualTo(csv);
    JsonNode moved = brought(firm, csv.replace("collect", "on Stop").replace("PO-4711", "PO-1"));
    assertThat(moved.path("lines").findValuesAsText("field"))
        .containsExactlyInAnyOrder("billing", "reference");
  }

  @Test
  void itHasTheFieldsOfACustomer() {
    everyKind();
    List<CSVRecord> rows = rows(csv(firm, ""));
    assertThat(rows)
        .extracting(row -> row.get("name"))
        .containsExactly(
            "'=Hopper & Söhne, \"株\"", "Ada Lovelace", "ada lovelace", "Paper Mill", "Retired");
    CSVRecord grace = rows.getFirst();
    assertThat(grace.get("phone")).isEqualTo("'+49 40 5550134");
    assertThat(grace.get("address")).isEmpty();
    assertThat(grace.get("street")).isEqualTo("'-1 Way");
    assertThat(grace.get("country")).isEqualTo("CH");
    assertThat(grace.get("reference")).isEqualTo("PO-4711");
    assertThat(grace.get("taxId")).isEqualTo("CHE-123.456.789");
    assertThat(grace.get("taxExempt")).isEqualTo("true");
    assertThat(grace.get("termsDays")).isEqualTo("0");
    assertThat(grace.get("billing")).isEqualTo("onStop");
    assertThat(grace.get("hourlyRateDecimal:Tax; Resolution")).isEqualTo("0.00");
    assertThat(grace.get("hourlyRateDecimal:Payroll, \"monthly\"")).isEqualTo("123.45");
    CSVRecord ada = rows.get(1);
    assertThat(ada.get("address")).isEqualTo("12 St James Square\nLondon");
    assertThat(ada.get("city")).isEqualTo("London");
    assertThat(ada.get("contact 3 email")).isEqualTo("mia2@b.example");
    assertThat(ada.get("contact 3 gets")).isEqualTo("invoice, reminder");
    assertThat(ada.get("contact 5 gets")).isEqualTo("nothing");
    assertThat(ada.get("contact 10 name")).isEqualTo("Mia 9");
    assertThat(rows.get(3).get("email")).isEmpty();
    assertThat(rows.get(4).get("active")).isEqualTo("false");
  }

  @Test
  void itComesPageByPageWithTheFiltersOfTheList() {
    everyKind();
    Api api = firm.owner().with("accept", "text/csv");
    List<String> names = new ArrayList<>();
    String path = "/customers?limit=2&active=true";
    int pages = 0;
    while (path != null) {
      Api.Answer page = api.get(path);
      rows(page.body()).forEach(row -> names.add(row.get("name")));
      path = page.header("link").map(link -> link.replaceAll("^<|>.*$", "")).orElse(null);
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(names).hasSize(4).doesNotContain("Retired").doesNotHaveDuplicates();
    assertThat(rows(csv(firm, "?search=lovelace"))).hasSize(2);
    for (String wrong :
        List.of("limit=0", "limit=5001", "cursor=x", "active=perhaps", "sums=maybe")) {
      assertThat(api.get("/customers?" + wrong).word()).as(wrong).isEqualTo("invalid-request");
    }
  }

  @Test
  void aServiceThatSharesItsNameHasNoColumn() {
    firm.service("Twice", 1);
    firm.service("TWICE", 2);
    firm.service("Once", 3);
    assertThat(csv(firm, "").lines().findFirst().orElseThrow())
        .endsWith("contact 10 gets,hourlyRateDecimal:Once");
  }
}
