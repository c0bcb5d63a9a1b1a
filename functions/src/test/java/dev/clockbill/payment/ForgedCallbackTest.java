package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.net.Webhook.Signature;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.local.table.Consumption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks that the processor has not sent, or not like this, or not now. */
@StoppedClock
class ForgedCallbackTest {
  private static final String SECRET = "whsec_laptop";
  private static final String WEBHOOK = "/webhooks/payments";

  private DueInvoice due;
  private String body;

  @BeforeEach
  void makeTheEventThatWouldPay() {
    due = DueInvoice.make();
    String checkout = due.checkout();
    JsonNode session = Laptop.api().with("accept", "application/json").get(checkout).expect(200);
    body =
        Api.json(
            "id",
            "evt_made_" + due.invoiceId(),
            "object",
            "event",
            "type",
            "checkout.session.completed",
            "created",
            Laptop.now().getEpochSecond(),
            "livemode",
            false,
            "account",
            session.path("account").asText(),
            "data",
            Map.of(
                "object",
                Map.of(
                    "id",
                    checkout.replaceAll(".*/", ""),
                    "object",
                    "checkout.session",
                    "amount_total",
                    25_000,
                    "currency",
                    "usd",
                    "payment_status",
                    "paid",
                    "payment_intent",
                    "pi_made_" + due.invoiceId(),
                    "metadata",
                    Map.of("firmId", due.firm().firmId(), "invoiceId", due.invoiceId()))));
  }

  private static String signed(String text, String secret, Instant at) {
    try {
      return Signature.generateSignatureHeader(text, secret, at.getEpochSecond());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int status(String header, String sent) {
    return Laptop.api().unchecked().with("stripe-signature", header).post(WEBHOOK, sent).status();
  }

  @Test
  void failure10_noForgedCallbackIsTaken() {
    Instant now = Laptop.now();
    String right = signed(body, SECRET, now);
    UnaryOperator<String> v1 = header -> header.replaceAll(".*v1=", "");
    Map<String, Map.Entry<String, String>> forged = new TreeMap<>();
    forged.put("another secret", Map.entry(signed(body, "whsec_guessed", now), body));
    forged.put("an empty secret", Map.entry(signed(body, " ", now), body));
    forged.put("no signature", Map.entry("t=" + now.getEpochSecond(), body));
    forged.put("the old scheme alone", Map.entry(right.replace("v1=", "v0="), body));
    forged.put("upper case", Map.entry(right.replace("v1=", "V1="), body));
    forged.put("one digit changed", Map.entry(changed(right), body));
    forged.put("half a signature", Map.entry(right.substring(0, right.length() - 32), body));
    forged.put("a body with another amount", Map.entry(right, body.replace("25000", "25001")));
    forged.put("a body with a blank more", Map.entry(right, body + " "));
    forged.put("a truncated body", Map.entry(right, body.substring(0, body.length() - 1)));
    forged.put("no body", Map.entry(right, ""));
    forged.put("the signature of another body", Map.entry(signed("{}", SECRET, now), body));
    forged.put(
        "another time before a right signature",
        Map.entry("t=" + (now.getEpochSecond() + 1) + ",v1=" + v1.apply(right), body));
    forged.put("a right time after a wrong one", Map.entry("t=1," + right, body));
    forged.put("too old", Map.entry(signed(body, SECRET, now.minusSeconds(301)), body));
    forged.put("from the future", Map.entry(signed(body, SECRET, now.plusSeconds(301)), body));
    forged.put(
        "a thousand guesses",
        Map.entry("t=" + now.getEpochSecond() + ",v1=00".repeat(1_000), body));
    forged.put("a giant", Map.entry(right, body + " ".repeat(4_000_000)));

    Map<String, Integer> answers = new TreeMap<>();
    Laptop.stack().consumption().begin();
    forged.forEach((kind, sent) -> answers.put(kind, status(sent.getKey(), sent.getValue())));
    assertThat(Laptop.stack().consumption().end())
        .filteredOn(use -> use.function().equals("PaymentWebhook"))
        .as("nothing is read or written for them")
        .extracting(Consumption.Use::operation)
        .isEmpty();
    assertThat(answers).allSatisfy((kind, status) -> assertThat(status).as(kind).isEqualTo(400));
    assertThatInvoice(due.invoice()).isIn("sent").hasAmountDue(25_000);

    assertThat(status(right, body)).isEqualTo(200);
    Laptop.settle();
    due.assertPaidOnce();
  }

  private static String changed(String header) {
    char last = header.charAt(header.length() - 1);
    return header.substring(0, header.length() - 1) + (last == '0' ? '1' : '0');
  }

  @Test
  void failure10_aCallbackThatSomebodyReplaysChangesNothing() throws Exception {
    String right = signed(body, SECRET, Laptop.now());
    assertThat(status(right, body)).isEqualTo(200);
    assertThat(status(right, body)).as("at once").isEqualTo(200);
    Laptop.settle();
    due.assertPaidOnce();
    Laptop.skip(Duration.ofMinutes(6));
    assertThat(status(right, body)).as("later").isEqualTo(400);
    assertThat(status(signed(body, SECRET, Laptop.now()), body)).as("anew").isEqualTo(200);
    ObjectNode other = (ObjectNode) new JsonMapper().readTree(body);
    other.put("id", "evt_other_" + due.invoiceId());
    assertThat(status(signed(other.toString(), SECRET, Laptop.now()), other.toString()))
        .as("under another id")
        .isEqualTo(200);
    Laptop.settle();
    due.assertPaidOnce();
  }

  @Test
  void whatIsSignedButNoEventIsOfNoInterest() {
    for (String text : new String[] {"[]", "1", "{}", "{\"type\": 1}", "{\"type\": null}"}) {
      assertThat(status(signed(text, SECRET, Laptop.now()), text)).as(text).isLessThan(500);
    }
    String noJson = "{";
    assertThat(status(signed(noJson, SECRET, Laptop.now()), noJson)).isEqualTo(400);
    assertThatInvoice(due.invoice()).isIn("sent").hasAmountDue(25_000);
  }
}
