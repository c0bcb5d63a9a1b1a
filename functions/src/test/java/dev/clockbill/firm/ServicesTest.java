package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnStack
class ServicesTest {
  private static final String TAX = "{\"name\":\"Tax Resolution\",\"hourlyRate\":25000}";

  private final TestFirm firm = Laptop.firm();

  @Test
  void aServiceIsMadeListedByNameAndRetired() {
    JsonNode tax = firm.owner().post("/services", TAX).expect(201);
    assertThat(tax.path("active").asBoolean()).isTrue();
    assertThat(tax.path("version").asInt()).isEqualTo(1);
    assertThat(tax.path("description").isNull()).isTrue();
    firm.owner().post("/services", "{\"name\":\"écriture\",\"hourlyRate\":0}").expect(201);
    firm.owner().post("/services", "{\"name\":\"Payroll\",\"hourlyRate\":8000}").expect(201);
    String path = "/services/" + tax.path("serviceId").asText();
    Api.Answer retired =
        firm.owner().ifMatch(1).patch(path, "{\"active\":false,\"description\":\"No more\"}");
    assertThat(retired.expect(200).path("active").asBoolean()).isFalse();
    assertThat(retired.header("etag")).contains("\"2\"");
    JsonNode listed = firm.staff().get("/services").expect(200).path("services");
    assertThat(listed.findValuesAsText("name"))
        .containsExactly("écriture", "Payroll", "Tax Resolution");
    assertThat(listed.get(2)).isEqualTo(retired.json());
    assertThat(firm.owner().ifMatch(1).patch(path, "{\"active\":true}").status()).isEqualTo(412);
    assertThat(
            firm.owner()
                .patch(path, "{\"description\":null}")
                .expect(200)
                .path("description")
                .isNull())
        .isTrue();
  }

  @Test
  void aServiceIsBilledByTheHourUnlessItHasAFixedPrice() {
    JsonNode tax = firm.owner().post("/services", TAX).expect(201);
    assertThat(tax.path("billable").asBoolean()).isTrue();
    assertThat(tax.path("kind").asText()).isEqualTo("hourly");
    assertThat(tax.path("fixedPrice").isNull()).isTrue();
    JsonNode made =
        firm.owner()
            .post("/services", "{\"name\":\"Return\",\"kind\":\"fixed\",\"fixedPrice\":75000}")
            .expect(201);
    assertThat(made.path("fixedPrice").asLong()).isEqualTo(75_000);
    assertThat(made.path("hourlyRate").asLong()).isZero();
    String path = "/services/" + tax.path("serviceId").asText();
    assertThat(firm.owner().patch(path, "{\"kind\":\"fixed\"}").status()).isEqualTo(400);
    assertThat(firm.owner().patch(path, "{\"fixedPrice\":1}").status()).isEqualTo(400);
    JsonNode fixed = firm.owner().patch(path, "{\"kind\":\"fixed\",\"fixedPrice\":0}").expect(200);
    assertThat(fixed.path("fixedPrice").asLong()).isZero();
    assertThat(firm.owner().patch(path, "{\"fixedPrice\":null}").status()).isEqualTo(400);
    JsonNode hourly =
        firm.owner().patch(path, "{\"kind\":\"hourly\",\"billable\":false}").expect(200);
    assertThat(hourly.path("fixedPrice").isNull()).isTrue();
    assertThat(hourly.path("billable").asBoolean()).isFalse();
    assertThat(hourly.path("hourlyRate").asLong()).isEqualTo(25_000);
  }

