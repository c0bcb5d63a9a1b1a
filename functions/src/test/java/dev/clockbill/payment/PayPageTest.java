package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.PayOffer.Closed;
import dev.clockbill.payment.PayOffer.Payable;
import dev.clockbill.payment.ProcessorUnits.Chargeable;
import dev.clockbill.print.Templates;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayPageTest {
  private static final FirmSettings FIRM = Samples.firm();

  private static PayOffer offer(InvoiceState state, long paid, Payment... payments) {
    return PayOffer.of(FIRM, Samples.invoice(state, 123_450, paid), List.of(payments));
  }

  private static String page(Invoice invoice, Closed notice) {
    PayView view = PayView.of(FIRM, invoice, "https://clockbill.example", notice);
    return Templates.html("pay", view);
  }

  @ParameterizedTest
  @EnumSource(InvoiceState.class)
  void onlyWhatIsPayableCanBePaid(InvoiceState state) {
    assertThat(offer(state, 0) instanceof Payable).isEqualTo(state.payable());
  }

  @Test
  void chargesWhatIsStillDue() {
    assertThat(offer(InvoiceState.PARTLY_PAID, 23_450))
        .isEqualTo(new Payable(new Chargeable(100_000, "usd")));
  }

  @Test
  void aPaymentUnderWayIsWaitedFor() {
    assertThat(
            offer(
                InvoiceState.SENT,
                0,
                Payment.inCheckout(
                    "cs_1", "pi_1", Payment.Status.PROCESSING, 123_450, "card", Instant.EPOCH)))
        .isInstanceOfSatisfying(
            Closed.class, closed -> assertThat(closed.title()).contains("under way"));
  }

  @Test
  void whatTheProcessorCannotChargeIsSaid() {
    assertThat(PayOffer.of(FIRM, Samples.invoice(InvoiceState.SENT, "BHD", 1_234, 0), List.of()))
        .isInstanceOfSatisfying(
            Closed.class,
            closed -> assertThat(closed.text()).contains("steps of BHD\u00a00.010", FIRM.email()));
  }

  @Test
  void withoutPaymentsSetupThereIsNoButton() {
    assertThat(
            PayOffer.of(
                Samples.firmWithoutPayments(),
                Samples.invoice(InvoiceState.SENT, 123_450, 0),
                List.of()))
        .isInstanceOf(Closed.class);
  }

  @Test
  void showsTheInvoiceWithOnePayButton() {
    assertThat(page(Samples.invoice(InvoiceState.SENT, 123_450, 0), null))
        .contains(
            "<h1>Invoice INV-2026-0042</h1>",
            "Ada &lt;Lovelace&gt;",
            "Filing fee",
            "action=\"/pay/" + Samples.TOKEN + "/checkout\"",
            "Pay $1,234.50</button>")
        .doesNotContain("<script", "<Lovelace>", " style=");
  }

  @Test
  void aVoidInvoiceShowsNeitherLinesNorButton() {
    PayOffer offer = offer(InvoiceState.VOID, 0);
    assertThat(page(Samples.invoice(InvoiceState.VOID, 123_450, 0), (Closed) offer))
        .contains("This invoice is void")
        .doesNotContain("<form", "Filing fee");
  }

  @Test
  void aPaidInvoiceSaysSo() {
    PayOffer offer = offer(InvoiceState.PAID, 123_450);
    assertThat(page(Samples.invoice(InvoiceState.PAID, 123_450, 123_450), (Closed) offer))
        .contains("Paid. Thank you!", "Amount due")
        .doesNotContain("<form");
  }

  @Test
  void thePolicyAllowsOneStylesheetAndOneWayOut() {
    Response response = HtmlPage.page(200, "", "'self' https://checkout.stripe.com");
    assertThat(response.headers())
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cache-control", "no-store");
    assertThat(response.headers().get("content-security-policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .endsWith("form-action 'self' https://checkout.stripe.com")
        .doesNotContain("unsafe");
  }
}
