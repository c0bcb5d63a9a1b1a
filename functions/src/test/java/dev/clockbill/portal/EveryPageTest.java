package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ViewportSize;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every page: nothing keeps people out, it fits a phone, and it is light. */
@InBrowser
class EveryPageTest {
  private static final List<String> FIXED =
      List.of(
          "/",
          "/customers",
          "/time",
          "/time?state=unbilled",
          "/time?view=week",
          "/invoices",
          "/invoices?state=void",
          "/settings/firm",
          "/settings/look",
          "/settings/bank",
          "/settings/messages",
          "/settings/permissions",
          "/welcome",
          "/welcome/money",
          "/welcome/look",
          "/welcome/preview",
          "/settings/services",
          "/settings/billing",
          "/settings/invoices",
          "/settings/reminders",
          "/settings/payments",
          "/settings/staff",
          "/settings/import",
          "/reports",
          "/billing",
          "/nowhere");

  /** A firm with something on every page, and the places that show it. */
  private static final class Filled {
    final TestFirm firm = Laptop.firm();
    final String service = firm.service("Tax Resolution", 25_000);
    final String customer = firm.customer("Ada Lovelace");
    final String draft = firm.time(customer, service, 61).path("invoiceId").asText();
    final String sent = firm.time(customer, service, 125).path("invoiceId").asText();
    final String paid = firm.time(customer, service, 90).path("invoiceId").asText();
    final String voided = firm.time(customer, service, 75).path("invoiceId").asText();

    Filled() {
      firm.send(sent);
      long total = firm.send(paid).path("total").asLong();
      String day = firm.invoice(paid).path("issuedOn").asText();
      String payment = Api.json("amount", total, "method", "Cash", "receivedOn", day);
      firm.owner().post("/invoices/" + paid + "/payments", payment).expect(201);
      firm.send(voided);
      firm.owner().post("/invoices/" + voided + "/void").expect(200);
      String run = Api.json("upTo", day);
      firm.owner().post("/billing-runs", run).expect(202);
      firm.owner().patch("/customers/" + customer, Api.json("billing", "collect")).expect(200);
      firm.time(customer, service, 45);
      firm.start(customer, service);
    }

    List<String> places() {
      return Stream.concat(
              FIXED.stream(),
              Stream.of(
                  "/customers/" + customer,
                  "/invoices/" + draft,
                  "/invoices/" + sent,
                  "/invoices/" + paid,
                  "/invoices/" + voided))
          .toList();
    }
  }

  @Test
  void everyPageFitsAPhoneIsLightAndKeepsNobodyOut(Visitors visitors) {
    visitors.expect("404");
    Filled filled = new Filled();
    Visitor owner = visitors.at(filled.firm.owner());
    ViewportSize desk = owner.page().viewportSize();
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String place : filled.places()) {
      owner.page().setViewportSize(360, 740);
      owner.go(place);
      weights.put(place, weight(owner));
      owner.tracker().waitFor();
      assertThat(widerThanTheWindow(owner)).as(place).isEmpty();
      owner.page().setViewportSize(desk.width, desk.height);
      Accessible.expectNothingAnywhere(owner.page(), place);
    }
    assertThat(weights.values())
        .as("bytes by page: %s", weights)
        .allMatch(bytes -> bytes > 20_000 && bytes < 60_000);
  }

  private static List<?> widerThanTheWindow(Visitor visitor) {
    return (List<?>)
        visitor
            .page()
            .evaluate(
                """
                () => document.documentElement.scrollWidth <= innerWidth ? [] :
                  [...document.querySelectorAll('body *')]
                    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth)
                    .map((each) => each.outerHTML.slice(0, 120))
                """);
  }

  /**
   * What the page loaded, in bytes, without the font. The login's library comes after the first
   * screen: it is added, whether it is there yet or not.
   */
  private static int weight(Visitor visitor) {
    Number bytes =
        (Number)
            visitor
                .page()
                .evaluate(
                    """
                    () => performance.getEntriesByType('resource')
                      .filter((each) => /\\.(js|css|svg)$/.test(new URL(each.name).pathname))
                      .filter((each) => !each.name.endsWith('oauth4webapi.js'))
                      .reduce((sum, each) => sum + each.encodedBodySize, 0)
                    """);
    return bytes.intValue()
        + new PortalFiles().file("vendor/oauth4webapi.js").orElseThrow().smallest().length;
  }

  @Test
  void axeFindsNothingInDialogs(Visitors visitors) {
    Filled filled = new Filled();
    Visitor owner = visitors.at(filled.firm.owner());
    owner.go("/customers/" + filled.customer);
    owner.button("Track").click();
    owner.button("Start Tracking").waitFor();
    Accessible.expectNothingAnywhere(owner.page(), "Track");
    leave(owner, "Track time");
    owner.button("Edit").first().click();
    owner.dialog("Edit Ada Lovelace").waitFor();
    Accessible.expectNothingAnywhere(owner.page(), "Edit customer");
    owner.go("/invoices/" + filled.draft);
    owner.button("Edit").click();
    owner.dialog("Edit tracked time").waitFor();
    Accessible.expectNothingAnywhere(owner.page(), "Edit time");
    leave(owner, "Edit tracked time");
    owner.button("Send").click();
    owner.dialog("Send to Ada Lovelace").waitFor();
    Accessible.expectNothingAnywhere(owner.page(), "Send");
    leave(owner, "Send to Ada Lovelace");
    owner.page().keyboard().press("?");
    owner.dialog("Keyboard shortcuts").waitFor();
    Accessible.expectNothingAnywhere(owner.page(), "help");
  }

  private static void leave(Visitor visitor, String dialog) {
    visitor.page().keyboard().press("Escape");
    assertThat(visitor.dialog(dialog)).isHidden();
  }

  @Test
  void axeFindsNothingWhereNothingIsYet(Visitors visitors) {
    visitors.expect("404");
    Visitor owner = visitors.at(Laptop.firm("{}").owner());
    for (String place : FIXED) {
      owner.go(place);
      Accessible.expectNothingInLightAndDark(owner.page(), place);
    }
  }
}
