package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the portal says of mails that wait, were answered, or came back. */
@InBrowser
class MailOnInvoiceTest {
  private static final Api API = Laptop.api();

  private TestFirm firm;
  private String customer;
  private String service;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  private String sent() {
    String invoiceId = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.send(invoiceId);
    return invoiceId;
  }

  private static void account(String state) {
    API.post("/_local/mail-account", Api.json("state", state)).expect(200);
  }

  private Visitor at(Visitors visitors, String place) {
    return visitors.at(firm.owner()).go(place);
  }

  @Test
  void failure32_mailsThatWaitAreSaidOnTheInvoiceAndOnEveryPage(Visitors visitors) {
    account("paused");
    String invoiceId = sent();
    Visitor owner = at(visitors, "/invoices/" + invoiceId);
    assertThat(owner.region("Invoice")).containsText("Mail on its way");
    assertThat(owner.region("Invoice")).containsText("at the mail service sending is paused.");
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice whose mail waits");
    owner.go("/customers");
    owner.page().reload();
    Locator hint = owner.page().locator("main > mail-delivery");
    assertThat(hint).containsText("They go out by themselves when that is over");
    Accessible.expectNothingInLightAndDark(owner.page(), "mails wait");
    account("ok");
    Laptop.advance("PT2H");
    owner.page().reload();
    owner.expectHeading("Customers");
    assertThat(hint).hasCount(0);
    owner.go("/invoices/" + invoiceId);
    assertThat(owner.region("Invoice")).containsText("Mail delivered");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void anAutomaticAnswerAndAnAddressThatMailsCameBackFromAreExplained(Visitors visitors) {
    String first = sent();
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    API.post("/_local/mails/" + mail + "/bounce", "{\"type\":\"transient\"}").expect(200);
    Laptop.settle();
    Visitor owner = at(visitors, "/invoices/" + first);
    assertThat(owner.region("Invoice")).containsText("an automatic answer came back");
    API.post("/_local/mails/" + mail + "/bounce", "{\"type\":\"permanent\"}").expect(200);
    Laptop.settle();
    String second = sent();
    owner.go("/invoices/" + second);
    assertThat(owner.region("Invoice")).containsText("nothing was sent: an earlier mail came back");
    Accessible.expectNothingInLightAndDark(owner.page(), "a suppressed address");
    owner.button("Mail it again").click();
    Visitor.button(owner.dialog("Mail it again"), "Mail it again").click();
    assertThat(owner.region("Invoice")).containsText("Mail delivered");
  }
}
