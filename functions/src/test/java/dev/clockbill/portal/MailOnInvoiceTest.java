package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
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

  @Test
  void failure32_mailsThatWaitAreSaidOnTheInvoiceAndOnEveryPageAsLongAsTheyDo(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.page().clock().install();
    owner.go("/customers");
    Locator hint = owner.page().locator("main > mail-delivery");
    account("paused");
    String invoiceId = sent();
    owner.page().clock().fastForward(61_000);
    owner.follow("/time").expectHeading("Time");
    assertThat(hint).containsText("Emails have been waiting since ");
    assertThat(hint)
        .containsText(": sending is paused at the email service. They are sent automatically");
    Accessible.expectNothingInLightAndDark(owner.page(), "mails wait");
    owner.follow("/invoices/" + invoiceId);
    assertThat(owner.region("Invoice")).containsText("Email on its way");
    assertThat(owner.region("Invoice"))
        .containsText(
            "It waits: sending is paused at the email service. It goes out automatically");
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice whose mail waits");
    account("ok");
    Laptop.advance("PT2H");
    owner.page().clock().fastForward(30_000);
    assertThat(owner.region("Invoice")).containsText("Email delivered");
    owner.menu().click();
    assertThat(owner.button("Resend")).isVisible();
    assertThat(hint).hasCount(0);
    assertThat(firm.mails("invoice")).hasSize(1);

    account("paused");
    owner.button("Resend").click();
    Visitor.button(owner.dialog("Resend invoice"), "Resend").click();
    assertThat(owner.region("Invoice")).containsText("then it can be resent");
    assertThat(owner.button("Record a payment")).isVisible();
    owner.menu().click();
    assertThat(owner.button("Revise")).isVisible();
    assertThat(owner.button("Resend")).hasCount(0);
    account("ok");
  }

  @Test
  void anAutomaticAnswerAndAnAddressThatMailsCameBackFromAreExplained(Visitors visitors) {
    String first = sent();
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    API.post("/_local/mails/" + mail + "/bounce", "{\"type\":\"transient\"}").expect(200);
    Laptop.settle();
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + first);
    assertThat(owner.region("Invoice")).containsText("an automatic reply came back");
    API.post("/_local/mails/" + mail + "/bounce", "{\"type\":\"permanent\"}").expect(200);
    Laptop.settle();
    String second = sent();
    owner.follow("/invoices/" + second);
    assertThat(owner.region("Invoice")).containsText("not sent, since an earlier email bounced");
    Accessible.expectNothingInLightAndDark(owner.page(), "a suppressed address");
    owner.button("Resend").click();
    Visitor.button(owner.dialog("Resend invoice"), "Resend").click();
    assertThat(owner.region("Invoice")).containsText("Email delivered");
    mail = firm.mails("invoice").getFirst().path("id").asText();
    API.post("/_local/mails/" + mail + "/complain", "{}").expect(200);
    Laptop.settle();
    owner.follow("/invoices/" + sent());
    assertThat(owner.region("Invoice")).containsText("Marked as spam, so nothing was sent.");
    assertThat(owner.region("Invoice")).not().containsText("bounced");
  }

  @Test
  void theFirmsLogoIsSeenInTheEmailBeforeItGoes(Visitors visitors) throws IOException {
    ByteArrayOutputStream logo = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB), "png", logo);
    firm.owner().put("/firm/logo", "image/png", logo.toByteArray()).expect(204);
    String draft = firm.draft(customer, 100);
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.button("Send").click();
    Locator shown = owner.dialog("Send to Ada Lovelace").frameLocator("iframe").locator("img");
    assertThat(shown).hasJSProperty("naturalWidth", 200);
  }

  @Test
  void contactsAreKeptByKeyboardAndStandInTheDialogsBeforeAnEmailGoes(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Edit").click();
    Locator dialog = owner.dialog("Edit Ada Lovelace");
    dialog.locator("summary").getByText("Contacts").click();
    owner.enter(Visitor.button(dialog, "Add a contact"));
    owner.page().keyboard().type("Bo Marsh");
    owner.page().keyboard().press("Tab");
    owner.page().keyboard().type("nobody");
    Locator contact =
        dialog.getByRole(
            AriaRole.GROUP, new Locator.GetByRoleOptions().setName("Bo Marsh").setExact(true));
    Visitor.field(contact, "Reminders").uncheck();
    String books = "bo@" + firm.firmId() + ".example";
    Visitor.field(contact, "Email").fill("nobody@nowhere");
    Visitor.button(dialog, "Save").click();
    assertThat(contact).containsText("This is not an email address");
    assertThat(Visitor.field(contact, "Email")).isFocused();
    Accessible.expectNothingInLightAndDark(owner.page(), "a contact that is wrong");
    Visitor.field(contact, "Email").fill(books);
    Visitor.button(dialog, "Add a contact").click();
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(owner.page().getByLabel("Customer").locator(".contacts"))
        .containsText("Gets invoices and receipts");
    owner.expectNothingWiderThanAPhone();
    Accessible.expectNothingInLightAndDark(owner.page(), "a customer with a contact");

    String draft = firm.draft(customer, 100);
    owner.go("/invoices/" + draft).button("Send").click();
    Locator send = owner.dialog("Send to Ada Lovelace");
    assertThat(send.locator("dl").first()).containsText("Cc " + books);
    Visitor.button(send, "Send").click();
    assertThat(owner.region("Invoice")).containsText(books + ": Email delivered");
    owner.button("Remind now").click();
    Locator remind = owner.dialog("Remind Ada Lovelace now?");
    assertThat(remind).containsText("goes to ada.lovelace@");
    assertThat(remind).not().containsText(books);
    Visitor.button(remind, "Cancel").click();

    owner.go("/customers/" + customer).button("Edit").click();
    Visitor.button(dialog, "Remove Bo Marsh").click();
    assertThat(Visitor.button(dialog, "Add a contact")).isFocused();
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(owner.page().getByLabel("Customer").locator(".contacts")).hasCount(0);
  }

  @Test
  void whoHasNoAddressIsBilledOnPaper(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Edit").click();
    Locator dialog = owner.dialog("Edit Ada Lovelace");
    Visitor.field(dialog, "Email").fill("");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.page().getByLabel("Customer").first())
        .containsText("None: invoices go on paper");

    owner.go("/invoices/" + firm.draft(customer, 100)).button("Send").click();
    Locator send = owner.dialog("Bill Ada Lovelace on paper");
    assertThat(send)
        .containsText("This customer has no email address. The invoice gets its number");
    assertThat(send.getByLabel("Message")).hasCount(0);
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice that goes on paper");
    Visitor.button(send, "Number and print").click();
    assertThat(owner.button("Mark as handed over")).isVisible();
    assertThat(owner.region("Invoice")).containsText("Delivery On paper");
    assertThat(owner.button("Remind now")).hasCount(0);
    owner.expectNothingWiderThanAPhone();
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice to hand over");
    owner.follow("/invoices");
    owner.tab("To hand over").click();
    assertThat(owner.page().locator("tbody tr")).hasCount(1);
    owner.page().locator("tbody a").first().click();
    owner.button("Mark as handed over").click();
    assertThat(owner.region("Invoice")).containsText("Handed over on paper");
    assertThat(owner.button("Mark as handed over")).hasCount(0);
    assertThat(owner.page().locator(".sub")).not().containsText("To hand over");
  }
}
