package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Settings;
import dev.clockbill.local.SettingsBuilder;
import dev.clockbill.local.Stack;
import dev.clockbill.local.aws.PartitionRules;
import dev.clockbill.local.aws.Partitions.Stray;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.template.FunctionEntry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function meets another firm's key, and is refused. On the stack of this test an event names
 * the firm that its function works for in a place that the functions do not know: so they address
 * the firm that they always do, and it is a foreign one.
 */
@OnStack
class ForeignFirmTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOMEBODY_ELSE = "01KAP3Q4WZ5X6Y7Z8A9BACBDZZ";
  private static final Pattern TIMER_LINK = Pattern.compile("/timer-links/[^\\s\"]+");

  /** Work for many firms in one invocation. */
  private static final Set<String> FOR_MANY =
      Set.of("RemindRunningTimers", "ResumeWorkflow", "ReconcilePayments");

  /** Find their firm by what their caller knows; their samples know nothing. Tested below. */
  private static final Set<String> BY_WHAT_IS_KNOWN =
      Set.of("PayPage", "ClientPage", "PaymentWebhook", "TimerLinks");

  /** Two have nothing to do with the table, the third works for a firm that it makes itself. */
  private static final Set<String> WITHOUT_FIRM =
      Set.of("Portal", "SyntheticJourney", "CreateFirm");

  private static Stack stack;

  static List<String> functions() {
    return Project.functions().stream()
        .map(FunctionEntry::logicalId)
        .filter(name -> !FOR_MANY.contains(name))
        .filter(name -> !BY_WHAT_IS_KNOWN.contains(name))
        .filter(name -> !WITHOUT_FIRM.contains(name))
        .toList();
  }

  @BeforeAll
  static void start() {
    Settings usual = Laptop.settings();
    PartitionRules rules =
        new PartitionRules(
            List.of(JsonPointer.compile("/holder"), JsonPointer.compile("/headers/x-holder")),
            usual.partitions().everybodys(),
            usual.partitions().queues(),
            FOR_MANY);
    assertThat(usual.partitions().forMany()).isEqualTo(FOR_MANY);
    stack = Stack.start(SettingsBuilder.builder(usual).partitions(rules).build());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static void assertRefused(String function) {
    assertThat(stack.partitions().strays())
        .as(function)
        .isNotEmpty()
        .extracting(Stray::function, Stray::holder)
        .containsOnly(tuple(function, SOMEBODY_ELSE));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionThatWorksForAnotherFirmReachesNothing(String function) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(Project.read("events/" + function + ".json"));
    event.put("holder", SOMEBODY_ELSE);
    String answer;
    try {
      answer = stack.invoke(function, event.toString());
    } catch (FunctionFailed failed) {
      answer = "{\"statusCode\": 500}";
    }
    assertRefused(function);
    assertThat(JSON.readTree(answer).path("statusCode").asInt()).isEqualTo(500);
  }

  @Test
  void whoeverFindsTheFirmByALinkOrACallbackIsRefusedToo() {
    Api api = Api.at(stack.base());
    TestFirm firm = TestFirm.at(stack.base());
    String service = firm.service("Advice", 20_000);
    String customer = firm.customer("Ada");
    String timer = firm.start(customer, service);
    pass(api, "PT4H10M");
    String line = Api.json("kind", "fixed", "description", "Advice", "amount", 5_000);
    String draft =
        firm.owner()
            .post("/invoices", "{\"customerId\": \"" + customer + "\", \"lines\": [" + line + "]}")
            .expect(201)
            .path("invoiceId")
            .asText();
    firm.owner().post("/timers/" + timer + "/stop").expect(200);
    firm.owner().post("/invoices/" + draft + "/send", "{}").expect(202);
    pass(api, "PT0S");
    String payUrl = firm.invoice(draft).path("payUrl").asText();
    String checkout = api.post(payUrl + "/checkout").header("location").orElseThrow();
    assertThat(stack.partitions().strays()).isEmpty();

    Api foreign = api.unchecked().with("x-holder", SOMEBODY_ELSE);
    assertThat(foreign.get(payUrl).status()).isEqualTo(500);
    assertRefused("PayPage");
    assertThat(foreign.post(payUrl + "/checkout").status()).isEqualTo(500);
    assertRefused("PayPage");
    String clientUrl =
        firm.owner()
            .post("/customers/" + customer + "/client-link")
            .expect(201)
            .path("url")
            .asText();
    assertThat(foreign.get(clientUrl).status()).isEqualTo(500);
    assertRefused("ClientPage");
    Matcher link = TIMER_LINK.matcher(mails(api, "timerReminder").path("text").asText());
    assertThat(link.find()).isTrue();
    assertThat(foreign.get(link.group()).status()).isEqualTo(500);
    assertRefused("TimerLinks");

    // A callback cannot be made to name a firm here: it keeps to the one that it touches first.
    api.post(checkout, Api.json("outcome", "paid")).expect(200);
    pass(api, "PT0S");
    assertThat(firm.invoice(draft).path("state").asText()).isEqualTo("paid");
    assertThat(stack.partitions().strays()).isEmpty();
  }

  private static JsonNode mails(Api api, String kind) {
    for (JsonNode mail : api.get("/_local/mails").expect(200).path("mails")) {
      if (mail.path("tags").path("kind").asText().equals(kind)) {
        return mail;
      }
    }
    throw new AssertionError("no mail of the kind " + kind);
  }

  private static void pass(Api api, String time) {
    api.post("/_local/clock", Api.json("advance", time)).expect(200);
  }
}
