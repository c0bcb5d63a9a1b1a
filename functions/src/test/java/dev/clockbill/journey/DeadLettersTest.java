package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done with events that could not be handled for a day: runbook "DeadLettersArrived". */
@StoppedClock
class DeadLettersTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void whatWasNotRecordedForADayIsRecordedOnceItIsMovedBack() throws Exception {
    TestFirm firm = Laptop.firm();
    failing("RecordDelivery", "BatchGetItem", 100_000);
    String service = firm.service("Tax Resolution", 25_000);
    String invoice =
        firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    firm.send(invoice);
    Laptop.settle();
    String other = firm.time(firm.customer("Grace Hopper"), service, 60).path("invoiceId").asText();
    firm.send(other);
    Laptop.advance("PT2H");
    assertThat(bodies("UnrecordedDeliveries")).as("they come again").isNotEmpty();
    assertThat(bodies("DeadLetters")).isEmpty();
    Laptop.advance("PT24H");
    assertThat(bodies("UnrecordedDeliveries")).isEmpty();
    List<String> dead = bodies("DeadLetters");
    assertThat(dead).isNotEmpty();
    assertThat(status(firm, invoice)).isNotEqualTo("delivered");

    // A schedule's run that failed for good lies there as well.
    failing("RemindRunningTimers", "Query", 1_000);
    Laptop.advance("PT7M");
    failing("RemindRunningTimers", "Query", 0);
    assertThat(bodies("DeadLetters"))
        .hasSizeGreaterThan(dead.size())
        .last()
        .asString()
        .contains("Scheduled Event");

    failing("RecordDelivery", "BatchGetItem", 0);
    Laptop.api()
        .post("/_local/queues/DeadLetters/move", Api.json("to", "UnrecordedDeliveries"))
        .expect(200);
    Laptop.settle();
    assertThat(bodies("DeadLetters")).isEmpty();
    assertThat(bodies("UnrecordedDeliveries")).isEmpty();
    assertThat(status(firm, invoice)).isEqualTo("delivered");
    assertThat(status(firm, other)).isEqualTo("delivered");
  }

  /** EventBridge puts the event itself into the queue, when it cannot hand it on. */
  @Test
  void anEventThatNeverReachedTheFunctionIsRecordedFromTheQueue() throws Exception {
    TestFirm firm = Laptop.firm();
    failing("RecordDelivery", "BatchGetItem", 100_000);
    String invoice =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", 25_000), 60)
            .path("invoiceId")
            .asText();
    firm.send(invoice);
    Laptop.advance("PT10M");
    failing("RecordDelivery", "BatchGetItem", 0);
    for (String body : bodies("UnrecordedDeliveries")) {
      JsonNode event = JSON.readTree(body).path("requestPayload");
      assertThat(event.path("source").asText()).isEqualTo("aws.ses");
      Map<String, Object> message = Map.of("messageId", "m", "body", event.toString());
      Laptop.invoke("RecordDelivery", Api.json("Records", List.of(message)));
    }
    assertThat(status(firm, invoice)).isEqualTo("delivered");
  }

  private static void failing(String function, String operation, int times) {
    Laptop.fault(function, "dynamodb", operation, "before", times);
  }

  private static String status(TestFirm firm, String invoice) {
    return firm.invoice(invoice).path("delivery").path("status").asText();
  }

  private static List<String> bodies(String queue) {
    List<String> bodies = new ArrayList<>();
    Laptop.api()
        .get("/_local/queues/" + queue)
        .expect(200)
        .path("messages")
        .forEach(each -> bodies.add(each.asText()));
    return bodies;
  }
}
