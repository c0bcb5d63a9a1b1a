package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.Project;
import dev.clockbill.TestFirm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every setting, as an owner changes it, and what is said of a wrong one. */
@InBrowser
class SettingsPageTest {
  /** What no person should ever read: names of fields, and sentences for programmers. */
  private static final Pattern FOR_PROGRAMS =
      Pattern.compile(
          "\\w+\\[\\d|\\w\\.\\w+:|under errors|instant|ISO \\d|IANA|an object|as text"
              + "|true or false|to be a list|no such field|an id\\b|\\d{6}|timeEntryId|lineId");

  private static final Path SOURCES = Project.path("functions/src/main/java");

  /** A sentence about a field, in the sources of the API. */
  private static final Pattern SENTENCE =
      Pattern.compile("(?:refuse|Problem\\.invalid|required)\\(\\s*[^;{]*?\"(Th[^;]*?\\.)\"\\)");

  private TestFirm firm;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
  }

  private Visitor at(Visitors visitors, String section) {
    return visitors.at(firm.owner()).go("/settings/" + section);
  }

  private static void save(Visitor owner) {
    owner.button("Save").click();
    assertThat(owner.region("Message")).containsText("Saved");
  }

  private JsonNode settings() {
    return firm.owner().get("/firm").expect(200);
  }

  @Test
  void theFirmsOwnNameAddressCurrencyAndZoneAreSaved(Visitors visitors) {
    Visitor owner = at(visitors, "firm");
    owner.field("Name").fill("Shah & Co");
    owner.field("Street and number").fill("12 Quay Street");
    owner.field("City").fill("Bristol");
    owner.page().getByLabel("Country").selectOption("US");
    owner.field("ZIP code").fill("BS1 5XX");
    owner.page().getByLabel("Country").selectOption("GB");
    assertThat(owner.field("Town or city")).hasValue("Bristol");
    assertThat(owner.field("Postal code")).hasValue("BS1 5XX");
    assertThat(owner.field("State")).isHidden();
    assertThat(owner.page().getByLabel("Country").locator("option"))
        .hasCount(Locale.getISOCountries().length + 1);
    owner.page().getByLabel("Website").fill("shah.example");
    owner.page().getByLabel("Tax ID").fill("GB 123 4567 82");
    owner.page().getByLabel("Currency").selectOption("GBP");
    owner.page().getByLabel("Time zone").selectOption("Europe/London");
    save(owner);
    JsonNode saved = settings();
    assertThat(saved.path("name").asText()).isEqualTo("Shah & Co");
    assertThat(saved.path("address").asText())
        .isEqualTo("12 Quay Street\nBristol\nBS1 5XX\nUnited Kingdom");
    assertThat(saved.path("website").asText()).isEqualTo("https://shah.example");
    assertThat(saved.path("taxId").asText()).isEqualTo("GB123456782");
    assertThat(saved.path("currency").asText()).isEqualTo("GBP");
    assertThat(saved.path("timeZone").asText()).isEqualTo("Europe/London");
    assertThat(owner.page().locator("details.who")).containsText("Shah & Co");
  }

  @Test
  void aLogoIsTakenFromAnyPictureMadeToFitShownAndRemoved(Visitors visitors) {
    Visitor owner = at(visitors, "look");
    Locator file = owner.page().locator("input[type=file]");
    file.setInputFiles(
        new FilePayload("notes.txt", "text/plain", "no picture".getBytes(StandardCharsets.UTF_8)));
    assertThat(owner.page().getByRole(AriaRole.ALERT)).containsText("not a picture");
    byte[] wide = png(2_400, 600);
    file.setInputFiles(new FilePayload("logo.png", "image/png", wide));
    assertThat(owner.region("Message")).containsText("made smaller to fit");
    assertThat(owner.page().getByRole(AriaRole.ALERT)).hasCount(0);
    assertThat(owner.page().locator(".letter img")).isVisible();
    assertThat(settings().at("/branding/logo").asBoolean()).isTrue();
    owner.page().getByLabel("Color").fill("#aa3300");
    owner.page().getByLabel("Color").dispatchEvent("change");
    Eventually.get("the color", () -> settings().at("/branding/color").asText(), "#aa3300"::equals);
    owner.go("/settings/look");
    assertThat(owner.page().locator(".letter img")).isVisible();
    Accessible.expectNothingInLightAndDark(owner.page(), "the firm's look");
    owner.expectNothingWiderThanAPhone();
    owner.button("Remove the logo").click();
    assertThat(owner.page().locator(".letter img")).hasCount(0);
    assertThat(settings().at("/branding/logo").asBoolean()).isFalse();
  }

  private static byte[] png(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Test
  void bankDetailsAreSavedAndAWrongIbanIsSaidBesideIt(Visitors visitors) {
    visitors.expect("400");
    Visitor owner = at(visitors, "bank");
    owner.field("IBAN").fill("GB33 BUKB 2020 1555 5555 56");
    owner.button("Save").click();
    assertThat(owner.field("IBAN")).isFocused();
    assertThat(owner.page().locator("small.problem")).containsText("This IBAN is not right");
    owner.field("IBAN").fill("GB33 BUKB 2020 1555 5555 55");
    save(owner);
    assertThat(settings().at("/bank/iban").asText()).isEqualTo("GB33BUKB20201555555555");
  }

  @Test
  void textsOfMailsAreWrittenWithPlaceholdersAndShownAsACustomerReadsThem(Visitors visitors) {
    visitors.expect("400");
    Visitor owner = at(visitors, "messages");
    Locator invoice =
        owner.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Invoice"));
    invoice.getByLabel("Subject").fill("Invoice ");
    Visitor.button(invoice, "Number").click();
    invoice.locator("textarea").fill("Dear ");
    Visitor.button(invoice, "Customer").click();
    assertThat(invoice.locator("textarea")).hasValue("Dear {customer}");
    assertThat(invoice.getByLabel("As a customer reads it")).containsText("Dear Rivera Design");
    assertThat(invoice.getByLabel("As a customer reads it")).containsText("Invoice 0001");
    Accessible.expectNothingInLightAndDark(owner.page(), "texts of mails");
    owner.expectNothingWiderThanAPhone();
    invoice.locator("textarea").fill("Dear {name}");
    owner.button("Save").click();
    assertThat(invoice.locator("small.problem")).containsText("There is no {name}");
    invoice.locator("textarea").fill("Dear {customer}");
    save(owner);
    assertThat(settings().at("/messages/invoice").toString())
        .isEqualTo("{\"subject\":\"Invoice {number}\",\"text\":\"Dear {customer}\"}");
  }

  @Test
  void whoeverWasOvertakenSaysWhetherTheirsIsToBeKept(Visitors visitors) {
    visitors.expect("412");
    Visitor owner = at(visitors, "firm");
    owner.field("Name").fill("Shah & Co");
    firm.owner().patch("/firm", Api.json("name", "Shah & Daughter")).expect(200);
    owner.button("Save").click();
    assertThat(owner.page().getByRole(AriaRole.ALERT)).containsText("Somebody else changed this");
    assertThat(settings().path("name").asText()).isEqualTo("Shah & Daughter");
    save(owner);
    assertThat(settings().path("name").asText()).isEqualTo("Shah & Co");
  }

  @Test
  void roundingIsSaved(Visitors visitors) {
    Visitor owner = at(visitors, "billing");
    owner.page().getByLabel("Increment, minutes").fill("6");
    owner.page().getByLabel("Rounded").selectOption("nearest");
    owner.field("Minimum, minutes").fill("12");
    save(owner);
    assertThat(settings().path("billing").toString())
        .isEqualTo("{\"incrementMinutes\":6,\"rounding\":\"nearest\",\"minimumMinutes\":12}");
  }

  @Test
  void numberingTermsTaxesAndFooterAreSavedAndWhatIsWrongIsSaidBesideIt(Visitors visitors) {
    visitors.expect("400");
    Visitor owner = at(visitors, "invoices");
    owner.page().getByLabel("Number prefix").fill("{yyyy}-");
    owner.page().getByLabel("Next number").fill("40");
    owner.field("Due after, days").fill("30");
    owner.page().getByLabel("A stopped timer becomes").selectOption("appendToDraft");
    owner.page().getByLabel("Footer").fill("Thank you.");
    Locator taxes =
        owner.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Taxes"));
    taxes.getByLabel("Name").first().fill("Sales tax");
    taxes.getByLabel("Percent").first().fill("many");
    owner.button("Save").click();
    assertThat(taxes.getByLabel("Percent").first()).isFocused();
    assertThat(taxes.locator("small.problem")).hasCount(1);
    taxes.getByLabel("Percent").first().fill("8,25");
    save(owner);
    JsonNode saved = settings().path("invoicing");
    assertThat(saved.path("numberPrefix").asText()).isEqualTo("{yyyy}-");
    assertThat(saved.path("nextNumber").asInt()).isEqualTo(40);
    assertThat(saved.path("termsDays").asInt()).isEqualTo(30);
    assertThat(saved.path("onStop").asText()).isEqualTo("appendToDraft");
    assertThat(saved.path("footer").asText()).isEqualTo("Thank you.");
    assertThat(saved.path("taxes").toString())
        .isEqualTo("[{\"name\":\"Sales tax\",\"ratePercent\":\"8.25\"}]");
  }

  @Test
  void wrongSettingsAreToldInWordsAtTheirFieldAndNotSent(Visitors visitors) {
    Visitor owner = at(visitors, "reminders");
    owner.field("Remind customers of an overdue invoice after, days").fill("3, soon");
    owner.button("Save").click();
    assertThat(owner.field("Remind customers of an overdue invoice after, days")).isFocused();
    assertThat(owner.region("Reminders")).containsText("Write whole numbers with commas");
    expectWords(owner);

    owner.go("/settings/invoices");
    Locator taxes =
        owner.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Taxes"));
    taxes.getByLabel("Percent").first().fill("8.25");
    owner.button("Save").click();
    assertThat(taxes.getByLabel("Name").first()).isFocused();
    assertThat(taxes).containsText("Name this tax, or clear its percentage.");
    expectWords(owner);

    owner.go("/settings/services");
    owner.button("Add a paid service").click();
    Locator dialog = owner.dialog("Add a paid service");
    dialog.getByLabel("Name").fill("Payroll");
    for (String wrong : List.of("-5", "10,000,001", "1.2.3", "five")) {
      dialog.getByLabel("Rate an hour, USD").fill(wrong);
      Visitor.button(dialog, "Save").click();
      assertThat(dialog.locator("small.problem")).hasCount(1);
      assertThat(dialog.getByLabel("Rate an hour, USD")).hasValue(wrong);
      expectWords(owner);
    }
    dialog.getByLabel("Rate an hour, USD").fill("1.250");
    Visitor.button(dialog, "Save").click();
    Visitor.button(dialog, "$1,250.00").click();
    assertThat(dialog.locator("small.problem")).hasCount(0);
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Paid services")).containsText("$1,250.00");
  }

  @Test
  void noHalfOfATaxAndNoEmptyNumberIsTakenForAnAnswer(Visitors visitors) {
    Visitor owner = at(visitors, "invoices");
    owner.field("Due after, days").fill("");
    owner.button("Save").click();
    assertThat(owner.field("Due after, days")).isFocused();
    owner.go("/welcome/money");
    owner.field("Due after, days").fill("");
    owner.button("Save and continue").click();
    assertThat(owner.field("Due after, days")).isFocused();
    owner.field("Due after, days").fill("21");
    owner.field("Percent").fill("8.25");
    owner.button("Save and continue").click();
    assertThat(owner.field("Tax")).isFocused();
    assertThat(owner.page().getByText("Name this tax")).isVisible();
    owner.field("Tax").fill("VAT");
    owner.field("Percent").fill("8,25 %");
    owner.button("Save and continue").click();
    owner.expectHeading("Your look");
    JsonNode saved = settings().path("invoicing");
    assertThat(saved.path("termsDays").asInt()).isEqualTo(21);
    assertThat(saved.at("/taxes/0/ratePercent").asText()).isEqualTo("8.25");
  }

  private static void expectWords(Visitor owner) {
    assertThat(owner.page().locator("main").innerText()).doesNotContainPattern(FOR_PROGRAMS);
  }

  /** A sentence of the sources with a value for what it computes: limits of money are large. */
  private static String filledIn(String sentence) {
    String value = sentence.startsWith("This has to be between") ? "1000000000" : "25";
    return sentence.replaceAll("\"\\s*\\+ [\\w.(), \"]+ \\+ \"", value);
  }

  @Test
  void whatTheApiSaysOfAFieldIsSaidInThePersonsWords(Visitors visitors) {
    List<Map<String, String>> errors =
        Project.files("functions/src/main/java", ".java").stream()
            .map(path -> Project.read("functions/src/main/java/" + SOURCES.relativize(path)))
            .flatMap(source -> SENTENCE.matcher(source).results())
            .map(found -> filledIn(found.group(1)))
            .map(sentence -> Map.of("field", "lines[1].amount", "message", sentence))
            .toList();
    assertThat(errors).hasSizeGreaterThan(40);
    Object said =
        at(visitors, "firm")
            .page()
            .evaluate(
                """
                async (errors) => {
                  const script = document.querySelector('script[src]').src;
                  const { errorsInWords, sentenceOf } =
                    await import(script.replace('app.js', 'core/refusal-words.js'));
                  return errors.flatMap((each) =>
                    [sentenceOf([each]), ...errorsInWords([each]).values()]);
                }
                """,
                errors);
    assertThat((List<?>) said)
        .allSatisfy(each -> assertThat(String.valueOf(each)).doesNotContainPattern(FOR_PROGRAMS));
  }

  @Test
  void remindersAreSaved(Visitors visitors) {
    Visitor owner = at(visitors, "reminders");
    owner.page().getByLabel("Ask about a running timer after, minutes").fill("120, 300");
    owner.field("Remind customers before an invoice is due, days").fill("3");
    owner.field("Remind customers of an overdue invoice after, days").fill("1 10");
    save(owner);
    assertThat(settings().path("reminders").toString())
        .isEqualTo(
            "{\"runningTimerMinutes\":[120,300],\"beforeDueDays\":[3],\"overdueDays\":[1,10]}");
  }

  @Test
  void servicesAreAddedChangedAndRetired(Visitors visitors) {
    Visitor owner = at(visitors, "services");
    owner.button("Add a paid service").click();
    Locator added = owner.dialog("Add a paid service");
    added.getByLabel("Name").fill("Payroll");
    added.getByLabel("Rate an hour, USD").fill("80.5");
    Visitor.button(added, "Save").click();
    assertThat(owner.region("Paid services")).containsText("$80.50");

    owner.button("Edit Payroll").click();
    Locator changed = owner.dialog("Edit Payroll");
    changed.getByLabel("Active: can be tracked").uncheck();
    Visitor.button(changed, "Save").click();
    assertThat(owner.region("Paid services")).containsText("Retired");
  }

  @Test
  void aLinkToTheSetupThatWasUsedLeadsToANewOneByItself(Visitors visitors) {
    TestFirm fresh = Laptop.firm(Api.json("staff", 1));
    Visitor owner = visitors.at(fresh.owner()).go("/settings/payments");
    owner.button("Set up payments").click();
    owner.page().waitForURL("**/_processor/onboarding/*");
    String first = owner.page().url();
    owner.page().navigate(first);
    owner.page().waitForURL(url -> url.contains("/_processor/onboarding/") && !url.equals(first));
    owner.button("Finish the setup").click();
    owner.page().waitForURL("**/#/settings/payments");
    assertThat(owner.page().getByText("Ready", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
  }

  @Test
  void theSetupOfPaymentsLeadsToTheProcessorAndBack(Visitors visitors) {
    TestFirm fresh = Laptop.firm("{}");
    Visitor owner = visitors.at(fresh.owner()).go("/settings/payments");
    owner.button("Set up payments").click();
    owner.page().waitForURL("**/_processor/**");
    owner.page().getByRole(AriaRole.BUTTON).first().click();
    owner.expectHeading("Settings");
    assertThat(owner.region("Payments")).containsText("Customers can pay");
    Eventually.get(
        "the finished setup",
        () -> fresh.owner().get("/firm").expect(200).at("/payments/status").asText(),
        "ready"::equals);
    owner.button("Change the details at the processor").click();
    owner.page().waitForURL("**/_processor/**");
  }
}
