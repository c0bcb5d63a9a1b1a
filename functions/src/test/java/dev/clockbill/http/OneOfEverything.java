package dev.clockbill.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A firm with one of everything, whose names all hold one word that nothing else does.
 *
 * @param word the word
 * @param firm the firm
 * @param ids of its things, by the names that routes and fields have for them
 * @param sent an invoice that was sent, with a payment
 */
record OneOfEverything(String word, TestFirm firm, Map<String, String> ids, String sent) {

  static OneOfEverything of(String word) {
    TestFirm firm =
        Laptop.firm(Api.json("name", word + " Partners", "payments", "ready", "staff", 1));
    Map<String, String> ids = new TreeMap<>();
    ids.put(
        "customerId",
        firm.customer(word + " Bakery", word.toLowerCase(Locale.ROOT) + "@x.example"));
    ids.put("serviceId", firm.service(word + " Advice", 25_000));
    ids.put("staffId", staff(word, firm));
    JsonNode first = firm.time(ids.get("customerId"), ids.get("serviceId"), 60);
    String sent = first.path("invoiceId").asText();
    firm.send(sent);
    String payment =
        Api.json("amount", 100, "method", word, "receivedOn", first.path("workedOn").asText());
    JsonNode paid = firm.owner().post("/invoices/" + sent + "/payments", payment).expect(201);
    ids.put("paymentId", paid.path("paymentId").asText());
    JsonNode drafted = firm.time(ids.get("customerId"), ids.get("serviceId"), 60);
    ids.put("timeEntryId", drafted.path("timeEntryId").asText());
    ids.put("invoiceId", drafted.path("invoiceId").asText());
    ids.put("lineId", firm.invoice(ids.get("invoiceId")).at("/lines/0/lineId").asText());
    ids.put("timerId", firm.start(ids.get("customerId"), ids.get("serviceId")));
    String run = Api.json("upTo", first.path("workedOn").asText());
    ids.put("runId", firm.owner().post("/billing-runs", run).expect(202).path("runId").asText());
    Laptop.settle();
    return new OneOfEverything(word, firm, ids, sent);
  }

  private static String staff(String word, TestFirm firm) {
    String email = word.toLowerCase(Locale.ROOT) + "." + firm.firmId() + "@y.example";
    return firm.owner()
        .post("/staff", Api.json("name", word + " Smith", "email", email, "role", "staff"))
        .expect(201)
        .path("staffId")
        .asText();
  }

  /** A route's path with this firm's ids in it; a payment's is of the invoice that was sent. */
  String path(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    if (path.contains("{paymentId}")) {
      path = path.replace("{invoiceId}", sent);
    }
    for (Map.Entry<String, String> id : ids.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    return path;
  }
}
