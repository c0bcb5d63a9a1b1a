package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The list of invoices as a firm works with it: made, searched, sorted, several at once. */
@InBrowser
class InvoicesPageTest {
  private final TestFirm firm = Laptop.firm();
  private final String ada = firm.customer("Ada Lovelace");
  private final String grace = firm.customer("Grace Hopper");

  private static Locator rows(Visitor visitor) {
    return visitor.page().locator("main tbody tr");
  }

  @Test
  void anInvoiceIsMadeOfACustomersUnbilledTime(Visitors visitors) {
    String service = firm.service("Tax Resolution", 25_000);
    String first = firm.time(ada, service, 60).path("invoiceId").asText();
    firm.owner().delete("/invoices/" + first).expect(204);
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.button("New invoice").first().click();
    owner.field("Customer").fill("ada lovelace"); // nobody else is called so
    owner.field("Customer").press("Tab");
    assertThat(owner.field("Customer")).hasValue("Ada Lovelace \u00b7 " + email(ada));
    owner.button("Make draft").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$250.00");
  }

  private String email(String customerId) {
    return firm.owner().get("/customers/" + customerId).expect(200).path("email").asText();
  }

  @Test
  void theListIsSearchedAndSortedByItsHeadingsAndRowsLeadOn(Visitors visitors) {
    firm.draft(ada, 100);
    firm.draft(grace, 90_000);
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    assertThat(owner.page().locator(".tabs a").first()).hasText("All 2");
    owner.link("Total").click();
    assertThat(owner.page().locator("th[aria-sort=descending]")).containsText("Total");
    assertThat(rows(owner).first()).containsText("Grace Hopper");
    owner.link("Total").click();
    assertThat(owner.page().locator("th[aria-sort=ascending]")).containsText("Total");
    assertThat(rows(owner).first()).containsText("Ada Lovelace");
    owner.field("Search").fill("hopp");
    assertThat(rows(owner)).hasCount(1);
    rows(owner)
        .first()
        .locator("td", new Locator.LocatorOptions().setHasText("$900.00"))
        .first()
        .click();
    owner.expectHeading("Draft invoice");
  }

  @Test
  void severalAreSentAndEachOutcomeIsTold(Visitors visitors) {
    visitors.expect("409");
    firm.draft(ada, 100);
    String empty =
        firm.owner()
            .post("/invoices", Api.json("customerId", grace))
            .expect(201)
            .path("invoiceId")
            .asText();
    String far = firm.draft(ada, 300);
    firm.owner()
        .ifMatch(firm.invoice(far).path("version").asLong())
        .patch("/invoices/" + far, Api.json("dueOn", "2090-01-31"))
        .expect(200);
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.field("Select all 3 shown").check();
    owner.button("Send").click();
    Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
    Visitor.button(dialog, "Send").click();
    assertThat(dialog).containsText("3 of 3 done, 2 could not be done");
    assertThat(dialog.locator("li", text("$1.00"))).containsText("Sent");
    assertThat(dialog.locator("li", text("$3.00")))
        .containsText("is more than a year away. Open the draft and send it there.");
    assertThat(firm.invoice(far).path("state").asText()).isEqualTo("draft");
    assertThat(dialog.locator("li", text("Grace Hopper")).locator(".problem")).not().isEmpty();
    Visitor.button(dialog, "Close").click();
    assertThat(firm.invoice(empty).path("state").asText()).isEqualTo("draft");
  }

