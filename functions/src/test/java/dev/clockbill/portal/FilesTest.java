package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes in as a file and what goes out as one; and the report that shows it. */
@InBrowser
class FilesTest {

  @Test
  void customersAreTriedFirstAndThenImported(Visitors visitors) throws Exception {
    TestFirm firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    Visitor owner = visitors.at(firm.owner()).go("/settings/import");
    choose(
        owner,
        """
        name,email,address,hourlyRateDecimal:Tax Resolution
        Ada Lovelace,ada@example.com,"12 St James Square
        London",220.00
        Grace Hopper,no address,,
        """,
        StandardCharsets.UTF_8);
    Locator lines = owner.page().getByRole(AriaRole.TABLE, named("Lines of the file"));
    assertThat(lines.locator("tbody tr").first()).containsText("Cannot be taken");
    assertThat(owner.page().getByText("1 will be added, 1 cannot be taken")).isVisible();
    assertThat(downloaded(owner, "Download the lines that cannot be taken"))
        .isEqualTo(
            String.join(
                "\r\n",
                "\ufeffname,email,address,hourlyRateDecimal:Tax Resolution",
                "Grace Hopper,no address,,",
                ""));
    assertThat(firm.owner().get("/customers").expect(200).path("customers")).isEmpty();

    owner.button("Import 1 customer").click();
    owner.link("See them").click();
    owner.link("Ada Lovelace").click();
    owner.expectHeading("Ada Lovelace");
    assertThat(owner.page().getByText("Tax Resolution: $220.00/h")).isVisible();
  }

  @Test
  void failure30_aFileInAnOldEncodingIsAskedForItsLetters(Visitors visitors) {
    visitors.expect("400");
    TestFirm firm = Laptop.firm();
    Visitor owner = visitors.at(firm.owner()).go("/settings/import");
    kind(owner, "Paid services");
    choose(owner, "name;hourlyRateDecimal\nŻółte;250.00\n", Charset.forName("windows-1250"));
    owner.page().getByRole(AriaRole.RADIO, named("Żółte;250.00 Central Europe (Windows)")).check();
    owner.button("Continue").click();
    assertThat(owner.page().getByRole(AriaRole.TABLE, named("Lines of the file")))
        .containsText("$250.00");
    owner.button("Import 1 service").click();
    owner.link("See them").click();
    assertThat(owner.region("Paid services")).containsText("Żółte");
  }

  @Test
  void failure30_whatNobodyKnowsOfAFileIsAsked(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    firm.customer("Acme");
    firm.service("Payroll", 9_000);
    Visitor owner = visitors.at(firm.owner()).go("/settings/import");
    kind(owner, "Time");
    choose(
        owner,
        """
        Start Date,Client,Project,Notes,Hours,Billable?,Roles,Currency
        03/04/2026,Acme,Payroll,Letters,1.5,Yes,,USD
        03/04/2026,Nobody,Payroll,Letters,2,Yes,,USD
        """,
        StandardCharsets.UTF_8);
    assertThat(owner.page().getByText("Choose the column that is: service.")).isVisible();
    owner.field("What Project is").selectOption("Service");
    owner.button("Leave out the one not chosen").click();
    owner.page().getByRole(AriaRole.RADIO, named("Mar 4, 2026")).check();
    owner.button("Continue").click();
    assertThat(owner.page().getByText("1 will be added, 1 cannot be taken")).isVisible();
    owner.button("Import 1 time entry").click();
    assertThat(owner.page().getByText("1 added, 1 cannot be taken")).isVisible();
    owner.link("See them").click();
    assertThat(owner.page().getByRole(AriaRole.TABLE).first()).containsText("Letters");
  }

