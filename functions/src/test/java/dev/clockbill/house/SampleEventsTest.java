package dev.clockbill.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.http.Membership;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function takes its sample in {@code events/}. The samples name a firm and things of it that
 * are not there, but for the caller: a function answers so, and does nothing.
 */
@OnStack
class SampleEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The status that each function of the API answers; nobody has signed the callback. */
  private static final Map<String, Integer> STATUSES =
      Map.ofEntries(
          entry("Firm", 404),
          entry("Services", 201),
          entry("Imports", 404),
          entry("Customers", 404),
          entry("Staff", 200),
          entry("CreateFirm", 201),
          entry("StartTimer", 404),
          entry("StopTimer", 404),
          entry("Timers", 200),
          entry("TimerLinks", 404),
          entry("Invoices", 404),
          entry("SendInvoice", 404),
          entry("BillingRuns", 404),
          entry("PaymentsSetup", 404),
          entry("Reports", 404),
          entry("PayPage", 404),
          entry("Statements", 404),
          entry("ClientPage", 404),
          entry("PaymentWebhook", 400),
          entry("Portal", 200));

  /** What each step of the workflow tells it; all other functions answer nothing. */
  private static final Map<String, String> RESULTS =
      Map.of(
          "DraftInvoice", "{\"invoiceId\":\"\",\"state\":\"none\",\"ownDraft\":false}",
          "MailInvoice", "{\"state\":\"gone\"}",
          "MarkUndeliverable", "{\"state\":\"gone\"}",
          "RemindCustomer", "{\"state\":\"gone\"}",
          "MailReceipt", "{\"state\":\"gone\"}",
          "PlanRun", "{\"stage\":\"over\",\"items\":[]}");

  static List<String> functions() {
    return Project.functions().stream().map(FunctionEntry::logicalId).toList();
  }

  /** A sample's caller is the one thing that is there: nobody else is answered at all. */
  private static void letTheCallerIn(JsonNode event) {
    JsonNode claims = event.at("/requestContext/authorizer/jwt/claims");
    if (claims.isObject()) {
      String key = Membership.key(claims.path("custom:staffId").asText());
      new Table(new Environment(Laptop.stack().environment("Firm")))
          .write(
              Write.upsert(claims.path("custom:firmId").asText(), key)
                  .set("name", claims.path("name").asText())
                  .set("email", claims.path("email").asText())
                  .set("role", claims.path("cognito:groups").asText().replaceAll("[\\[\\]]", ""))
                  .set("active", true)
                  .set("version", 1));
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionTakesTheSampleOfItsTrigger(String function) throws IOException {
    String event = Project.read("events/" + function + ".json");
    letTheCallerIn(JSON.readTree(event));
    String answer = Laptop.invoke(function, event);
    if (STATUSES.containsKey(function)) {
      assertThat(JSON.readTree(answer).path("statusCode").asInt())
          .as(answer)
          .isEqualTo(STATUSES.get(function));
    } else {
      assertThat(answer).isEqualTo(RESULTS.getOrDefault(function, "{}"));
    }
  }
}