  @Test
  void collectedTimeIsPutOnDraftsAndSentTogether(Visitors visitors) {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"collect\"}}").expect(200);
    String service = firm.service("Tax Resolution", 25_000);
    firm.time(ada, service, 60);
    firm.time(grace, service, 30);
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.link("Ready to bill").click();
    owner.expectHeading("Ready to bill");
    assertThat(owner.region("Unbilled time").locator("tbody tr")).hasCount(2);
    assertThat(owner.region("Unbilled time").locator(".bulk")).containsText("$375.00");
    owner.button("Make drafts").click();
    assertThat(owner.region("Drafts").locator("tbody tr")).hasCount(2);
    assertThat(owner.region("Unbilled time")).containsText("Nothing is unbilled");
    owner.field("Select Grace Hopper").uncheck();
    owner.button("Send 1 invoice").click();
    Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Send the invoice for Ada Lovelace?");
    Visitor.button(dialog, "Send 1 invoice").click();
    assertThat(owner.region("Drafts").locator("tr", text("Ada Lovelace"))).containsText("Sent");
    assertThat(owner.region("Drafts").locator("tr", text("Grace Hopper"))).containsText("Draft");
    Laptop.settle();
    assertThat(firm.mails("invoice")).hasSize(1);

    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    firm.time(grace, service, 12);
    Visitor staff = visitors.at(firm.staff()).go("/billing");
    staff.button("Make drafts").click();
    assertThat(staff.region("Drafts").locator("tbody tr")).hasCount(1);
    assertThat(staff.region("Drafts")).containsText("$50.00");
    assertThat(staff.region("Drafts")).containsText("Only an owner sends drafts");
    assertThat(staff.region("Drafts").locator("input")).hasCount(0);
    Locator earlier =
        staff.page().locator("table", new Page.LocatorOptions().setHasText("Earlier runs"));
    assertThat(earlier.locator("tbody tr")).hasCount(1);
    assertThat(earlier).containsText("$375.00");
    earlier.locator("tbody tr a").click();
    staff.expectHeading("Billing run");
    assertThat(staff.region("Drafts").locator("tr", text("Ada Lovelace"))).containsText("Sent");
  }

  @Test
  void aRunIsFollowedThoughReadingItFailsOnce(Visitors visitors) {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"collect\"}}").expect(200);
    firm.time(ada, firm.service("Tax Resolution", 25_000), 60);
    Visitor owner = visitors.at(firm.owner()).go("/billing");
    visitors.expect("status of 400");
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    owner.route(
        "**/billing-runs/01*",
        route -> {
          if (route.request().url().contains("?") || begun.getAndSet(true)) {
            route.resume();
          } else {
            String run = route.fetch().text().replace("\"ready\"", "\"preparing\"");
            route.fulfill(
                new Route.FulfillOptions().setBody(run).setContentType("application/json"));
          }
        });
    owner.route(
        "**/billing-runs/unbilled?*",
        route -> {
          if (failed.getAndSet(true)) {
            route.resume();
          } else {
            route.fulfill(new Route.FulfillOptions().setStatus(400));
          }
        });
    owner.button("Make drafts").click();
    assertThat(owner.region("Drafts").locator("tbody tr")).hasCount(1);
    assertThat(owner.button("Send 1 invoice")).isVisible();
    org.assertj.core.api.Assertions.assertThat(failed).isTrue();
  }

  @Test
  void staffWhoMayNotSendAreOfferedWhatTheyMayDo(Visitors visitors) {
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    firm.draft(ada, 100);
    firm.draft(ada, 200);
    Visitor staff = visitors.at(firm.staff()).go("/invoices");
    staff.field("Select all 2 shown").check();
    assertThat(staff.button("Download PDFs")).isVisible();
    assertThat(staff.button("Send")).hasCount(0);
    assertThat(staff.button("Merge into one draft")).hasCount(0);
  }

  private static Locator.LocatorOptions text(String words) {
    return new Locator.LocatorOptions().setHasText(words);
  }

  @Test
  void draftsAreMergedAndPdfsComeInOneFile(Visitors visitors) throws IOException {
    firm.draft(ada, 100);
    firm.draft(ada, 200);
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.field("Select all 2 shown").check();
    owner.button("Download PDFs").click();
    Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
    Download saved = owner.page().waitForDownload(() -> Visitor.button(dialog, "Download").click());
    Path file = saved.path();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(2);
      for (var entry : zip.stream().toList()) {
        byte[] begin = zip.getInputStream(entry).readNBytes(5);
        assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
      }
    }
    Visitor.button(dialog, "Close").click();
    Download csv =
        owner
            .page()
            .waitForDownload(
                () ->
                    Visitor.button(
                            owner
                                .page()
                                .getByRole(
                                    AriaRole.GROUP,
                                    new Page.GetByRoleOptions()
                                        .setName("With the selected invoices")),
                            "Download CSV")
                        .click());
    assertThat(java.nio.file.Files.readString(csv.path()).lines().count()).isEqualTo(3);
    owner.button("Merge into one draft").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$3.00");
  }

  @Test
  void moreThanOneRequestTakesAreSavedTogetherAndNotMerged(Visitors visitors) throws IOException {
    for (int at = 0; at < 101; at++) {
      firm.draft(ada, 100);
    }
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    for (int shown = 50; shown < 101; shown += 50) {
      assertThat(rows(owner)).hasCount(shown);
      owner.button("Show more").click();
    }
    owner.field("Select all 101 shown").check();
    assertThat(owner.button("Merge into one draft")).isDisabled();
    Locator selected = owner.page().locator("[aria-label='With the selected invoices']");
    assertThat(selected).containsText("At most 10 drafts can be merged at once. Select fewer.");
    Download csv =
        owner.page().waitForDownload(() -> Visitor.button(selected, "Download CSV").click());
    assertThat(java.nio.file.Files.readString(csv.path()).lines().count()).isEqualTo(102);
  }

  @Test
  void failure17_whoWasRemindedTodayIsSaidToBeSo(Visitors visitors) {
    String reminded = firm.draft(ada, 100);
    firm.send(reminded);
    firm.send(firm.draft(grace, 200));
    firm.owner().post("/invoices/" + reminded + "/remind", "{}").expect(202);
    Laptop.settle();
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.field("Select all 2 shown").check();
    owner.button("Remind").click();
    Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
    Visitor.button(dialog, "Send reminders").click();
    assertThat(dialog.locator("li", text("Ada Lovelace"))).containsText("Reminded today already");
    assertThat(dialog.locator("li", text("Grace Hopper"))).containsText("Reminder on its way");
  }

  @Test
  void reportsAreSortedAndSaved(Visitors visitors) {
    firm.send(firm.draft(ada, 100));
    firm.send(firm.draft(grace, 90_000));
    Visitor owner = visitors.at(firm.owner()).go("/reports?report=receivables");
    assertThat(rows(owner).first()).containsText("Grace Hopper");
    owner.link("Customer").click();
    assertThat(rows(owner).first()).containsText("Ada Lovelace");
    for (String name : List.of("Save picture (SVG)", "Save picture (PNG)", "Download CSV")) {
      Download saved = owner.page().waitForDownload(() -> owner.button(name).click());
      assertThat(saved.suggestedFilename()).startsWith("clockbill-receivables-");
    }
    owner.link("Hours").click();
    assertThat(owner.page().locator("main h2")).hasText("Hours and utilization");
    owner.link("Unbilled time").click();
    assertThat(owner.page().locator("main h2")).hasText("Unbilled time by age");
    assertThat(owner.page().locator("main")).containsText(Pattern.compile("All time is on"));
  }

  @Test
  void customersAreSortedByTheirSums(Visitors visitors) {
    firm.send(firm.draft(ada, 700));
    firm.send(firm.draft(grace, 90_000));
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    assertThat(rows(owner).first()).containsText("Ada Lovelace");
    owner.link("Open").click();
    assertThat(rows(owner).first()).containsText("Grace Hopper");
    owner.link("Open").click();
    assertThat(rows(owner).first()).containsText("Ada Lovelace");
  }

  @Test
  void inactiveCustomersAreShownOnRequest(Visitors visitors) {
    firm.owner().patch("/customers/" + grace, "{\"active\":false}").expect(200);
    firm.send(firm.draft(ada, 700));
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    assertThat(rows(owner)).hasCount(1);
    assertThat(rows(owner).first()).containsText("$7.00");
    owner.link("Show inactive").click();
    assertThat(rows(owner)).hasCount(2);
  }

  @Test
  void aDeletedDraftCanBePutBack(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + firm.draft(ada, 100));
    owner.expectHeading("Draft invoice");
    owner.more("Delete draft");
    owner.holdMessage();
    owner.expectHeading("Invoices");
    owner.button("Undo").click();
    owner.expectHeading("Draft invoice");
    owner.more("Delete draft");
    owner.button("Dismiss").click();
    assertThat(owner.page().getByText("No invoices yet.")).isVisible();
    Eventually.get(
        "the end of the draft",
        () -> firm.owner().get("/invoices").expect(200).path("invoices").size(),
        left -> left == 0);
  }
}
