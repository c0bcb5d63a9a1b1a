package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The invoice's page: editing a draft in place, and what comes in between. */
@InBrowser
class InvoicePageTest {
  private TestFirm firm;
  private String customer;
  private String service;
  private String draft;

  @BeforeEach
  void aDraft() {
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
    draft = firm.time(customer, service, 60).path("invoiceId").asText();
  }

  private Visitor onDraft(Visitors visitors) {
    return visitors.at(firm.owner()).go("/invoices/" + draft);
  }

  @Test
  void linesAreAddedMovedRemovedAndPutBack(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.button("Add a fixed amount").click();
    owner.field("Description of line 2").fill("Filing fee");
    owner.field("Amount of line 2").fill("40.50");
    owner.button("Move line 2 up").click();
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$290.50");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    assertThat(firm.invoice(draft).path("lines").findValuesAsText("description"))
        .containsExactly("Filing fee", "Tax Resolution");

    owner.button("Remove line 1").click();
    owner.holdMessage();
    assertThat(owner.field("Description of line 1")).hasValue("Tax Resolution");
    owner.button("Undo").click();
    assertThat(owner.field("Description of line 1")).hasValue("Filing fee");
  }

  @Test
  void aRemovedLineIsPutBackAmongWhatWasChangedSince(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.button("Add a fixed amount").click();
    owner.button("Remove line 1").click();
    owner.holdMessage();
    owner.field("Description of line 1").fill("Filing fee");
    owner.button("Undo").click();
    assertThat(owner.field("Description of line 1")).hasValue("Tax Resolution");
    assertThat(owner.field("Description of line 2")).hasValue("Filing fee");
  }

  @Test
  void whetherALineIsTaxedMovesWithIt(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.button("Add a fixed amount").click();
    owner.field("Taxed: line 1").uncheck();
    owner.button("Move line 2 up").click();
    assertThat(owner.field("Taxed: line 1")).isChecked();
    assertThat(owner.field("Taxed: line 2")).not().isChecked();
  }

  @Test
  void aDiscountADueDateAndANoteAreSaved(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.field("Discount").fill("10 %");
    owner.field("Due on").fill("2030-01-31");
    owner.field("Note to the customer").fill("Thank you.");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$225.00");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    JsonNode saved = firm.invoice(draft);
    assertThat(saved.path("dueOn").asText()).isEqualTo("2030-01-31");
    assertThat(saved.path("note").asText()).isEqualTo("Thank you.");
  }

  @Test
  void failure23_nothingIsSavedOrSentWhileAFieldIsWrong(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.button("Add a fixed amount").click();
    assertThat(owner.field("Description of line 2")).isFocused();
    owner.field("Description of line 2").fill("Filing fee");
    owner.field("Amount of line 2").fill("12,50,0");
    owner.button("Send").click();
    Locator amount = owner.field("Amount of line 2");
    assertThat(amount).isFocused();
    assertThat(amount).hasAttribute("aria-invalid", "true");
    assertThat(owner.region("Message")).containsText("correct what is marked first");
    assertThat(owner.dialog("Send to Ada Lovelace")).isHidden();
    assertThat(owner.region("Invoice")).containsText("The total shows again when");
    assertThat(owner.region("Invoice").locator(".grand")).isHidden();
    owner.page().reload();
    assertThat(owner.field("Amount of line 2")).hasValue("12,50,0");
    assertThat(owner.field("Amount of line 2")).hasAttribute("aria-invalid", "true");
    owner.button("Save").click();
    assertThat(owner.field("Amount of line 2")).isFocused();
    assertThat(firm.invoice(draft).path("lines")).hasSize(1);

    owner.field("Amount of line 2").fill("1,250.00");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$1,500.00");
    owner.button("Send").click();
    assertThat(owner.dialog("Send to Ada Lovelace")).containsText("$1,500.00");
    assertThat(firm.invoice(draft).path("total").asLong()).isEqualTo(150_000);
  }

  @Test
  void failure23_whatAnAmountMeansIsAskedNotGuessed(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.field("Rate an hour of line 1").fill("1.250");
    owner.field("Description of line 1").focus();
    assertThat(owner.region("Invoice")).containsText("Do you mean $1,250.00 or $1.25?");
    owner.button("$1,250.00").click();
    assertThat(owner.field("Rate an hour of line 1")).hasValue("1,250.00");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$1,250.00");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    assertThat(firm.invoice(draft).path("total").asLong()).isEqualTo(125_000);
  }

