package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money without or with three decimals, from the rate to the processor and back. */
@StoppedClock
class CurrenciesTest {
  private static final Api API = Laptop.api();

  private static JsonNode sent(TestFirm firm, long hourlyRate) {
    JsonNode time =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Bookkeeping", hourlyRate), 60);
    return firm.send(time.path("invoiceId").asText());
  }

  private static TestFirm firm(String currency) {
    return Laptop.firm(Api.json("payments", "ready", "currency", currency));
  }

  @ParameterizedTest
  @CsvSource({
    "JPY, 100, ¥100",
    "USD, 100, $1.00",
    "BHD, 1230, BHD 1.230",
  })
  void failure16_anHourIsChargedAsItIsPrinted(String currency, long rate, String printed) {
    TestFirm firm = firm(currency);
    JsonNode invoice = sent(firm, rate);
    assertThat(invoice.path("total").asLong()).isEqualTo(rate);
    assertThat(firm.mails("invoice").getFirst().path("text").asText().replace('\u00a0', ' '))
        .contains(printed);
    String checkout =
        API.post(invoice.path("payUrl").asText() + "/checkout").header("location").orElseThrow();
    JsonNode session = API.with("accept", "application/json").get(checkout).expect(200);
    assertThat(session.path("amount").asLong()).isEqualTo(rate);
    assertThat(session.path("currency").asText()).isEqualToIgnoringCase(currency);
    API.post(checkout, Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    JsonNode paid = firm.invoice(invoice.path("invoiceId").asText());
    assertThatInvoice(paid).isIn("paid").hasAmountPaid(rate);
  }

  @Test
  void failure16_whatTheProcessorCannotChargeIsNotRoundedButSaid() {
    TestFirm firm = firm("BHD");
    JsonNode invoice = sent(firm, 1_234);
    assertThat(invoice.path("total").asLong()).isEqualTo(1_234);
    String payUrl = invoice.path("payUrl").asText();
    assertThat(API.get(payUrl).body())
        .contains("BHD\u00a01.234", "steps of BHD\u00a00.010")
        .doesNotContain("<form");
    assertThat(API.post(payUrl + "/checkout").status()).isEqualTo(409);
  }
}