  @Test
  void aFileThatIsNoneOfTheseIsRefusedInASentence(Visitors visitors) {
    visitors.expect("400");
    Visitor owner = visitors.at(Laptop.firm().owner()).go("/settings/import");
    choose(owner, "name,email\n\"Ada,a@b.example\n", StandardCharsets.UTF_8);
    assertThat(owner.page().getByRole(AriaRole.ALERT)).containsText("Line 2 cannot be read");
    choose(owner, "colour,taste\nred,sweet\n", StandardCharsets.UTF_8);
    assertThat(owner.page().getByText("Choose the column that is: name.")).isVisible();
    assertThat(owner.page().getByText("Import 0")).isHidden();
  }

  @Test
  void timeAndInvoicesAreSavedAsTheyAreNarrowedDown(Visitors visitors) throws Exception {
    TestFirm firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    String first = firm.customer("Ada Lovelace");
    String draft = firm.time(first, service, 60).path("invoiceId").asText();
    firm.send(draft);
    firm.time(firm.customer("=Hopper", "hopper@example.com"), service, 30);

    Visitor owner = visitors.at(firm.owner()).go("/time?customerId=" + first);
    owner.expectHeading("Time for Ada Lovelace");
    String time = saved(owner, "clockbill-time.csv");
    assertThat(time.lines()).hasSize(2);
    assertThat(time).startsWith("\ufeff").contains("Ada Lovelace").doesNotContain("Hopper");

    owner.go("/invoices");
    show(owner, "Sent");
    assertThat(saved(owner, "clockbill-invoices.csv").lines()).hasSize(2);
    show(owner, "All");
    assertThat(saved(owner, "clockbill-invoices.csv")).contains("'=Hopper");
  }

  @Test
  void customersAreSavedAsTheyAreListedAndComeInAgain(Visitors visitors) throws Exception {
    TestFirm firm = Laptop.firm();
    firm.customer("Ada Lovelace");
    String retired = firm.customer("Grace Hopper");
    firm.owner().patch("/customers/" + retired, "{\"active\":false}").expect(200);
    firm.owner().post("/customers", Api.json("name", "=Paper Mill")).expect(201);

    Visitor owner = visitors.at(firm.owner()).go("/customers");
    String active = saved(owner, "clockbill-customers.csv");
    assertThat(active.lines()).hasSize(3);
    assertThat(active).startsWith("\ufeffname,email,").contains("'=Paper Mill");
    assertThat(active).doesNotContain("Grace");
    owner.link("Show inactive").click();
    owner.link("Grace Hopper").waitFor();
    String all = saved(owner, "clockbill-customers.csv");
    assertThat(all.lines()).hasSize(4);

    TestFirm other = Laptop.firm();
    other.customer("Somebody");
    Visitor there = visitors.at(other.owner()).go("/customers");
    there.link("Import").click();
    choose(there, all, StandardCharsets.UTF_8);
    assertThat(there.page().getByText("3 will be added")).isVisible();
    Locator lines = there.page().getByRole(AriaRole.TABLE, named("Lines of the file"));
    assertThat(lines.getByText("There is no email address for invoices: they go on paper."))
        .hasCount(1);
    there.button("Import 3 customers").click();
    there.link("See them").click();
    there.link("=Paper Mill").waitFor();
    assertThat(there.link("Grace Hopper")).hasCount(0);
  }

  @Test
  void realisationIsShownByCustomerServiceAndMemberOfStaff(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    firm.send(firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText());
    firm.send(firm.time(firm.customer("Grace Hopper"), service, 30).path("invoiceId").asText());

    Visitor owner = visitors.at(firm.owner()).go("/reports");
    assertThat(owner.page().getByRole(AriaRole.TABLE, named("By customer")))
        .containsText("Grace Hopper");
    Locator drawn = owner.region("Realization").locator("figure svg");
    assertThat(drawn).containsText("Ada Lovelace");
    assertThat(drawn).containsText("Grace Hopper");
    owner.page().getByRole(AriaRole.COMBOBOX, named("Show")).selectOption("By service");
    Locator byService = owner.page().getByRole(AriaRole.TABLE, named("By service"));
    assertThat(byService.locator("tbody tr")).hasCount(1);
    assertThat(byService.locator("tfoot")).containsText("$375.00");
    assertThat(byService.getByRole(AriaRole.COLUMNHEADER))
        .hasText(
            new String[] {
              "Name", "Measured", "Billed time", "Billed", "Paid", "Paid of billed", "An hour"
            });
    owner.page().getByRole(AriaRole.COMBOBOX, named("Show")).selectOption("By member of staff");
    assertThat(owner.page().getByRole(AriaRole.TABLE, named("By member of staff"))).isVisible();
    owner.field("To").fill("2020-01-31");
    owner.field("From").fill("2020-01-01");
    assertThat(owner.page().getByText("No time of this period was billed.")).isVisible();
  }