  @Test
  void failure23_noWrongFieldOfADraftIsSkipped(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    Map<String, String> wrong =
        Map.of(
            "Billed minutes of line 1", "1.5",
            "Rate an hour of line 1", "a lot",
            "Discount", "110 %",
            "Description of line 1", "");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      Locator field = owner.field(each.getKey());
      String before = field.inputValue();
      field.fill(each.getValue());
      owner.button("Save").click();
      assertThat(field).hasAttribute("aria-invalid", "true");
      assertThat(field).isFocused();
      assertThat(field).hasValue(each.getValue());
      assertThat(owner.region("Invoice").locator(".grand")).isHidden();
      field.fill(before);
    }
    owner.field("Discount").fill("300");
    owner.button("Save").click();
    assertThat(owner.region("Invoice")).containsText("At most the subtotal, $250.00.");
    assertThat(firm.invoice(draft).path("total").asLong()).isEqualTo(25_000);
  }

  @Test
  void whatIsNotSavedYetSurvivesAReload(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.field("Description of line 1").fill("Answer to a notice");
    owner.page().reload();
    assertThat(owner.field("Description of line 1")).hasValue("Answer to a notice");
    owner.button("Drop changes").click();
    owner.holdMessage();
    assertThat(owner.field("Description of line 1")).hasValue("Tax Resolution");
    owner.button("Undo").click();
    assertThat(owner.field("Description of line 1")).hasValue("Answer to a notice");
  }

  @Test
  void whatIsTypedWhileItIsSavedIsNotLost(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.field("Description of line 1").fill("Answer to a notice");
    Deque<Route> held = owner.hold("**/invoices/" + draft);
    owner.button("Save").click();
    owner.page().waitForCondition(() -> !held.isEmpty());
    owner.field("Description of line 1").fill("Answer to two notices");
    owner.page().unroute("**/invoices/" + draft);
    held.forEach(Route::resume);
    assertThat(owner.region("Message")).containsText("Saved");
    assertThat(owner.field("Description of line 1")).hasValue("Answer to two notices");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    assertThat(firm.invoice(draft).path("lines").findValuesAsText("description"))
        .containsExactly("Answer to two notices");
  }

  @Test
  void whenSomebodyElseSavedMeanwhileBothVersionsAreShown(Visitors visitors) {
    visitors.expect("412");
    Visitor owner = onDraft(visitors);
    owner.field("Description of line 1").fill("My words");
    somebodySaves(Api.json("note", "Theirs"));
    owner.button("Save").click();
    Locator both = owner.region("Two versions");
    assertThat(both).containsText("My words");
    assertThat(both).containsText("Tax Resolution");
    owner.button("Go on with yours").click();
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    assertThat(firm.invoice(draft).path("lines").findValuesAsText("description"))
        .containsExactly("My words");
  }

  /** Somebody else changes the draft on another device. */
  private void somebodySaves(String changes) {
    long version = firm.invoice(draft).path("version").asLong();
    firm.owner().ifMatch(version).patch("/invoices/" + draft, changes).expect(200);
  }

  @Test
  void anotherWindowThatSavesTakesNoUnsavedChangesAway(Visitors visitors) {
    visitors.expect("412");
    Visitor one = onDraft(visitors);
    Visitor other = one.window().go("/invoices/" + draft);
    one.field("Description of line 1").fill("My words");
    other.field("Description of line 1").fill("Other words");
    other.button("Save").click();
    assertThat(other.page().getByText("Not saved yet")).isHidden();
    one.button("Save").click();
    assertThat(one.region("Two versions")).containsText("My words");
    one.page().reload();
    assertThat(one.region("Two versions")).containsText("My words");
  }

  @Test
  void linesThatSomebodyElseRemovedAreMadeAnewWhenOneGoesOnWithOnesOwn(Visitors visitors) {
    visitors.expect("412");
    Visitor owner = onDraft(visitors);
    owner.button("Add a fixed amount").click();
    owner.field("Description of line 2").fill("Filing fee");
    owner.field("Amount of line 2").fill("40.50");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    owner.field("Description of line 2").fill("Two filing fees");
    String first = firm.invoice(draft).at("/lines/0/lineId").asText();
    somebodySaves(Api.json("lines", List.of(Map.of("lineId", first))));
    owner.button("Save").click();
    owner.button("Go on with yours").click();
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    assertThat(firm.invoice(draft).path("lines").findValuesAsText("description"))
        .containsExactly("Tax Resolution", "Two filing fees");
  }

  @Test
  void whatIsNotSavedYetIsShownToNobodyElseAndForgottenOnceTheInvoiceIsSent(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.field("Description of line 1").fill("Answer to a notice");
    beSomebody(owner, "somebody else");
    owner.page().reload();
    assertThat(owner.field("Description of line 1")).hasValue("Tax Resolution");
    beSomebody(owner, "somebody");
    owner.page().reload();
    assertThat(owner.field("Description of line 1")).hasValue("Answer to a notice");
    firm.send(draft);
    owner.page().reload();
    owner.expectHeading("Invoice 0001");
    Object kept =
        owner.page().evaluate("() => Object.keys(localStorage).filter((key) => /draft/.test(key))");
    assertThat((List<?>) kept).isEmpty();
  }

  /** Whose session this is, as this device sees it. */
  private static void beSomebody(Visitor visitor, String who) {
    visitor
        .page()
        .evaluate(
            """
            (who) => localStorage.setItem('clockbill.session', JSON.stringify(
              { ...JSON.parse(localStorage.getItem('clockbill.session')), who }))
            """,
            who);
  }

  @Test
  void whatSomebodyChangedMeanwhileIsShownBeforeItIsSent(Visitors visitors) {
    visitors.expect("412");
    Visitor owner = onDraft(visitors);
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    assertThat(dialog).containsText("$250.00");
    somebodySaves(Api.json("discount", Map.of("percent", "10")));
    Visitor.button(dialog, "Send").click();
    assertThat(dialog.locator(".problem"))
        .containsText("Somebody changed this draft in the meantime");
    assertThat(dialog).containsText("$225.00");
    assertThatInvoice(firm.invoice(draft)).isIn("draft");
    Visitor.button(dialog, "Send").click();
    owner.expectHeading("Invoice 0001");
  }

  @Test
  void theEmailIsSeenAndChangedBeforeItGoes(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    FrameLocator preview = dialog.frameLocator("iframe");
    assertThat(preview.getByText("Dear Ada Lovelace,")).isVisible();
    assertThat(preview.getByText("Pay $250.00")).isVisible();
    assertThat(dialog.locator(".warnings")).containsText("The address of Ada Lovelace is missing.");
    Accessible.expectNothingInLightAndDark(owner.page(), "the email before it goes");
    dialog.getByLabel("Subject").fill("{number} for {customer}");
    dialog.getByLabel("Message").fill("Hello {customer},\n\nhere is {number}.");
    assertThat(preview.getByText("here is 0001.")).isVisible();
    assertThat(dialog.locator(".subject")).containsText("0001 for Ada Lovelace");
    Locator copy = dialog.getByLabel("Copy to");
    String books = "books@" + firm.firmId().toLowerCase(Locale.ROOT) + ".example";
    copy.fill("wrong");
    copy.press("Enter");
    assertThat(dialog.getByRole(AriaRole.LIST, name("Copies"))).hasCount(0);
    copy.fill("gone@example.com");
    copy.press("Enter");
    Visitor.button(dialog, "Remove gone@example.com").click();
    copy.fill(books);
    copy.press(",");
    assertThat(dialog.getByRole(AriaRole.LIST, name("Copies"))).containsText(books);
    dialog.getByLabel("Send me a copy").check();
    Visitor.button(dialog, "Send me a test").click();
    Eventually.get("the test", () -> firm.mails("testMail"), mails -> mails.size() == 1);
    assertThat(firm.mails("testMail").getFirst().path("subject").asText())
        .isEqualTo("[Test] 0001 for Ada Lovelace");
    Visitor.button(dialog, "Send").click();
    owner.expectHeading("Invoice 0001");
    JsonNode mail =
        Eventually.get("the mail", () -> firm.mails("invoice"), mails -> mails.size() == 1).get(0);
    assertThat(mail.path("subject").asText()).isEqualTo("0001 for Ada Lovelace");
    assertThat(mail.path("text").asText()).contains("Hello Ada Lovelace,\n\nhere is 0001.");
    assertThat(mail.path("cc").path(0).asText()).isEqualTo(books);
    assertThat(mail.path("recipients")).hasSize(3);
  }

  @Test
  void whoeverAsksForATestHearsThatItWasRefused(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    String me = firm.owner().get("/me").expect(200).path("email").asText();
    Laptop.api().post("/_local/mails/refuse", Api.json("to", me, "times", 1)).expect(200);
    owner.button("Send").click();
    Deque<Route> held = owner.hold("**/test-mail");
    Visitor.button(owner.dialog("Send to Ada Lovelace"), "Send me a test").click();
    owner.page().waitForCondition(() -> !held.isEmpty());
    APIResponse answer = held.getFirst().fetch();
    String refused = "Test email to " + me + " was refused by the email service";
    Eventually.get(
        "refusal",
        () -> firm.invoice(draft).path("history").findValuesAsText("what"),
        history -> history.contains(refused));
    // The answer takes longer than the refusal, by more than the second to which times are cut.
    owner.page().waitForTimeout(2_100);
    held.getFirst().fulfill(new Route.FulfillOptions().setResponse(answer));
    assertThat(owner.region("Message")).containsText(refused + ".");
  }

  private static Locator.GetByRoleOptions name(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  @Test
  void whatSendIsRefusedForIsSaidInItsDialog(Visitors visitors) {
    visitors.expect("409");
    firm.start(customer, service);
    Visitor owner = onDraft(visitors);
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    Visitor.button(dialog, "Send").click();
    assertThat(dialog.getByText("See the running timer of")).isVisible();
    assertThatInvoice(firm.invoice(draft)).isIn("draft");
  }

  @Test
  void aVoidedDraftStaysAndSaysWhy(Visitors visitors) {
    Visitor owner = onDraft(visitors);
    owner.more("Void");
    Locator dialog = owner.dialog("Void this draft?");
    assertThat(dialog).containsText("Unlike a deleted draft it stays");
    dialog.getByLabel("Reason").fill("Settled at the first meeting");
    Visitor.button(dialog, "Void it").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("What happened")).containsText("Settled at the first meeting");
    assertThat(owner.button("Send")).hasCount(0);
    assertThat(owner.menu()).hasCount(0);
    assertThatInvoice(firm.invoice(draft)).isIn("void");
    JsonNode free = firm.owner().get("/time-entries?state=unbilled").expect(200);
    assertThat(free.path("timeEntries")).hasSize(1);
  }
}
