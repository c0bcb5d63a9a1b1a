package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnStack
class CustomersTest {
  private final TestFirm firm = Laptop.firm();

  @Test
  void staffMayMakeReadAndChangeACustomer() {
    JsonNode made = make("Lakeview Bakery", "books@lakeview.example");
    assertThat(made.path("active").asBoolean()).isTrue();
    assertThat(made.path("sendAutomatically").asBoolean()).isFalse();
    assertThat(made.path("rates")).isEmpty();
    String path = "/customers/" + made.path("customerId").asText();
    Api.Answer read = firm.staff().get(path);
    assertThat(read.expect(200)).isEqualTo(made);
    assertThat(read.header("etag")).contains("\"1\"");
    JsonNode changed =
        firm.staff()
            .ifMatch(1)
            .patch(path, "{\"address\":\"2210 N Halsted Street\\nChicago\",\"active\":false}")
            .expect(200);
    assertThat(changed.path("version").asInt()).isEqualTo(2);
    assertThat(changed.path("address").asText()).contains("\n");
    assertThat(firm.staff().ifMatch(1).patch(path, "{\"name\":\"x\"}").status()).isEqualTo(412);
    assertThat(firm.staff().get(path).json()).isEqualTo(changed);
  }

  @Test
  void anOrderNumberAndATaxNumberAreFrozenOntoTheirInvoices() {
    String path = "/customers/" + make("Ada", "ada@b.example").path("customerId").asText();
    JsonNode changed =
        firm.staff()
            .patch(path, "{\"reference\":\" PO-7 \",\"taxId\":\"de 123 456 789\"}")
            .expect(200);
    assertThat(changed.path("reference").asText()).isEqualTo("PO-7");
    String invoiceId =
        firm.time(changed.path("customerId").asText(), firm.service("Tax", 25_000), 60)
            .path("invoiceId")
            .asText();
    firm.staff().patch(path, "{\"taxId\":\"ATU12345675\"}").expect(200);
    JsonNode sent = firm.send(invoiceId).path("customer");
    assertThat(sent.path("reference").asText()).isEqualTo("PO-7");
    assertThat(sent.path("taxId").asText()).isEqualTo("ATU12345675");
    JsonNode emptied = firm.staff().patch(path, "{\"reference\":\"\",\"taxId\":null}").expect(200);
    assertThat(emptied.path("reference").isNull()).isTrue();
    assertThat(emptied.path("taxId").isNull()).isTrue();
    assertThat(firm.invoice(invoiceId).path("customer")).isEqualTo(sent);
    assertThat(firm.staff().patch(path, Api.json("reference", "x".repeat(201))).word())
        .isEqualTo("invalid-request");
  }

  @Test
  void whatIsKnownOfACustomerIsKeptMergedAndClearedByNull() {
    JsonNode made =
        firm.staff()
            .post(
                "/customers",
                """
                {"name": "Nordlicht Solar", "email": "office@nordlicht.example",
                 "phone": "+49 40 5550134", "taxId": "123 456 789", "taxExempt": true,
                 "termsDays": 30, "note": "Calls on\\nMondays",
                 "postal": {"street": "Hafenstraße 12", "city": "Hamburg", "postalCode": "20457",
                            "country": "DE"}}
                """)
            .expect(201);
    String path = "/customers/" + made.path("customerId").asText();
    assertThat(firm.staff().get(path).json()).isEqualTo(made);
    assertThat(made.path("address").asText()).isEqualTo("Hafenstraße 12\n20457 Hamburg\nGermany");
    assertThat(made.path("taxId").asText()).isEqualTo("DE123456789");
    assertThat(made.path("phone").asText()).isEqualTo("+49 40 5550134");
    assertThat(made.path("taxExempt").asBoolean()).isTrue();
    assertThat(made.path("termsDays").asInt()).isEqualTo(30);
    assertThat(made.path("note").asText()).isEqualTo("Calls on\nMondays");
    JsonNode again =
        firm.staff().patch(path, Api.json("address", made.path("address").asText())).expect(200);
    assertThat(again).as("what is made of the parts is nobody's own").isEqualTo(made);
    JsonNode moved = firm.staff().patch(path, "{\"postal\":{\"city\":\"Bremen\"}}").expect(200);
    assertThat(moved.path("address").asText()).isEqualTo("Hafenstraße 12\n20457 Bremen\nGermany");
    JsonNode own = firm.staff().patch(path, "{\"address\":\"Postfach 1\"}").expect(200);
    assertThat(own.path("address").asText()).isEqualTo("Postfach 1");
    JsonNode cleared =
        firm.staff()
            .patch(
                path,
                """
                {"postal": null, "address": null, "phone": null, "taxId": null, "termsDays": null,
                 "note": null, "taxExempt": false}
                """)
            .expect(200);
    for (String empty : List.of("address", "phone", "taxId", "termsDays", "note")) {
      assertThat(cleared.path(empty).isNull()).as(empty).isTrue();
    }
    assertThat(cleared.path("postal")).hasSize(6).allMatch(JsonNode::isNull);
    assertThat(cleared.path("taxExempt").asBoolean(true)).isFalse();
  }

