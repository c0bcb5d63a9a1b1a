package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time from files of other tools, against the stack. */
@OnStack
class TimeImportTest {
  private static final String HARVEST =
      """
      Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name
      2026-03-02,Acme,Books,B,Payroll,First,1.5,Yes,No,,
      2026-03-02,acme ,Books,B,PAYROLL,Second,0.25,Yes,No,,
      2026-03-02,Acme,Books,B,Payroll,Done,1,Yes,Yes,,
      2026-03-03,Acme,Books,B,Payroll,Gift,1,No,No,,
      2026-03-03,Nobody,Books,B,Payroll,,1,Yes,No,,
      """;

  private final TestFirm firm = Laptop.firm();

  @BeforeEach
  void somethingToWorkOn() {
    firm.customer("Acme");
    firm.service("Payroll", 9_000);
  }

  private JsonNode bring(String file, String query) {
    return firm.owner()
        .post("/imports/time" + (query.isEmpty() ? "" : "?" + query), "text/csv", file)
        .expect(200);
  }

  private static String leavingOut(String... labels) {
    String json =
        List.of(labels).stream()
            .map(label -> "\"" + label + "\":null")
            .collect(Collectors.joining(",", "{", "}"));
    return "columns=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  private JsonNode entries() {
    return firm.owner().get("/time-entries?limit=100").expect(200).path("timeEntries");
  }

  @Test
  void failure30_aReportOfHarvestComesInOnceAndWaits() {
    String query = leavingOut("Project", "Project Code");
    JsonNode dry = bring(HARVEST, query + "&dryRun=true").path("lines");
    assertThat(dry.findValuesAsText("fate"))
        .containsExactly("created", "created", "refused", "created", "refused");
    assertThat(dry.findValuesAsText("field")).containsExactly("Invoiced?", "Client");
    assertThat(entries()).isEmpty();
    assertThat(bring(HARVEST, query).path("lines")).isEqualTo(dry);
    JsonNode there = entries();
    assertThat(there.findValuesAsText("note")).containsExactlyInAnyOrder("Second", "First", "Gift");
    assertThat(there.findValuesAsText("measuredSeconds"))
        .containsExactlyInAnyOrder("900", "5400", "3600");
    assertThat(there.findValuesAsText("amount")).containsExactlyInAnyOrder("2250", "13500", "0");
    assertThat(there.findValuesAsText("byDay")).containsOnly("true");
    assertThat(there.findValuesAsText("invoiceId")).containsOnly("null");
    for (int time = 0; time < 2; time++) {
      assertThat(bring(HARVEST, query).path("lines").findValuesAsText("fate"))
          .containsExactly("unchanged", "unchanged", "refused", "unchanged", "refused");
    }
    assertThat(entries()).isEqualTo(there);
    Laptop.advance("PT1H");
    assertThat(firm.owner().get("/invoices").expect(200).path("invoices")).isEmpty();
  }

  @Test
  void failure30_columnsThatNobodyKnowsAreNamedAtOnce() {
    Api.Answer refused = firm.owner().post("/imports/time", "text/csv", HARVEST);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .containsExactly("Project", "Project Code");
    JsonNode dry = bring(HARVEST, "dryRun=true");
    assertThat(dry.path("columns").findValuesAsText("known"))
        .containsExactly(
            "true", "true", "false", "false", "true", "true", "true", "true", "true", "true",
            "true");
    assertThat(entries()).isEmpty();
  }

  @Test
  void failure30_aReportOfTogglHasTimesOfDayInTheFirmsZone() {
    String toggl =
        """
        User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount ()
        Me,%s,Acme,Payroll,,Night,Yes,2026-01-05,23:30:00,2026-01-06,00:45:00,01:15:00,,
        Me,%1$s,Acme,Payroll,,Wrong,Yes,2026-01-05,10:00:00,2026-01-05,11:00:00,00:30:00,,
        Me,else@example.com,Acme,Payroll,,Theirs,Yes,2026-01-05,10:00:00,2026-01-05,11:00:00,01:00:00,,
        """
            .formatted(firm.owner().get("/me").expect(200).path("email").asText());
    String columns =
        "columns="
            + URLEncoder.encode(
                "{\"Project\":\"service\",\"Task\":null,\"Tags\":null,\"Amount ()\":null}",
                StandardCharsets.UTF_8);
    JsonNode lines = bring(toggl, columns).path("lines");
    assertThat(lines.findValuesAsText("fate")).containsExactly("created", "refused", "refused");
    assertThat(lines.findValuesAsText("field")).containsExactly("line", "Email");
    JsonNode night = entries().path(0);
    assertThat(night.path("workedOn").asText()).isEqualTo("2026-01-05");
    assertThat(night.path("measuredSeconds").asLong()).isEqualTo(4_500);
  }

