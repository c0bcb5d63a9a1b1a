package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The PDF of an invoice wherever it can be had, against the stack. */
@StoppedClock
class InvoicePdfStoreTest {
  private TestFirm firm;
  private String customer;
  private String invoiceId;

  @BeforeEach
  void draft() {
    firm = Laptop.firm();
    customer = firm.customer("Harbour Foods");
    invoiceId = firm.draft(customer, 12_345);
  }

  private byte[] inTheApi() {
    return firm.owner().bytes("/invoices/" + invoiceId + "/pdf");
  }

  private byte[] onThePayPage() {
    return Laptop.api().bytes(firm.invoice(invoiceId).path("payUrl").asText() + "/invoice.pdf");
  }

  private byte[] inTheMail() {
    JsonNode mail = firm.mails("invoice").getFirst();
    String name = mail.path("attachments").path(0).path("name").asText();
    return Laptop.api().bytes("/_local/mails/" + mail.path("id").asText() + "/attachments/" + name);
  }

  @Test
  void theSameBytesAreInTheMailInTheApiAndOnThePayPage() throws Exception {
    firm.send(invoiceId);
    assertThat(firm.mails("invoice").getFirst().path("attachments"))
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path("name").asText()).isEqualTo("invoice-0001.pdf");
              assertThat(file.path("type").asText()).isEqualTo("application/pdf");
            });
    byte[] sent = inTheMail();
    assertThat(inTheApi()).isEqualTo(sent);
    assertThat(onThePayPage()).isEqualTo(sent);
    AccessiblePdf.check(sent);
    PrintedPdf printed = PrintedPdf.of(sent);
    assertThat(printed.text()).contains("0001", "Harbour Foods", "Total due $123.45");
    assertThat(printed.links()).containsOnly(firm.invoice(invoiceId).path("payUrl").asText());
  }

  @Test
  void thePayPageLinksToIt() {
    firm.send(invoiceId);
    String payUrl = firm.invoice(invoiceId).path("payUrl").asText();
    String path = payUrl.substring(payUrl.indexOf("/pay/"));
    assertThat(Laptop.api().get(payUrl).body())
        .contains("<a href=\"" + path + "/invoice.pdf\">Download PDF</a>");
    assertThat(Laptop.api().get(payUrl + "/invoice.pdf").header("cache-control"))
        .contains("no-store");
  }

  @Test
  void whatWasSentStaysAsItWas() {
    firm.send(invoiceId);
    byte[] sent = inTheApi();
    firm.owner().patch("/firm", "{\"name\":\"Renamed\",\"address\":\"Elsewhere\"}").expect(200);
    assertThat(inTheApi()).isEqualTo(sent);
    assertThat(onThePayPage()).isEqualTo(sent);
  }

  @Test
  void aDraftIsPrintedAsItStandsAndMarkedAsOne() {
    assertThat(PrintedPdf.of(inTheApi()).text())
        .contains("Invoice Draft", "When it is sent", "Total due $123.45");
    firm.owner()
        .ifMatch(firm.invoice(invoiceId).path("version").asLong())
        .patch("/invoices/" + invoiceId, "{\"discount\":{\"amount\":345}}")
        .expect(200);
    assertThat(PrintedPdf.of(inTheApi()).text()).contains("Total due $120.00");
    assertThat(firm.owner().get("/invoices/" + invoiceId + "/pdf").header("content-disposition"))
        .contains("inline; filename=\"invoice-draft.pdf\"");
  }

  @Test
  void aNumberThatIsNoFileNameIsWrittenAsOne() {
    firm.owner()
        .patch("/firm", "{\"invoicing\":{\"numberPrefix\":\"R\u00e9f 20/\\\"\"}}")
        .expect(200);
    firm.send(invoiceId);
    assertThat(firm.mails("invoice").getFirst().at("/attachments/0/name").asText())
        .isEqualTo("invoice-R-f-20-0001.pdf");
  }

  @Test
  void aMailThatIsTriedAgainCarriesWhatWasKept() {
    Laptop.fault("MailInvoice", "ses", "SendEmail", "before", 1);
    firm.send(invoiceId);
    byte[] kept = inTheApi();
    firm.owner().patch("/firm", "{\"address\":\"Elsewhere\"}").expect(200);
    Laptop.advance("PT10M");
    assertThat(firm.mails("invoice")).hasSize(1);
    assertThat(inTheMail()).isEqualTo(kept);
  }

  @Test
  void aPdfThatCouldNotBeKeptIsMadeAgainBeforeTheMailGoes() {
    Laptop.fault("MailInvoice", "dynamodb", "PutItem", "before", 3);
    firm.send(invoiceId);
    Laptop.advance("PT10M");
    assertThat(firm.mails("invoice")).hasSize(1);
    assertThat(inTheMail()).isEqualTo(inTheApi());
  }

  @Test
  void aPdfThatWasKeptThoughItsCallFailedIsTheOneThatGoes() {
    Laptop.fault("MailInvoice", "dynamodb", "PutItem", "after", 3);
    firm.send(invoiceId);
    Laptop.advance("PT10M");
    assertThat(firm.mails("invoice")).hasSize(1);
    assertThat(inTheMail()).isEqualTo(inTheApi());
  }

  @Test
  void nobodyElseGetsIt() {
    firm.send(invoiceId);
    TestFirm other = Laptop.firm();
    assertThat(other.owner().get("/invoices/" + invoiceId + "/pdf").word())
        .isEqualTo("invoice-not-found");
    assertThat(Laptop.api().get("/invoices/" + invoiceId + "/pdf").status()).isEqualTo(401);
    assertThat(Laptop.api().get("/pay/AAAAAAAAAAAAAAAAAAAAAA/invoice.pdf").status()).isEqualTo(404);
  }
}