  @Test
  void fixedPricesStandBesideBilledTimeAndBothMakeAnHour(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    String customer = firm.customer("Ada Lovelace");
    String fixed = firm.fixedPriced("Return", 45_000);
    String draft =
        firm.time(customer, firm.service("Advice", 25_000), 60).path("invoiceId").asText();
    firm.time(customer, fixed, 30);
    String office =
        firm.owner()
            .post("/services", Api.json("name", "Office", "hourlyRate", 5_000, "billable", false))
            .expect(201)
            .path("serviceId")
            .asText();
    firm.time(customer, office, 30);
    JsonNode invoice = firm.invoice(draft);
    firm.owner()
        .ifMatch(invoice.path("version").asLong())
        .patch(
            "/invoices/" + draft,
            Api.json(
                "lines",
                List.of(
                    Map.of("lineId", invoice.at("/lines/0/lineId").asText()),
                    Map.of("kind", "fixed", "serviceId", fixed))))
        .expect(200);
    firm.send(draft);

    Visitor owner = visitors.at(firm.owner()).go("/reports");
    Locator table = owner.page().getByRole(AriaRole.TABLE, named("By customer"));
    assertThat(table.locator("thead th"))
        .hasText(
            new String[] {
              "Name",
              "Measured",
              "Not billed",
              "Fixed-price time",
              "Billed time",
              "Billed",
              "Paid",
              "Paid of billed",
              "Fixed price",
              "An hour"
            });
    // $250.00 and $450.00 in two hours.
    assertThat(table.locator("tbody td"))
        .hasText(
            new String[] {
              "2 h 00 min",
              "30 min",
              "30 min",
              "1 h 00 min",
              "$250.00",
              "$0.00",
              "0%",
              "$450.00",
              "$350.00"
            });
    assertThat(owner.region("Realization").locator("figure svg")).containsText("$250.00 + $450.00");
    // By member of staff: $250.00 in the hour and a half that is not of a fixed price.
    owner.page().getByRole(AriaRole.COMBOBOX, named("Show")).selectOption("By member of staff");
    Locator staff = owner.page().getByRole(AriaRole.TABLE, named("By member of staff"));
    assertThat(staff.locator("tbody td"))
        .hasText(
            new String[] {
              "2 h 00 min", "30 min", "30 min", "1 h 00 min", "$250.00", "$0.00", "0%", "$166.67"
            });
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void kind(Visitor visitor, String name) {
    visitor.page().getByRole(AriaRole.RADIO, named(name)).check();
  }

  private static void choose(Visitor visitor, String text, Charset encoding) {
    visitor
        .field("File")
        .setInputFiles(new FilePayload("moving-in.csv", "text/csv", text.getBytes(encoding)));
  }

  private static void show(Visitor visitor, String state) {
    visitor.tab(state).click();
    assertThat(visitor.tab(state)).hasAttribute("aria-current", "page");
  }

  private static String downloaded(Visitor visitor, String button) throws Exception {
    Download file = visitor.page().waitForDownload(() -> visitor.button(button).click());
    return Files.readString(file.path());
  }

  private static String saved(Visitor visitor, String name) throws Exception {
    Download file = visitor.page().waitForDownload(() -> visitor.button("Download CSV").click());
    assertThat(file.suggestedFilename()).isEqualTo(name);
    return Files.readString(file.path());
  }
}