  @Test
  void failure30_datesThatCanBeReadInTwoWaysAreAsked() {
    String file = "customer;service;date;duration\nAcme;Payroll;03/04/2026;1:30\n";
    JsonNode asked = bring(file, "dryRun=true");
    assertThat(asked.at("/questions/0/name").asText()).isEqualTo("dates");
    assertThat(asked.at("/questions/0/samples/0").asText()).isEqualTo("03/04/2026");
    Api.Answer refused = firm.owner().post("/imports/time", "text/csv", file);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("dates");
    bring(file, "dates=monthFirst");
    assertThat(entries().path(0).path("workedOn").asText()).isEqualTo("2026-03-04");
    bring(file + "Acme;Payroll;13/04/2026;1:30\n", "dryRun=false");
    assertThat(entries().findValuesAsText("workedOn"))
        .containsExactly("2026-04-13", "2026-04-03", "2026-03-04");
  }

  @Test
  void linesThatAreEqualCountAsOftenAsTheyStandThere() {
    String line = "Acme,Payroll,2026-03-02,0:30\n";
    String file = "customer,service,date,duration\n" + line + line;
    assertThat(bring(file, "").path("lines").findValuesAsText("fate"))
        .containsExactly("created", "created");
    JsonNode again = bring(file + line, "").path("lines");
    assertThat(again.findValuesAsText("fate")).containsExactly("unchanged", "unchanged", "created");
    assertThat(again.findValuesAsText("hint"))
        .hasSize(2)
        .allMatch(hint -> hint.startsWith("An equal line is there already."));
    assertThat(entries()).hasSize(3);
    firm.owner().patch("/firm", Api.json("timeZone", "Asia/Tokyo")).expect(200);
    assertThat(bring(file, "").path("lines").findValuesAsText("fate")).containsOnly("unchanged");
  }

  @Test
  void moreLinesThanATransactionHoldsComeIn() {
    String file =
        "customer,service,date,minutes,note\n"
            + IntStream.range(0, 150)
                .mapToObj(n -> "Acme,Payroll,2026-03-02,1,Note " + n + "\n")
                .collect(Collectors.joining());
    assertThat(bring(file, "").path("lines").findValuesAsText("fate")).containsOnly("created");
    assertThat(bring(file, "dryRun=true").path("lines").findValuesAsText("fate"))
        .hasSize(150)
        .containsOnly("unchanged");
  }

  @Test
  void failure30_anHourlyRateIsAnAmountUnlessTheColumnIsOurOwn() {
    String lines = "%n%s,Acme,Payroll,2026-03-02,90%n".formatted("150");
    for (String label : List.of("Hourly rate", "hourly_rate", "hourlyRateDecimal")) {
      JsonNode line = bring(rates(label) + lines, "dryRun=true").at("/lines/0");
      assertThat(line.path("hourlyRate").asLong()).as(label).isEqualTo(15_000);
      assertThat(line.path("amount").asLong()).as(label).isEqualTo(22_500);
    }
    JsonNode own = bring(rates("hourlyRate") + lines, "dryRun=true").at("/lines/0");
    assertThat(own.path("hourlyRate").asLong()).isEqualTo(150);
  }