  @Test
  void ratesAreMergedByServiceAndNullTakesOneAway() {
    String tax = service("Tax");
    String payroll = service("Payroll");
    JsonNode made =
        firm.owner()
            .post(
                "/customers",
                "{\"name\":\"A\",\"email\":\"a@b.example\",\"rates\":{\"%s\":22000}}"
                    .formatted(tax))
            .expect(201);
    String path = "/customers/" + made.path("customerId").asText();
    assertThat(rates(path, "{\"rates\":{\"%s\":0}}".formatted(payroll)))
        .isEqualTo("{\"%s\":22000,\"%s\":0}".formatted(tax, payroll));
    assertThat(rates(path, "{\"rates\":{\"%s\":null}}".formatted(tax)))
        .isEqualTo("{\"%s\":0}".formatted(payroll));
    assertThat(rates(path, "{\"rates\":null}")).isEqualTo("{}");
  }

  @Test
  void everyWrongFieldIsRefusedByItsPathAndNothingIsWritten() {
    String others =
        Laptop.firm()
            .owner()
            .post("/services", "{\"name\":\"Tax\",\"hourlyRate\":1}")
            .expect(201)
            .path("serviceId")
            .asText();
    String own = service("Tax");
    for (List<String> wrong :
        List.of(
            List.of("'name':'A','contacts':[{}]", "contacts[0].email"),
            List.of("'email':'a@b.example'", "name"),
            List.of("'name':'','email':'a@b.example'", "name"),
            List.of("'name':'A','email':'a@b.example','taxId':'DE12345678'", "taxId"),
            List.of("'name':'A','email':'a@b.example','phone':'call me'", "phone"),
            List.of("'name':'A','email':'a@b.example','termsDays':366", "termsDays"),
            List.of("'name':'A','email':'a@b.example','termsDays':-1", "termsDays"),
            List.of("'name':'A','email':'a@b.example','taxExempt':'no'", "taxExempt"),
            List.of("'name':'A','email':'a@b.example','postal':{'country':'UK'}", "postal.country"),
            List.of("'name':'A','email':'a@b'", "email"),
            List.of("'name':'A','email':'a b@c.example'", "email"),
            List.of("'name':'A','email':'a.@c.example'", "email"),
            List.of("'name':'A','email':'a..b@c.example'", "email"),
            List.of("'name':'A','email':'a@b.example','address':1", "address"),
            List.of("'name':'A','email':'a@b.example','rates':[]", "rates"),
            List.of("'name':'A','email':'a@b.example','rates':{'x':1}", "rates.x"),
            List.of(
                "'name':'A','email':'a@b.example','rates':{'" + others + "':1}", "rates." + others),
            List.of("'name':'A','email':'a@b.example','rates':{'" + own + "':-1}", "rates." + own),
            List.of("'name':'A','email':'a@b.example','rates':{'" + own + "':'9'}", "rates." + own),
            List.of("'name':'A','email':'a@b.example','sendAutomatically':1", "sendAutomatically"),
            List.of("'name':'A','email':'a@b.example','active':true", "active"))) {
      Api.Answer refused =
          firm.owner().post("/customers", "{" + wrong.getFirst().replace('\'', '"') + "}");
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.json().path("errors").findValuesAsText("field"))
          .as(refused.toString())
          .containsExactly(wrong.getLast());
    }
    assertThat(firm.owner().get("/customers").expect(200).path("customers")).isEmpty();
  }

  @Test
  void aSearchIgnoresCaseAndAccentsInNamesAndAddresses() {
    make("Étoile du Nord", "hello@north.example");
    make("José Álvarez & Sons", "office@sons.example");
    make("Bäckerei Groß", "info@baecker.example");
    assertThat(found("etoile")).containsExactly("Étoile du Nord");
    assertThat(found("JOSE ALV")).containsExactly("José Álvarez & Sons");
    assertThat(found("gross")).containsExactly("Bäckerei Groß");
    assertThat(found("Bäckerei")).containsExactly("Bäckerei Groß");
    assertThat(found("NORTH.EX")).containsExactly("Étoile du Nord");
    assertThat(found("%")).isEmpty();
    assertThat(found("")).hasSize(3);
    assertThat(found("e"))
        .containsExactly("Bäckerei Groß", "Étoile du Nord", "José Álvarez & Sons");
  }

  @Test
  void aRenamedCustomerMovesInTheList() {
    String path = "/customers/" + make("Alpha", "a@b.example").path("customerId").asText();
    make("Beta", "a@b.example");
    firm.owner().patch(path, "{\"name\":\"Zeta\"}").expect(200);
    assertThat(found("")).containsExactly("Beta", "Zeta");
    assertThat(found("alpha")).isEmpty();
  }

  @Test
  void hundredAndTwentyCustomersComePageByPageByName() {
    for (int number = 0; number < 120; number++) {
      make("Client %03d".formatted((number * 77) % 120), "c" + number + "@mail.example");
    }
    List<String> all = pages("/customers?limit=50", List.of(50, 50, 20));
    assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(120);
    assertThat(pages("/customers?limit=60", List.of(60, 60))).isEqualTo(all);
    assertThat(pages("/customers?limit=5&search=client%2001", List.of(5, 5))).hasSize(10);
    assertThat(firm.owner().get("/customers").json().path("customers")).hasSize(50);
  }

  @Test
  void wrongListsAreRefused() {
    TestFirm other = Laptop.firm();
    for (int number = 0; number < 2; number++) {
      other.owner().post("/customers", "{\"name\":\"A\",\"email\":\"a@b.example\"}").expect(201);
    }
    String foreign = other.owner().get("/customers?limit=1").expect(200).path("next").asText();
    for (String query :
        List.of(
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=x",
            "limit=",
            "limit=1.5",
            "cursor=x",
            "cursor=e30",
            "cursor=" + foreign,
            "search=" + "x".repeat(201))) {
      assertThat(firm.owner().get("/customers?" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void otherFirmsDoNotFindACustomer() {
    String path = "/customers/" + make("Alpha", "a@b.example").path("customerId").asText();
    TestFirm other = Laptop.firm();
    assertThat(other.owner().get(path).word()).isEqualTo("customer-not-found");
    assertThat(other.owner().patch(path, "{\"name\":\"Mine\"}").status()).isEqualTo(404);
    assertThat(other.owner().get("/customers").expect(200).path("customers")).isEmpty();
    assertThat(firm.owner().get("/customers/01").status()).isEqualTo(404);
    assertThat(firm.owner().get(path).expect(200).path("name").asText()).isEqualTo("Alpha");
  }

  @Test
  void oneKeyMakesOneCustomer() {
    Api keyed = firm.owner().with("idempotency-key", "a");
    String body = "{\"name\":\"A\",\"email\":\"a@b.example\"}";
    assertThat(keyed.post("/customers", body).expect(201))
        .isEqualTo(keyed.post("/customers", body).expect(201));
    assertThat(firm.owner().get("/customers").expect(200).path("customers")).hasSize(1);
  }

  private JsonNode make(String name, String email) {
    return firm.staff().post("/customers", Api.json("name", name, "email", email)).expect(201);
  }

  private String service(String name) {
    return firm.owner()
        .post("/services", Api.json("name", name, "hourlyRate", 25000))
        .expect(201)
        .path("serviceId")
        .asText();
  }

  private String rates(String path, String change) {
    assertThat(firm.owner().patch(path, change).expect(200).path("rates"))
        .isEqualTo(firm.owner().get(path).expect(200).path("rates"));
    return firm.owner().get(path).expect(200).path("rates").toString();
  }

  private List<String> found(String search) {
    String query = URLEncoder.encode(search, StandardCharsets.UTF_8);
    return firm.owner()
        .get("/customers?search=" + query)
        .expect(200)
        .path("customers")
        .findValuesAsText("name");
  }

  private List<String> pages(String path, List<Integer> sizes) {
    List<String> names = new ArrayList<>();
    String cursor = "";
    for (int size : sizes) {
      JsonNode page = firm.owner().get(path + cursor).expect(200);
      assertThat(page.path("customers")).hasSize(size);
      names.addAll(page.path("customers").findValuesAsText("name"));
      cursor = "&cursor=" + page.path("next").asText();
    }
    assertThat(cursor).isEqualTo("&cursor=null");
    return names;
  }
}
