package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.mail.PaperReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an invoice says of the exemption and the taxes on it agree, whenever either changes. */
@StoppedClock
class TaxExemptionTest {
  private final TestFirm firm = Laptop.firm();
  private final String ada = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);

  TaxExemptionTest() {
    firm.owner()
        .patch("/firm", "{\"invoicing\":{\"taxes\":[{\"name\":\"VAT\",\"ratePercent\":\"20\"}]}}")
        .expect(200);
  }

  private String draft() {
    return firm.time(ada, service, 60).path("invoiceId").asText();
  }

  private void exempt(boolean exempt) {
    firm.staff().patch("/customers/" + ada, "{\"taxExempt\":" + exempt + "}").expect(200);
  }

  private static void assertTaxed(JsonNode invoice) {
    assertThat(invoice.at("/customer/taxExempt").asBoolean(true)).isFalse();
    assertThat(invoice.path("taxes").findValuesAsText("amount")).containsExactly("5000");
    assertThat(invoice.path("total").asLong()).isEqualTo(30_000);
  }

  private static void assertExempt(JsonNode invoice) {
    assertThat(invoice.at("/customer/taxExempt").asBoolean()).isTrue();
    assertThat(invoice.path("taxes")).isEmpty();
    assertThat(invoice.path("total").asLong()).isEqualTo(25_000);
  }

  private JsonNode look(String invoiceId) {
    return firm.owner().get("/invoices/" + invoiceId + "/mail").expect(200);
  }

  @Test
  void anExemptCustomersDraftHasNoTaxesAndEveryPaperOfItSaysWhy() {
    exempt(true);
    String invoiceId = draft();
    assertExempt(firm.invoice(invoiceId));
    assertThat(look(invoiceId).path("warnings").findValuesAsText("kind"))
        .doesNotContain("tax-exemption-changed");
    JsonNode sent = firm.send(invoiceId);
    assertExempt(sent);
    String payUrl = sent.path("payUrl").asText();
    JsonNode mail = firm.mails("invoice").getFirst();
    for (String shown :
        List.of(
            mail.path("text").asText(),
            mail.path("html").asText(),
            Laptop.api().get(payUrl).body(),
            PaperReader.text(Laptop.api().bytes(payUrl + "/invoice.pdf")))) {
      assertThat(shown).contains("Tax exempt", "$250.00").doesNotContain("VAT");
    }
  }

  @Test
  void taxesFollowTheExemptionThatIsPrinted() {
    String invoiceId = draft();
    exempt(true);
    assertTaxed(firm.invoice(invoiceId));
    JsonNode seen = look(invoiceId);
    assertThat(seen.path("warnings").findValuesAsText("kind")).contains("tax-exemption-changed");
    assertThat(seen.path("text").asText()).contains("Tax exempt").doesNotContain("$300.00");
    JsonNode sent = firm.send(invoiceId);
    assertExempt(sent);
    assertThat(sent.path("history").findValuesAsText("what"))
        .anyMatch(what -> what.endsWith(", without taxes: the customer is tax exempt now"));
    exempt(false);
    assertExempt(firm.invoice(invoiceId));
    JsonNode revised = firm.owner().post("/invoices/" + invoiceId + "/revise", "{}").expect(201);
    assertTaxed(revised);
    String again = revised.path("invoiceId").asText();
    exempt(true);
    String other = draft();
    exempt(false);
    JsonNode back = firm.send(other);
    assertTaxed(back);
    assertThat(back.path("history").findValuesAsText("what"))
        .anyMatch(what -> what.endsWith(", with taxes: the customer is no longer tax exempt"));
    assertTaxed(firm.send(again));
  }

  @Test
  void draftsThatAreMergedGetTheTaxesOfNow() {
    String taxed = draft();
    exempt(true);
    String untaxed = draft();
    exempt(false);
    JsonNode merged = merged(taxed, untaxed);
    assertThat(merged.path("total").asLong()).isEqualTo(60_000);
    exempt(true);
    String more = draft();
    JsonNode all = merged(taxed, more);
    assertThat(all.path("taxes")).isEmpty();
    assertThat(all.path("total").asLong()).isEqualTo(75_000);
  }

  private JsonNode merged(String first, String second) {
    return firm.owner()
        .post("/invoices/merge", "{\"invoiceIds\":[\"%s\",\"%s\"]}".formatted(first, second))
        .expect(201);
  }

  @Test
  void whatComesToLessThanNothingWithoutTaxesIsNotSent() {
    String invoiceId = draft();
    JsonNode draft = firm.invoice(invoiceId);
    firm.owner()
        .ifMatch(draft.path("version").asLong())
        .patch(
            "/invoices/" + invoiceId,
            "{\"lines\":[{\"lineId\":%s},{\"kind\":\"fixed\",\"description\":\"Paid before\",\"amount\":-27000,\"taxable\":false}]}"
                .formatted(draft.at("/lines/0/lineId")))
        .expect(200);
    exempt(true);
    assertThat(firm.owner().post("/invoices/" + invoiceId + "/send", "{}").word())
        .isEqualTo("nothing-to-bill");
    exempt(false);
    assertThat(firm.send(invoiceId).path("total").asLong()).isEqualTo(3_000);
  }

  @Test
  void whatIsSentAutomaticallyFollowsTheExemptionToo() {
    firm.owner()
        .patch("/customers/" + ada, "{\"sendAutomatically\":true,\"taxExempt\":true}")
        .expect(200);
    String invoiceId = draft();
    Laptop.settle();
    JsonNode sent = firm.invoice(invoiceId);
    assertThat(sent.path("state").asText()).isEqualTo("sent");
    assertExempt(sent);
  }
}