  @Test
  void everyWrongFieldIsRefusedAndNothingIsWritten() {
    for (String wrong :
        List.of(
            "{}",
            "{\"name\":\"A\"}",
            "{\"hourlyRate\":1}",
            "{\"name\":\" \",\"hourlyRate\":1}",
            "{\"name\":\"" + "x".repeat(201) + "\",\"hourlyRate\":1}",
            "{\"name\":\"A\",\"kind\":\"fixed\",\"hourlyRate\":1}",
            "{\"name\":\"A\",\"kind\":\"daily\",\"hourlyRate\":1}",
            "{\"name\":\"A\",\"fixedPrice\":1,\"hourlyRate\":1}",
            "{\"name\":\"A\",\"billable\":\"no\",\"hourlyRate\":1}",
            "{\"name\":\"A\",\"hourlyRate\":-1}",
            "{\"name\":\"A\",\"hourlyRate\":1000000001}",
            "{\"name\":\"A\",\"hourlyRate\":0.5}",
            "{\"name\":\"A\",\"hourlyRate\":\"1\"}",
            "{\"name\":\"A\",\"hourlyRate\":1,\"description\":7}",
            "{\"name\":\"A\",\"hourlyRate\":1,\"description\":\"" + "x".repeat(2001) + "\"}",
            "{\"name\":\"A\",\"hourlyRate\":1,\"active\":true}",
            "{\"name\":\"A\",\"hourlyRate\":1,\"colour\":\"red\"}")) {
      Api.Answer refused = firm.owner().post("/services", wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }
    assertThat(firm.owner().get("/services").expect(200).path("services")).isEmpty();
    String path =
        "/services/" + firm.owner().post("/services", TAX).expect(201).path("serviceId").asText();
    for (String wrong :
        List.of(
            "{\"name\":null}",
            "{\"hourlyRate\":null}",
            "{\"active\":null}",
            "{\"active\":\"no\"}",
            "{\"serviceId\":\"01KAP3Q4WZ5X6Y7Z8A9BACBDCE\"}",
            "{\"version\":2}")) {
      assertThat(firm.owner().patch(path, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(firm.owner().get("/services").json().path("services").findValuesAsText("version"))
        .containsExactly("1");
  }

  @Test
  void oneKeyMakesOneServiceHoweverOftenItIsSent() throws Exception {
    Api keyed = firm.owner().with("idempotency-key", "one");
    List<Callable<String>> posts =
        Stream.<Callable<String>>generate(
                () -> () -> keyed.post("/services", TAX).expect(201).path("serviceId").asText())
            .limit(5)
            .toList();
    String first = keyed.post("/services", TAX).expect(201).path("serviceId").asText();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var id : threads.invokeAll(posts)) {
        assertThat(id.get()).isEqualTo(first);
      }
    }
    assertThat(firm.owner().get("/services").expect(200).path("services")).hasSize(1);
    Api.Answer other = keyed.post("/services", "{\"name\":\"Other\",\"hourlyRate\":1}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.word()).isEqualTo("idempotency-key-reused");
    assertThat(
            firm.owner().with("idempotency-key", "x".repeat(256)).post("/services", TAX).status())
        .isEqualTo(400);
  }

  @Test
  void onlyOwnersWriteServicesAndOtherFirmsDoNotFindThem() {
    String path =
        "/services/" + firm.owner().post("/services", TAX).expect(201).path("serviceId").asText();
    assertThat(firm.staff().post("/services", TAX).status()).isEqualTo(403);
    assertThat(firm.staff().patch(path, "{}").status()).isEqualTo(403);
    TestFirm other = Laptop.firm();
    assertThat(other.owner().patch(path, "{\"name\":\"Mine\"}").word())
        .isEqualTo("service-not-found");
    assertThat(other.owner().get("/services").expect(200).path("services")).isEmpty();
    assertThat(firm.owner().patch("/services/nothing", "{}").status()).isEqualTo(404);
  }

  @Test
  void servicesComeInWithKindAndPriceAndGoOutAgain() {
    String file =
        """
        name,hourlyRateDecimal,billable,kind,fixedPriceDecimal,description
        Internal,0,no,,,Not for customers
        Tax Return,,,,750.00,
        Tax Resolution,250.00,yes,Hourly,,
        Wrong,100.00,yes,hourly,1.00,
        """;
    assertThat(brought(firm, file, "fate"))
        .containsExactly("created", "created", "created", "refused");
    JsonNode made = firm.owner().get("/services").expect(200).path("services");
    assertThat(made.findValuesAsText("kind")).containsExactly("hourly", "hourly", "fixed");
    assertThat(made.findValuesAsText("billable")).containsExactly("false", "true", "true");
    assertThat(made.findValuesAsText("fixedPrice")).containsExactly("null", "null", "75000");
    String csv = firm.owner().with("accept", "text/csv").get("/services").body();
    assertThat(brought(firm, csv, "fate")).containsExactly("unchanged", "unchanged", "unchanged");
    assertThat(brought(firm, csv.replace("750.00", "800.00"), "field"))
        .containsExactly("fixedPriceDecimal");
    assertThat(brought(Laptop.firm(), csv, "fate")).containsOnly("created");
  }

  /** A field of the lines that an import of services answers. */
  private static List<String> brought(TestFirm firm, String file, String field) {
    return firm.owner()
        .post("/imports/services", "text/csv", file)
        .expect(200)
        .path("lines")
        .findValuesAsText(field);
  }
}
