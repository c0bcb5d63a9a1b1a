package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.local.table.Consumption.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A firm with 5,000 customers and 20,000 entries: its lists and files are whole. */
@OnStack
class LargeFirmTest {
  private static final int CUSTOMERS = 5_000;
  private static final int ENTRIES = 20_000;

  private static Stack stack;
  private static TestFirm firm;

  @BeforeAll
  static void manyEntries() throws Exception {
    stack = Stack.start(Laptop.settings());
    firm = TestFirm.at(stack.base());
    String timer = firm.start(firm.customer("Ada"), firm.service("Tax Resolution", 25_000));
    String entry = firm.stop(timer).path("timeEntryId").asText();
    stack.clock().settle();
    try (History history = new History(stack)) {
      history.copy(firm.firmId(), "TIME#" + entry, 0, ENTRIES - 1, History::earlier);
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static JsonNode imported(String file) {
    return firm.owner().post("/imports/customers", "text/csv", file).expect(200).path("lines");
  }

  private static List<String> found(String search) {
    return firm.owner()
        .get("/customers?limit=100&search=" + search)
        .expect(200)
        .path("customers")
        .findValuesAsText("name");
  }

  @Test
  void fiveThousandCustomersMoveInAtOnceAndAreFound() {
    String file =
        IntStream.range(0, CUSTOMERS)
            .mapToObj(number -> "Client %04d,office@client%d.example".formatted(number, number))
            .collect(Collectors.joining("\n", "name,email\n", "\n"));
    assertThat(imported(file).findValuesAsText("fate")).hasSize(CUSTOMERS).containsOnly("created");
    assertThat(imported(file).findValuesAsText("fate")).containsOnly("unchanged");
    assertThat(found("client4999")).containsExactly("Client 4999");
    assertThat(found("CLIENT%20123")).hasSize(10);
    assertThat(found("nobody")).isEmpty();
    String csv = firm.owner().with("accept", "text/csv").get("/customers?search=client").body();
    assertThat(csv.lines()).hasSize(CUSTOMERS + 1);
    assertThat(imported(csv).findValuesAsText("fate")).hasSize(CUSTOMERS).containsOnly("unchanged");
  }

  @Test
  void twentyThousandEntriesAreFourPagesOfCsvAndTheLastCostsWhatTheFirstDoes() {
    Api csv = firm.owner().with("accept", "text/csv");
    List<String> rows = new ArrayList<>();
    String path = "/time-entries";
    String last = path;
    for (int page = 1; page <= 4; page++) {
      last = path;
      Api.Answer answer = csv.get(path);
      List<String> read = answer.body().lines().skip(1).toList();
      assertThat(read).hasSize(ENTRIES / 4);
      rows.addAll(read);
      path = next(answer);
    }
    assertThat(path).isNull();
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(units(last + "&limit=100")).isEqualTo(units("/time-entries?limit=100"));
  }

  @Test
  void timeByHandOverYearsIsDraftedAndNamesTheFirstOfWhatItOverlaps() {
    JsonNode newest =
        firm.owner().get("/time-entries?limit=1").expect(200).path("timeEntries").path(0);
    Instant stoppedAt = Instant.parse(newest.path("stoppedAt").asText());
    String body =
        Api.json(
            "customerId", newest.path("customerId").asText(),
            "serviceId", newest.path("serviceId").asText(),
            "startedAt", stoppedAt.minus(Duration.ofDays(1_000)).toString(),
            "stoppedAt", stoppedAt.toString());
    String entry =
        firm.owner().post("/time-entries", body).expect(201).path("timeEntryId").asText();
    stack.clock().settle();
    JsonNode drafted = firm.owner().get("/time-entries/" + entry).expect(200);
    firm.owner().delete("/time-entries/" + entry).expect(204);
    assertThat(drafted.path("invoiceId").asText()).isNotEmpty().isNotEqualTo("null");
    assertThat(drafted.path("overlaps")).hasSize(499);
  }

  private static List<Use> units(String path) {
    stack.consumption().begin();
    assertThat(firm.owner().get(path).expect(200).path("timeEntries")).hasSize(100);
    return stack.consumption().end().stream()
        .filter(use -> use.function().equals("Timers"))
        .toList();
  }

  private static String next(Api.Answer page) {
    return page.header("link").map(link -> link.replaceAll("^<|>.*$", "")).orElse(null);
  }
}
