package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A firm that has just been made is led to its first timer, and to its first invoice. */
@InBrowser
class FirstStepsTest {

  @Test
  void aFirmWithNothingIsToldWhatToDoFirst(Visitors visitors) {
    TestFirm firm = Laptop.firm("{}");
    Visitor owner = visitors.at(firm.owner()).go("/");
    Locator steps = owner.region("First steps");
    assertThat(steps.getByRole(AriaRole.LINK)).hasCount(4);
    aServiceIsAdded(owner);
    assertThat(owner.region("First steps").getByText("Done")).hasCount(1);
  }

  private static void aServiceIsAdded(Visitor owner) {
    owner.link("Add a paid service with its hourly rate").click();
    owner.button("Add a paid service").click();
    Locator dialog = owner.dialog("Add a paid service");
    dialog.getByLabel("Name").fill("Tax Resolution");
    dialog.getByLabel("Rate an hour, USD").fill("250");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Paid services")).containsText("$250.00");
    owner.link("Start").click();
  }

  @Test
  void aNewFirmIsLedFromWhoItIsToItsFirstSentInvoice(Visitors visitors) throws IOException {
    TestFirm firm = Laptop.firm("{}");
    Visitor owner = visitors.at(firm.owner()).go("/");
    owner.link("Say who your firm is: its address, taxes and logo").click();
    theFirmIsIntroduced(owner);
    itsSampleInvoiceIsSeen(owner);
    owner.link("Finish").click();
    assertThat(owner.region("First steps").getByText("Done")).hasCount(1);

    owner.link("Set up payments, so that customers can pay by card").click();
    owner.button("Set up payments").click();
    owner.page().waitForURL("**/_processor/onboarding/*");
    owner.button("Finish the setup").click();
    owner.expectHeading("Settings");
    assertThat(owner.region("Payments")).containsText("Customers can pay");
    owner.link("Start").click();
    aServiceIsAdded(owner);
    owner.link("Add your first customer").click();
    owner.button("Add customer").first().click();
    Locator customer = owner.dialog("Add a customer");
    customer.getByLabel("Name").fill("Ada Lovelace");
    customer.getByLabel("Email").fill("ada@" + firm.firmId() + ".example");
    Visitor.button(customer, "Save").click();
    owner.expectHeading("Ada Lovelace");

    owner.button("Track").click();
    owner.button("Start Tracking").click();
    assertThat(owner.tracker()).containsText("Tax Resolution");
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    owner.field("Billed minutes of line 1").fill("60");
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    FrameLocator mail = dialog.frameLocator("iframe");
    assertThat(mail.locator("body")).containsText("Hollis & Reed");
    assertThat(mail.getByText("Pay $270.63")).isVisible();
    Accessible.expectNothing(owner.page(), "the first mail");
    Visitor.button(dialog, "Send").click();
    owner.expectHeading("Invoice HR-1041");
    assertThat(owner.page().getByText("Email delivered").first()).isVisible();
    Accessible.expectNothing(owner.page(), "the first invoice");
    owner.link("Start").click();
    assertThat(owner.region("First steps")).isHidden();
  }

  private static void theFirmIsIntroduced(Visitor owner) {
    owner.expectHeading("Who you are");
    owner.field("Name").fill("Hollis & Reed");
    owner.field("Tax ID").fill("EIN 74-2918364");
    owner.field("Street and number").fill("1100 Congress Avenue");
    owner.field("City").fill("Austin");
    owner.field("State").fill("TX");
    owner.field("ZIP code").fill("78701");
    assertThat(
            owner
                .page()
                .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Country")))
        .hasValue("US");
    Accessible.expectNothing(owner.page(), "who you are");
    owner.button("Save and continue").click();
    owner.expectHeading("Money and numbers");
    owner.field("Number prefix").fill("HR-");
    owner.field("Next number").fill("1041");
    owner.field("Tax").fill("Sales tax");
    owner.field("Percent").fill("8.25");
    Accessible.expectNothing(owner.page(), "money and numbers");
    owner.button("Save and continue").click();
    owner.expectHeading("Your look");
    assertThat(owner.page().getByLabel("What customers see").first())
        .containsText("1100 Congress Avenue");
    Accessible.expectNothing(owner.page(), "your look");
    owner.link("Continue").click();
    owner.expectHeading("What customers see");
  }

  private static void itsSampleInvoiceIsSeen(Visitor owner) throws IOException {
    assertThat(owner.page().getByText("There is no address yet")).isHidden();
    Accessible.expectNothing(owner.page(), "what customers see");
    Download sample =
        owner.page().waitForDownload(() -> owner.button("See a sample invoice").click());
    try (PDDocument pdf = Loader.loadPDF(sample.path().toFile())) {
      Assertions.assertThat(new PDFTextStripper().getText(pdf))
          .contains("Hollis & Reed", "1100 Congress Avenue", "HR-1041", "Sales tax");
    }
  }

  @Test
  void trackExplainsWhatIsMissingInsteadOfFailing(Visitors visitors) {
    TestFirm firm = Laptop.firm("{}");
    String customer = firm.customer("Ada Lovelace");
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Track").click();
    assertThat(owner.dialog("Track time")).containsText("Finish the payments setup");
    assertThat(owner.button("Start Tracking")).hasCount(0);

    TestFirm ready = Laptop.firm();
    String other = ready.customer("Grace Hopper");
    Visitor second = visitors.at(ready.owner()).go("/customers/" + other);
    second.button("Track").click();
    second.link("Add a paid service").click();
    second.expectHeading("Settings");
  }

  @Test
  void theFirstCustomerIsAddedWhereNoneIs(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    owner.button("Add customer").first().click();
    Locator dialog = owner.dialog("Add a customer");
    dialog.getByLabel("Name").fill("Ada Lovelace");
    dialog.getByLabel("Email").fill("ada@example.com");
    Visitor.button(dialog, "Save").click();
    owner.expectHeading("Ada Lovelace");
    assertThat(owner.page().getByText("No time yet. Press Track to start.")).isVisible();
  }
}
