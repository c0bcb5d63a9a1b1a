package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * A new firm for a test, and what tests often do in it.
 *
 * @param users the owner first
 */
public record TestFirm(String firmId, List<Api> users) {

  /** Makes a fresh firm on a stack, as its control takes it. */
  public static TestFirm at(String base, String settings) {
    Api nobody = Api.at(base);
    JsonNode made = nobody.post("/_local/firms", settings).expect(201);
    List<Api> users =
        StreamSupport.stream(made.path("users").spliterator(), false)
            .map(user -> nobody.as(user.path("token").asText()))
            .toList();
    return new TestFirm(made.path("firmId").asText(), users);
  }

  /**
   * Makes a fresh firm on a stack that can take payments, with an owner and one member of staff.
   */
  public static TestFirm at(String base) {
    return at(base, Api.json("payments", "ready", "staff", 1));
  }

  /** The API as the owner uses it. */
  public Api owner() {
    return users.getFirst();
  }

  /** The API as the first member of staff uses it. */
  public Api staff() {
    return users.get(1);
  }

  /** Makes a service and gives its id. */
  public String service(String name, long hourlyRate) {
    return owner()
        .post("/services", Api.json("name", name, "hourlyRate", hourlyRate))
        .expect(201)
        .path("serviceId")
        .asText();
  }

  /** Makes a customer with an address that nobody else has, and gives their id. */
  public String customer(String name) {
    String email = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", ".");
    return customer(name, email + "@" + firmId + ".example");
  }

  /** Makes a customer with this address and gives their id. */
  public String customer(String name, String email) {
    return owner()
        .post("/customers", Api.json("name", name, "email", email))
        .expect(201)
        .path("customerId")
        .asText();
  }

  /** Makes a service of a fixed price in minor units, and gives its id. */
  public String fixedPriced(String name, long price) {
    return owner()
        .post("/services", Api.json("name", name, "kind", "fixed", "fixedPrice", price))
        .expect(201)
        .path("serviceId")
        .asText();
  }

  /** Drafts an invoice of one fixed amount in minor units, and gives its id. */
  public String draft(String customerId, long amount) {
    return draft(customerId, "description", "Fee", "amount", amount).path("invoiceId").asText();
  }

  /**
   * Drafts an invoice of one line of a fixed amount, and gives it.
   *
   * @param line names and values of the line's fields
   */
  public JsonNode draft(String customerId, Object... line) {
    String body =
        "{\"customerId\":\"%s\",\"lines\":[%s]}"
            .formatted(customerId, Api.json(line).replaceFirst("\\{", "{\"kind\":\"fixed\","));
    return owner().post("/invoices", body).expect(201);
  }

  /** Enters time by hand that ended now, waits until it is drafted, and gives it. */
  public JsonNode time(String customerId, String serviceId, long minutes) {
    Instant now =
        Instant.parse(
            Laptop.api()
                .post("/_local/clock", Api.json("advance", "PT0S"))
                .expect(200)
                .path("now")
                .asText());
    Instant start = now.minusSeconds(minutes * 60);
    String made =
        entered(customerId, serviceId, "startedAt", start, "stoppedAt", now)
            .path("timeEntryId")
            .asText();
    Laptop.settle();
    return owner().get("/time-entries/" + made).expect(200);
  }

  /**
   * Enters the owner's time by hand and gives what was answered.
   *
   * @param time names and values of the other fields, such as {@code workedOn} and {@code minutes};
   *     instants as they are
   */
  public JsonNode entered(String customerId, String serviceId, Object... time) {
    List<Object> fields =
        new ArrayList<>(List.of("customerId", customerId, "serviceId", serviceId));
    for (Object each : time) {
      fields.add(each instanceof Instant instant ? instant.toString() : each);
    }
    return owner().post("/time-entries", Api.json(fields.toArray())).expect(201);
  }

  /** Starts the owner's timer and gives its id. */
  public String start(String customerId, String serviceId) {
    return owner()
        .post("/timers", Api.json("customerId", customerId, "serviceId", serviceId))
        .expect(201)
        .path("timerId")
        .asText();
  }

  /** Stops a timer and gives the entry. */
  public JsonNode stop(String timerId) {
    return owner().post("/timers/" + timerId + "/stop").expect(200).path("timeEntry");
  }

  /** The invoice. */
  public JsonNode invoice(String invoiceId) {
    return owner().get("/invoices/" + invoiceId).expect(200);
  }

  /** Sends an invoice and waits until its workflow waits for payment. */
  public JsonNode send(String invoiceId) {
    owner().post("/invoices/" + invoiceId + "/send", "{}").expect(202);
    Laptop.settle();
    return invoice(invoiceId);
  }

  /** The firm's mails of one kind, newest first. */
  public List<JsonNode> mails(String kind) {
    JsonNode mails = Laptop.api().get("/_local/mails").expect(200).path("mails");
    return StreamSupport.stream(mails.spliterator(), false)
        .filter(mail -> mail.path("tags").path("firmId").asText().equals(firmId))
        .filter(mail -> mail.path("tags").path("kind").asText().equals(kind))
        .toList();
  }
}
