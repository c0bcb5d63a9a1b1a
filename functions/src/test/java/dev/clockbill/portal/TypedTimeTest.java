package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times as people type them: how they are read, what is asked, and the week that is typed into. */
@InBrowser
class TypedTimeTest {
  private TestFirm firm;
  private String service;
  private String customer;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  /** Imports what reads times and durations, and gives what its function answers to each text. */
  private static List<?> read(
      Visitor visitor, String function, List<String> typed, Object... more) {
    return (List<?>)
        visitor
            .page()
            .evaluate(
                """
                async ({ name, typed, more }) => {
                  const app = document.querySelector('script[src]').src;
                  const [times, durations] = await Promise.all(
                    ['typed-time', 'durations'].map((file) => import(app.replace('app.js', `core/${file}.js`))));
                  const read = times[name] ?? durations[name];
                  return typed.map((text) => JSON.stringify(read(text, ...more)));
                }
                """,
                Map.of("name", function, "typed", typed, "more", List.of(more)));
  }

  private static void expect(
      Visitor visitor, String function, Map<String, String> cases, Object... more) {
    List<String> typed = List.copyOf(cases.keySet());
    List<?> answers = read(visitor, function, typed, more);
    for (int at = 0; at < typed.size(); at++) {
      assertThat(answers.get(at))
          .as(function + " of " + typed.get(at))
          .isEqualTo(cases.get(typed.get(at)));
    }
  }

  @Test
  void timesAreReadAsPeopleTypeThem(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/time");
    expect(
        owner,
        "timesOf",
        Map.ofEntries(
            Map.entry("9", "[540]"),
            Map.entry("9am", "[540]"),
            Map.entry("9:15 pm", "[1275]"),
            Map.entry("14.30", "[870]"),
            Map.entry("0915", "[555]"),
            Map.entry("915", "[555]"),
            Map.entry("12am", "[0]"),
            Map.entry("12 p.m.", "[720]"),
            Map.entry("noon", "[720]"),
            Map.entry("9:00\u202fAM", "[540]"),
            Map.entry("2", "[120,840]"),
            Map.entry("12:30", "[30,750]"),
            Map.entry("24:00", "[]"),
            Map.entry("9:60", "[]"),
            Map.entry("13 pm", "[]"),
            Map.entry("soon", "[]")),
        true);
    expect(
        owner,
        "timesOf",
        Map.of("9", "[540]", "2", "[120]", "12", "[720]", "2 pm", "[840]", "23h59", "[1439]"),
        false);
    expect(
        owner,
        "durationsOf",
        Map.ofEntries(
            Map.entry("1:30", "[90]"),
            Map.entry("90", "[90]"),
            Map.entry("1.5 h", "[90]"),
            Map.entry("1,5", "[90]"),
            Map.entry("1h30", "[90]"),
            Map.entry("1 h 05 min", "[65]"),
            Map.entry("45m", "[45]"),
            Map.entry(":20", "[20]"),
            Map.entry("0.25", "[15]"),
            Map.entry("87600 h", "[5256000]"),
            Map.entry("2", "[120,2]"),
            Map.entry("1.30", "[78,90]"),
            Map.entry("1:75", "[]"),
            Map.entry("1h75", "[]"),
            Map.entry("h", "[]"),
            Map.entry("", "[]")));
    expect(
        owner,
        "dayOf",
        Map.ofEntries(
            Map.entry("22", "\"2026-11-22\""),
            Map.entry("11/10", "\"2026-11-10\""),
            Map.entry("22/11", "\"2026-11-22\""),
            Map.entry("Nov 22", "\"2026-11-22\""),
            Map.entry("22 November 2025", "\"2025-11-22\""),
            Map.entry("2026-11-22", "\"2026-11-22\""),
            Map.entry("11/22/26", "\"2026-11-22\""),
            Map.entry("12/24", "\"2025-12-24\""),
            Map.entry("today", "\"2026-11-29\""),
            Map.entry("yesterday", "\"2026-11-28\""),
            Map.entry("Mon", "\"2026-11-23\""),
            Map.entry("Feb 29", "\"2024-02-29\""),
            Map.entry("2/30/2026", "null"),
            Map.entry("13/13", "null"),
            Map.entry("some day", "null")),
        "en-US",
        "2026-11-29");
    expect(
        owner,
        "dayOf",
        Map.of("11/10", "\"2026-10-11\"", "1.2.2026", "\"2026-02-01\""),
        "en-GB",
        "2026-11-29");
  }

