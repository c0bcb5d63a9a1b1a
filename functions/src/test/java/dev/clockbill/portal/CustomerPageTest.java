package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.Test;

/** What is known of a customer: the form and the page. */
@InBrowser
class CustomerPageTest {
  private final TestFirm firm = Laptop.firm();

  @Test
  void allThatIsKnownOfACustomerIsAskedForInWordsOfTheirCountryAndShown(Visitors visitors) {
    visitors.expect("400"); // the tax number that is wrong
    String ada = firm.customer("Nordlicht Solar");
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + ada);
    owner.button("Edit").click();
    Locator dialog = owner.dialog("Edit Nordlicht Solar");
    assertThat(dialog.getByLabel("Tax ID")).isHidden();
    dialog.getByLabel("Phone").fill("+49 40 5550134");
    dialog.getByLabel("Country").selectOption("US");
    assertThat(dialog.getByLabel("State", new Locator.GetByLabelOptions().setExact(true)))
        .isVisible();
    dialog.getByLabel("Street and number").fill("Hafenstraße 12");
    dialog.getByLabel("ZIP code").fill("20457");
    dialog.getByLabel("Country").selectOption("DE");
    assertThat(dialog.getByLabel("Postal code")).hasValue("20457");
    dialog.getByLabel("City").fill("Hamburg");
    dialog.getByText("Taxes and terms").click();
    dialog.getByLabel("Tax ID").fill("DE 123 456 78");
    dialog.getByLabel("Due after, days").fill("30");
    dialog.getByLabel("Tax exempt").check();
    dialog.getByText("Note for your firm").click();
    dialog.getByLabel("Note", new Locator.GetByLabelOptions().setExact(true)).fill("Calls Mondays");
    Accessible.expectNothing(owner.page(), "the customer's form");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).containsText("This is not a VAT number of Germany, such as DE123456789");
    dialog.getByLabel("Tax ID").fill("DE 123 456 789");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    JsonNode saved = firm.owner().get("/customers/" + ada).expect(200);
    assertThat(saved.path("address").asText()).isEqualTo("Hafenstraße 12\n20457 Hamburg\nGermany");
    assertThat(saved.path("taxId").asText()).isEqualTo("DE123456789");
    assertThat(saved.path("termsDays").asInt()).isEqualTo(30);
    Locator panel = owner.page().getByLabel("Customer", exactly()).first();
    for (String shown :
        new String[] {
          "+49 40 5550134", "DE123456789", "Tax exempt", "30 days after issue", "Calls Mondays"
        }) {
      assertThat(panel).containsText(shown);
    }
    owner.button("Edit").click();
    assertThat(dialog.getByLabel("Due after, days")).hasValue("30");
    dialog.getByLabel("Due after, days").fill("");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(firm.owner().get("/customers/" + ada).expect(200).path("termsDays").isNull())
        .isTrue();
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
