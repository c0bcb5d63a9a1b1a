package dev.clockbill.invoice.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines that are so many times a price, and lines that are put together. */
@StoppedClock
class PricedLinesTest {
  private final TestFirm firm = Laptop.firm();
  private final String customer = firm.customer("Lindqvist Joinery");

  private JsonNode edit(JsonNode draft, String body) {
    return patch(draft, body).expect(200);
  }

  private Api.Answer patch(JsonNode draft, String body) {
    return firm.owner()
        .ifMatch(draft.path("version").asLong())
        .patch("/invoices/" + id(draft), body);
  }

  private static String id(JsonNode invoice) {
    return invoice.path("invoiceId").asText();
  }

  private static JsonNode lineOf(JsonNode invoice) {
    return invoice.path("lines").path(0);
  }

  private static String lines(Object... lines) {
    return Api.json("lines", List.of(lines));
  }

  private void refused(JsonNode draft, String body) {
    assertThat(patch(draft, body).word()).isEqualTo("invalid-request");
    assertThat(firm.invoice(id(draft))).isEqualTo(draft);
  }

  private JsonNode draftOf(String service) {
    return firm.invoice(firm.time(customer, service, 60).path("invoiceId").asText());
  }

  @Test
  void aServiceOfAFixedPriceIsBilledByItsPrice() {
    String serviceId = firm.fixedPriced("Tax return", 45_000);
    firm.owner().patch("/services/" + serviceId, "{\"active\":false}").expect(200);
    JsonNode draft = firm.draft(customer, "serviceId", serviceId);
    JsonNode line = lineOf(draft);
    assertThat(line.path("serviceName").asText()).isEqualTo("Tax return");
    assertThat(line.path("quantity").asText()).isEqualTo("1");
    assertThat(line.path("unitAmount").asLong()).isEqualTo(45_000);
    JsonNode edited =
        edit(draft, lines(Map.of("lineId", line.path("lineId").asText(), "quantity", "2.5")));
    assertThat(edited.path("total").asLong()).isEqualTo(112_500);
    assertThat(firm.invoice(id(edited))).isEqualTo(edited);
    assertThat(edit(edited, Api.json("lines", edited.path("lines"))))
        .as("sent back as read")
        .isEqualTo(edited);
    refused(edited, lines(Map.of("kind", "fixed", "serviceId", "01KAP4T7E8R9S0T1V2W3X4Y5Z6")));
  }

  @Test
  void aDraftIsGroupedAsTheFirmWantsItUntilAPersonSaysOtherwise() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"grouping\":\"staff\"}}").expect(200);
    String service = firm.service("Advice", 25_000);
    JsonNode draft = draftOf(service);
    assertThat(draft.path("grouping").asText()).isEqualTo("staff");
    assertThat(lineOf(draft).path("serviceId").asText()).isEqualTo(service);
    assertThat(lineOf(draft).path("staffName").asText()).isEqualTo("Owner");
    JsonNode grouped = edit(draft, "{\"grouping\":\"service\"}");
    assertThat(firm.invoice(id(draft)).path("grouping").asText()).isEqualTo("service");
    JsonNode plain = edit(grouped, "{\"grouping\":null}");
    assertThat(plain.path("grouping").isNull()).isTrue();
    refused(plain, "{\"grouping\":\"customer\"}");
    firm.owner().patch("/firm", "{\"invoicing\":{\"grouping\":null}}").expect(200);
    assertThat(draftOf(service).path("grouping").isNull()).isTrue();
  }
}