  /** Types into a field of a span that stands at 1 November 2026, 10:00:13 to 11:00 in New York. */
  private static String outcome(
      Visitor visitor, String begin, String end, String field, String text) {
    return (String)
        visitor
            .page()
            .evaluate(
                """
                async ([begin, end, field, text]) => {
                  const app = document.querySelector('script[src]').src;
                  const module = await import(app.replace('app.js', 'core/typed-time.js'));
                  const span = { begin: Date.parse(begin), end: Date.parse(end), follows: 'duration' };
                  const now = Date.parse('2026-11-29T20:00:00Z');
                  const context = { locale: 'en-US', zone: 'America/New_York', now };
                  const found = module.afterTyping(span, field, text, context);
                  const shown = (each) => each.span
                    ? [each.span.begin, each.span.end].map((at) => new Date(at).toISOString().slice(11, 19)).join(' to ')
                    : each.typed;
                  return found.span
                    ? shown(found)
                    : [found.problem, ...found.answers.map((each) => `${each.words} = ${shown(each)}`)].join(' | ')
                        .replaceAll(/[\u00a0\u202f]/g, ' ');
                }
                """,
                List.of(begin, end, field, text));
  }

  @Test
  void whatFollowsIsComputedAndWhatIsUnusualIsAsked(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/time");
    String ten = "2026-11-10T15:00:13Z";
    String eleven = "2026-11-10T16:00:00Z";
    assertThat(outcome(owner, ten, eleven, "from", "9")).isEqualTo("14:00:00 to 16:00:00");
    assertThat(outcome(owner, ten, eleven, "to", "2 pm")).isEqualTo("15:00:13 to 19:00:00");
    assertThat(outcome(owner, ten, eleven, "to", "5")).isEqualTo("15:00:13 to 22:00:00");
    assertThat(outcome(owner, ten, eleven, "duration", "90")).isEqualTo("15:00:13 to 16:30:13");
    assertThat(outcome(owner, ten, eleven, "day", "11/9")).isEqualTo("15:00:13 to 16:00:00");
    assertThat(outcome(owner, ten, eleven, "to", "10"))
        .isEqualTo(
            "From and to are the same. How long was it?"
                + " | A whole day: 24 hours = 15:00:13 to 15:00:13"
                + " | No time at all = 15:00:13 to 15:00:13");
    assertThat(outcome(owner, ten, eleven, "to", "1:30 am"))
        .isEqualTo(
            "1:30 AM is before the start. Did it go on past midnight?"
                + " | Yes, until 1:30 AM on Nov 11, 2026 = 15:00:13 to 06:30:00");
    assertThat(outcome(owner, ten, eleven, "from", "4"))
        .isEqualTo("In the morning or in the afternoon? | 4:00 AM = 4:00 AM | 4:00 PM = 4:00 PM");
    assertThat(outcome(owner, ten, eleven, "duration", "30 h"))
        .isEqualTo("This is 30 hours. Is that right? | Yes, 30 hours = 15:00:13 to 21:00:13");
    assertThat(outcome(owner, ten, eleven, "day", "today")).isEqualTo("15:00:13 to 16:00:00");
    assertThat(outcome(owner, "2026-11-29T19:00:00Z", "2026-11-29T19:30:00Z", "to", "9 pm"))
        .isEqualTo(
            "9:00 PM on Nov 29, 2026 is still to come. Was it the day before?"
                + " | Yes, Nov 28, 2026 = 19:00:00 to 02:00:00");
  }

