package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * More time of one customer than one transaction takes, and what everybody sees of it.
 *
 * @param ids of the entries, oldest first
 */
record MuchTime(TestFirm firm, String customerId, List<String> ids) {
  private static final long RATE = 6_000;

  /** Brings so much time into a fresh firm; it waits for a person. */
  static MuchTime of(int entries) {
    TestFirm firm = Laptop.firm();
    String customerId = firm.customer("Large");
    firm.service("Payroll", RATE);
    String file =
        IntStream.range(0, entries)
            .mapToObj("Large,Payroll,2026-03-02,%d minutes,1"::formatted)
            .map(line -> line.replaceFirst("(\\d+) minutes", "Task $1"))
            .collect(Collectors.joining("\n", "Client,Task,Date,Notes,Minutes\n", "\n"));
    firm.owner().post("/imports/time", "text/csv", file).expect(200);
    List<String> ids = new ArrayList<>(seen(firm).keySet());
    assertThat(ids).hasSize(entries);
    return new MuchTime(firm, customerId, ids);
  }

  /** What is seen of one entry. */
  record Seen(String state, String invoiceId) {}

  /** All of the firm's time as a list shows it. */
  Map<String, Seen> seen() {
    return seen(firm);
  }

  private static SequencedMap<String, Seen> seen(TestFirm firm) {
    String csv = csv(firm, "");
    List<String> lines = csv.lines().toList();
    List<String> columns = List.of(lines.getFirst().replace("\uFEFF", "").split(",", -1));
    SequencedMap<String, Seen> seen = new LinkedHashMap<>();
    for (String line : lines.reversed().subList(0, lines.size() - 1)) {
      List<String> cells = List.of(line.split(",", -1));
      seen.put(
          cells.get(columns.indexOf("timeEntryId")),
          new Seen(cells.get(columns.indexOf("state")), cells.get(columns.indexOf("invoiceId"))));
    }
    return seen;
  }

  private static String csv(TestFirm firm, String query) {
    Api.Answer answer =
        firm.owner().with("accept", "text/csv").get("/time-entries?limit=5000" + query);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  /** How much of it a list shows in each state. */
  Map<String, Long> byState() {
    Map<String, Long> counts = new TreeMap<>();
    for (String state : List.of("unbilled", "drafted", "billed")) {
      long count = inState(state);
      if (count > 0) {
        counts.put(state, count);
      }
    }
    return counts;
  }

  /** How many entries a list of one state shows. */
  long inState(String state) {
    return csv(firm, "&state=" + state).lines().count() - 1;
  }

  /** Moves of its time that the table still holds. */
  List<Item> moves() {
    Environment environment = new Environment(Laptop.stack().environment("Timers"));
    return new Table(environment).family(firm.firmId(), "MOVE#");
  }

  /** How many entries the report of unbilled time counts. */
  long reported() {
    JsonNode rows = firm.owner().get("/reports/unbilled").expect(200).path("rows");
    return rows.path(0).path("entries").asLong();
  }

  /** What of it is unbilled by the customer's sums, in minor units. */
  long summed() {
    return firm.owner()
        .get("/customers/" + customerId)
        .expect(200)
        .path("sums")
        .path("unbilled")
        .asLong();
  }

  /** What a number of its entries come to, in minor units. */
  static long worth(long entries) {
    return entries * RATE / 60;
  }

  /** The invoices that are not void. */
  List<JsonNode> living() {
    JsonNode invoices = firm.owner().get("/invoices?limit=100").expect(200).path("invoices");
    return StreamSupport.stream(invoices.spliterator(), false)
        .filter(invoice -> !invoice.path("state").asText().equals("void"))
        .toList();
  }

  /**
   * Fails unless every entry is on exactly the living invoice that has a line for it, and on none
   * if there is no such line.
   *
   * @return how much of it is in each state
   */
  Map<String, Long> check() {
    Map<String, Seen> expected = new TreeMap<>();
    ids.forEach(id -> expected.put(id, new Seen("unbilled", "")));
    for (JsonNode each : living()) {
      JsonNode invoice = firm.invoice(each.path("invoiceId").asText());
      String state = invoice.path("state").asText().equals("draft") ? "drafted" : "billed";
      Seen there = new Seen(state, invoice.path("invoiceId").asText());
      for (JsonNode line : invoice.path("lines")) {
        assertThat(expected.put(line.path("timeEntryId").asText(), there))
            .as("what else %s is on", line)
            .isEqualTo(new Seen("unbilled", ""));
      }
    }
    assertThat(new TreeMap<>(seen())).isEqualTo(expected);
    Map<String, Long> counts =
        expected.values().stream()
            .collect(Collectors.groupingBy(Seen::state, TreeMap::new, Collectors.counting()));
    assertThat(byState()).isEqualTo(counts);
    long unbilled = counts.getOrDefault("unbilled", 0L);
    assertThat(reported()).isEqualTo(unbilled);
    assertThat(summed()).isEqualTo(worth(unbilled));
    return counts;
  }

  /** Asks for an invoice of some of it. */
  Api.Answer invoiced(List<String> some) {
    return firm.owner().post("/invoices", Api.json("customerId", customerId, "timeEntryIds", some));
  }

  /** Makes a draft of all of it, and gives its id. */
  String draft() {
    return invoiced(ids).expect(201).path("invoiceId").asText();
  }
}
