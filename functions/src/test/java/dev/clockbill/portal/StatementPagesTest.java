package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The statement of a customer and their client page, as the firm and the customer use them. */
@InBrowser
class StatementPagesTest {
  private final TestFirm firm = Laptop.firm();
  private final String customerId = firm.customer("Ada Lovelace");

  private void sent(long amount) {
    firm.send(firm.draft(customerId, amount));
  }

  @Test
  void aFirmSharesTheClientPageAndTheCustomerPaysSomeOfTheInvoices(Visitors visitors) {
    sent(25_000);
    sent(10_050);
    sent(7_000);
    Visitor owner = visitors.at(firm.owner());
    owner.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    owner.go("/customers/" + customerId);
    owner.button("Send a statement").click();
    Locator statement = owner.dialog("Send Ada Lovelace a statement");
    assertThat(statement).containsText("$420.50 is open on 3 open invoices");
    Accessible.expectNothingInLightAndDark(owner.page(), "Statement");
    Visitor.field(statement, "Subject").fill("What is open");
    Visitor.button(statement, "Send statement").click();
    assertThat(statement).isHidden();
    Laptop.settle();
    owner.button("Client page").click();
    Locator link = owner.dialog("Client page of Ada Lovelace");
    Accessible.expectNothingInLightAndDark(owner.page(), "Client page");
    String url = Visitor.field(link, "Link").inputValue();
    Visitor.button(link, "Copy link").click();
    assertThat(link).isHidden();

    Visitor customer = visitors.stranger(Laptop.stack().base());
    Page page = customer.page();
    page.navigate(url);
    Accessible.expectNothingInLightAndDark(page, "The client page");
    assertThat(page.locator("main")).containsText("3 invoices selected: $420.50");
    page.getByLabel(Pattern.compile("Pay Invoice .*3")).uncheck();
    page.getByText("Update").click();
    assertThat(page.locator("main")).containsText("2 invoices selected: $350.50");
    customer.expectNothingWiderThanAPhone();
    page.getByText("Pay selected invoices").click();
    page.waitForURL("**/_processor/checkout/*");
    Laptop.api().post(page.url(), Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    page.navigate(url);
    assertThat(page.locator("main")).containsText("$70.00");
    assertThat(page.locator("main")).containsText("$250.00 paid on");
    Accessible.expectNothingInLightAndDark(page, "The client page, partly paid");

    owner.button("Client page").click();
    Visitor.button(link, "Revoke link").click();
    Locator revoke = owner.dialog("Revoke the link of Ada Lovelace?");
    Visitor.button(revoke, "Revoke link").click();
    assertThat(revoke).isHidden();
    visitors.expect("404");
    page.navigate(url);
    assertThat(page.locator("h1")).hasText("This link does not work");
  }
}