  @Test
  void failure15_timesAtWhichClocksAreChangedAreAsked(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/time");
    assertThat(outcome(owner, "2026-11-01T04:10:00Z", "2026-11-01T07:30:00Z", "to", "1:30 am"))
        .isEqualTo(
            "Clocks were put back that day: they showed 1:30 AM twice. Which one is meant?"
                + " | The first 1:30 AM = 04:10:00 to 05:30:00"
                + " | The second 1:30 AM = 04:10:00 to 06:30:00");
    assertThat(outcome(owner, "2026-03-08T06:00:00Z", "2026-03-08T09:30:00Z", "to", "2:30 am"))
        .isEqualTo(
            "Clocks were put forward that day: 2:30 AM did not exist. Which time is meant?"
                + " | 1:30 AM = 06:00:00 to 06:30:00 | 3:30 AM = 06:00:00 to 07:30:00");
    // An hour across the change is an hour.
    assertThat(outcome(owner, "2026-03-08T06:30:00Z", "2026-03-08T06:40:00Z", "duration", "1h"))
        .isEqualTo("06:30:00 to 07:30:00");
  }

  private static Locator typed(Locator dialog, String label) {
    return dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  @Test
  void oneFieldChangesTheOtherAndNothingIsCutOffInAClockOfTwelveHours(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Add time by hand").click();
    Locator dialog = owner.dialog("Add time by hand");
    typed(dialog, "Date").fill("11/28/2025");
    typed(dialog, "From").fill("12:30 pm");
    typed(dialog, "Duration").fill("1.5 h");
    typed(dialog, "Duration").press("Tab");
    assertThat(typed(dialog, "Date")).hasValue("Nov 28, 2025");
    assertThat(typed(dialog, "From")).hasValue("12:30 PM");
    assertThat(typed(dialog, "To")).hasValue("2:00 PM");
    typed(dialog, "To").fill("12:45 am");
    typed(dialog, "To").press("Tab");
    dialog
        .getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("Yes, until"))
        .click();
    assertThat(typed(dialog, "Duration")).hasValue("12:15");
    assertThat(typed(dialog, "Ended on")).hasValue("Nov 29, 2025");
    for (int width : new int[] {1600, 1280, 1024, 800, 600, 400, 360}) {
      owner.page().setViewportSize(width, 800);
      assertThat(
              dialog.evaluate(
                  "dialog => [...dialog.querySelectorAll('.span label input')]"
                      + ".filter((each) => each.scrollWidth > each.clientWidth).length"))
          .as("fields that are cut off, " + width)
          .isEqualTo(0);
    }
    owner.page().setViewportSize(1280, 860);
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("startedAt").asText()).isEqualTo("2025-11-28T12:30:00Z");
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(12 * 3600 + 900);
  }

  @Test
  void failure31_tenYearsAreAskedAboutInTheDialog(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Add time by hand").click();
    Locator dialog = owner.dialog("Add time by hand");
    typed(dialog, "Date").fill("1/1/2016");
    typed(dialog, "Duration").fill("87600 h");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("This is 87,600 hours. Is that right?");
    assertThat(dialog).isVisible();
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).isEmpty();
    Visitor.button(dialog, "Yes, 87,600 hours").click();
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("needsConfirmation").asBoolean()).isTrue();
  }

  @Test
  void aNoteThatIsEditedChangesNoSecondOfTheTime(Visitors visitors) {
    JsonNode before =
        firm.entered(
            customer,
            service,
            "startedAt",
            "2026-01-15T09:00:13Z",
            "stoppedAt",
            "2026-01-15T09:59:48Z");
    Laptop.settle();
    Visitor owner = visitors.at(firm.owner()).go("/time");
    owner.buttons("Edit Tax Resolution").click();
    Locator dialog = owner.dialog("Edit tracked time");
    assertThat(typed(dialog, "From")).hasValue("9:00 AM");
    dialog.getByLabel("Note").fill("Call");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    String path = "/time-entries/" + before.path("timeEntryId").asText();
    JsonNode noted = firm.owner().get(path).expect(200);
    assertThat(noted.path("note").asText()).isEqualTo("Call");
    assertThat(noted.path("startedAt")).isEqualTo(before.path("startedAt"));
    assertThat(noted.path("stoppedAt")).isEqualTo(before.path("stoppedAt"));

    owner.buttons("Edit Tax Resolution").click();
    typed(dialog, "To").fill("10");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    JsonNode after = firm.owner().get(path).expect(200);
    assertThat(after.path("startedAt")).isEqualTo(before.path("startedAt"));
    assertThat(after.path("stoppedAt").asText()).isEqualTo("2026-01-15T10:00:00Z");
  }

  /** A cell of the week, whose label ends with its day. */
  private static Locator cell(Visitor owner, int column) {
    return owner.page().locator(".week tbody tr").first().locator("td").nth(column);
  }

  private JsonNode entries() {
    return firm.owner().get("/time-entries").expect(200).path("timeEntries");
  }

  @Test
  void aWeekIsTypedIntoAndBilledTimeIsLocked(Visitors visitors) {
    visitors.expect("400");
    LocalDate monday = LocalDate.of(2026, 10, 5);
    JsonNode first = firm.entered(customer, service, "workedOn", monday.toString(), "minutes", 60);
    Laptop.settle();
    String entry = "/time-entries/" + first.path("timeEntryId").asText();
    firm.send(firm.owner().get(entry).expect(200).path("invoiceId").asText());

    Visitor owner = visitors.at(firm.owner()).go("/time?view=week&on=" + monday);
    assertThat(cell(owner, 1)).hasText("1:00, billed"); // weeks begin on Sunday here
    assertThat(cell(owner, 1).locator("input")).hasCount(0);
    Locator tuesday = cell(owner, 2).locator("input");
    tuesday.fill("0:45");
    tuesday.press("Tab");
    tuesday.fill("1:30"); // before the first answer has come
    tuesday.press("Tab");
    assertThat(owner.page().locator(".week tfoot td").nth(2)).hasText("1:30");
    assertThat(entries()).hasSize(2);
    assertThat(cell(owner, 7)).hasText("2:30");
    assertThat(owner.region("Week")).containsText("$625.00");

    tuesday.fill("2");
    tuesday.press("Tab");
    owner.button("2 hours").click();
    Eventually.get(
        "the correction",
        this::entries,
        found -> found.size() == 2 && found.at("/0/measuredSeconds").asLong() == 7200);
    assertThat(tuesday).hasValue("2:00");
    tuesday.fill("25 h");
    tuesday.press("Tab");
    assertThat(owner.region("Week").getByRole(AriaRole.ALERT))
        .hasText("This day has only 24 hours.");
    tuesday.fill("");
    tuesday.press("Tab");
    owner.button("Dismiss").click();
    Eventually.get("the end of it", this::entries, found -> found.size() == 1);

    owner.link("Next week").click();
    assertThat(owner.page().locator(".week tbody tr")).hasCount(0);
    owner.button("Copy last week\u2019s rows").click();
    assertThat(owner.page().locator(".week tbody tr")).hasCount(1);
    assertThat(cell(owner, 7)).hasText("0:00");
    assertThat(entries()).hasSize(1);
    owner.buttons("Also enter last week").click();
    Eventually.get("the copied time", this::entries, found -> found.size() == 2);
    assertThat(cell(owner, 1).locator("input")).hasValue("1:00");
    owner.buttons("Start a timer").click();
    assertThat(owner.tracker()).containsText("Ada Lovelace");
  }

  @Test
  void todayAndThisWeekAreOnTheStartPageAndADayHasItsTotal(Visitors visitors) {
    firm.time(customer, service, 1);
    Visitor owner = visitors.at(firm.owner()).go("/");
    assertThat(owner.page().getByText("My time this week")).isVisible();
    owner.page().getByText("My time today").click();
    assertThat(owner.region("Day")).isVisible();
    String day = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC).toString();
    JsonNode entry = entries().get(0);
    owner.go("/time?view=day&on=" + entry.path("workedOn").asText());
    assertThat(owner.region("Day")).containsText("1 min");
    assertThat(day).isGreaterThanOrEqualTo(entry.path("workedOn").asText());
    owner.buttons("Continue Tax Resolution").click();
    assertThat(owner.tracker()).containsText("Ada Lovelace");
  }
}
