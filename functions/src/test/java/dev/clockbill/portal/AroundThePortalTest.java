package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages around the portal: what a customer sees, and what only a laptop has. */
@InBrowser
class AroundThePortalTest {
  private TestFirm firm;
  private String sent;
  private String payUrl;

  @BeforeEach
  void aSentInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    sent = firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    payUrl = firm.send(sent).path("payUrl").asText();
  }

  @Test
  void aCustomerPaysFromTheMailToTheReceiptWithoutAScript(Visitors visitors) {
    Visitor customer =
        visitors.stranger(firm.owner().base(), options -> options.setJavaScriptEnabled(false));
    Page page = customer.page();
    page.navigate(payUrl);
    assertThat(heading(page)).hasText("Invoice 0001");
    assertThat(page.getByText("$250.00").first()).isVisible();
    press(page, "Pay $250.00");
    page.waitForURL("**/_processor/checkout/**");
    press(page, "Pay");
    page.waitForURL("**/pay/**");
    Eventually.get("the payment", () -> firm.invoice(sent).path("state").asText(), "paid"::equals);
    page.navigate(payUrl);
    assertThat(page.getByText("Paid. Thank you!")).isVisible();
    Eventually.get("the receipt", () -> firm.mails("receipt"), mails -> mails.size() == 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void axeFindsNothingOnThem(ColorScheme scheme, Visitors visitors) {
    visitors.expect("404");
    String base = firm.owner().base();
    Page page = visitors.stranger(base, options -> options.setColorScheme(scheme)).page();
    expectNothing(page, payUrl, "the pay page");
    page.getByRole(AriaRole.BUTTON).first().click();
    page.waitForURL("**/_processor/checkout/**");
    Accessible.expectNothing(page, "the checkout");
    String reason = "{\"reason\": \"Twice\"}";
    firm.owner().post("/invoices/" + sent + "/void", reason).expect(200);
    expectNothing(page, payUrl, "the pay page of a void invoice");
    expectNothing(page, base + "/pay/nothing", "the page of a wrong link");
    expectNothing(page, base + "/_processor/checkout", "the checkouts");
    expectNothing(page, base + "/_local", "the stack's own page");
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    expectNothing(page, base + "/_local/inbox", "the inbox");
    page.navigate(base + "/_local/inbox/" + mail);
    Accessible.expectNothingOutsideFrames(page, "a mail");
    page.navigate(base + "/");
    page.waitForURL("**/_login/authorize?**");
    Accessible.expectNothing(page, "the login");
  }

  private static void expectNothing(Page page, String address, String place) {
    page.navigate(address);
    Accessible.expectNothing(page, place);
  }

  private static Locator heading(Page page) {
    return page.getByRole(AriaRole.HEADING).first();
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }
}