  @Test
  void clockbillsOwnFileIsReadWithoutAQuestion() {
    String customer =
        firm.owner().get("/customers").expect(200).at("/customers/0/customerId").asText();
    String service = firm.owner().get("/services").expect(200).at("/services/0/serviceId").asText();
    String byDay =
        Api.json(
            "customerId",
            customer,
            "serviceId",
            service,
            "workedOn",
            "2026-03-02",
            "minutes",
            95,
            "hourlyRate",
            12_345,
            "billable",
            false);
    firm.owner().post("/time-entries", byDay).expect(201);
    String timer = firm.start(customer, service);
    Laptop.advance("PT1H1M1S");
    firm.stop(timer);
    String csv = firm.owner().with("accept", "text/csv").get("/time-entries").body();

    JsonNode here = bring(csv, "");
    assertThat(here.path("columns").findValuesAsText("known"))
        .filteredOn("false"::equals)
        .hasSameSizeAs(leftOut(here));
    assertThat(here.path("lines").findValuesAsText("fate")).containsOnly("unchanged");
    assertThat(here.path("lines").findValuesAsText("hint"))
        .containsOnly("This entry is here already.");
    assertThat(entries()).hasSize(2);

    TestFirm other = Laptop.firm();
    other.customer("Acme");
    other.service("Payroll", 1);
    JsonNode there = other.owner().post("/imports/time", "text/csv", csv).expect(200).path("lines");
    assertThat(there.findValuesAsText("fate")).containsExactly("created", "created");
    JsonNode moved = other.owner().get("/time-entries").expect(200).path("timeEntries");
    for (String same : List.of("measuredSeconds", "workedOn", "hourlyRate", "byDay", "billable")) {
      assertThat(moved.findValuesAsText(same)).as(same).isEqualTo(entries().findValuesAsText(same));
    }
    assertThat(moved.path(0).path("startedAt")).isEqualTo(entries().path(0).path("startedAt"));
  }

  private static List<JsonNode> leftOut(JsonNode answer) {
    return answer
        .path("columns")
        .valueStream()
        .filter(each -> each.path("leftOut").asBoolean())
        .toList();
  }

  @Test
  void whatOurOwnFileSaysTwiceHasToAgree() {
    String head =
        "customerName,serviceName,workedOn,startedAt,measuredSeconds,hourlyRate,hourlyRateDecimal,currency,state,billable\n";
    String file =
        head
            + """
            Acme,Payroll,2026-03-02,2026-03-02T10:00:00Z,60,9000,90.00,USD,unbilled
            Acme,Payroll,2026-03-02,2026-03-02T11:00:00Z,60,9000,95.00,USD,unbilled
            Acme,Payroll,2026-03-03,2026-03-02T12:00:00Z,60,9000,90.00,USD,drafted
            Acme,Payroll,2026-03-02,2026-03-02T13:00:00Z,60,9000,90.00,EUR,unbilled
            Acme,Payroll,2026-03-02,2026-03-02T14:00:00Z,60,9000,90.00,USD,billed
            Acme,Payroll,2026-03-02,today,1.5,9000,90.00,USD,unbilled
            Acme,Payroll,2026-03-02,2026-03-02T15:00:00Z,60,9000,90.00,USD,nonBillable,yes
            Acme,Payroll,2026-03-02,2026-03-02T16:00:00Z,60,9000,90.00,USD,unbilled,no
            Acme,Payroll,2026-03-02,2026-03-02T17:00:00Z,60,9000,90.00,USD,nonBillable
            """;
    JsonNode lines = bring(file, "").path("lines");
    assertThat(lines.findValuesAsText("fate"))
        .startsWith("created", "refused", "refused", "refused", "refused", "refused")
        .endsWith("refused", "refused", "created")
        .hasSize(9);
    assertThat(lines.findValuesAsText("name")).hasSize(9).containsOnly("Acme");
    assertThat(lines.findValuesAsText("field"))
        .containsExactly(
            "hourlyRateDecimal",
            "workedOn",
            "currency",
            "state",
            "measuredSeconds",
            "startedAt",
            "billable",
            "billable");
  }

  private static String rates(String label) {
    return label + ",customer,service,date,minutes";
  }

  @Test
  void failure30_ratesAndDaysThatCannotBeAreErrorsOfTheirLines() {
    String file =
        rates("hourlyRate")
            + """

            1000000000,Acme,Payroll,2026-03-02,1
            1000000001,Acme,Payroll,2026-03-02,1
            999999999999999,Acme,Payroll,2026-03-02,999999
            ,Acme,Payroll,0026-11-22,60
            ,Acme,Payroll,1900-01-01,60
            ,Acme,Payroll,1999-12-31,60
            ,Acme,Payroll,2000-01-01,60
            """;
    JsonNode lines = bring(file, "").path("lines");
    assertThat(lines.findValuesAsText("fate"))
        .containsExactly(
            "created", "refused", "refused", "refused", "refused", "refused", "created");
    assertThat(lines.findValuesAsText("field"))
        .containsExactly("hourlyRate", "hourlyRate", "date", "date", "date");
  }

  @Test
  void timeThatIsStillToComeIsRefused() {
    JsonNode lines =
        bring("customer,service,date,hours\nAcme,Payroll,2999-01-01,1\n", "").path("lines");
    assertThat(lines.findValuesAsText("fate")).containsExactly("refused");
  }
}
