package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.firm.FirmSettings.Rounding;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Json;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirmChangeTest {
  private static final FirmSettings NOW =
      FirmSettings.begin(
          "01KAP3Q4WZ5X6Y7Z8A9BACBDCE",
          "Hollis & Reed",
          "office@hollisreed.example",
          "Congress Avenue 1",
          "USD",
          ZoneId.of("America/Chicago"),
          new Payments(FirmSettings.PaymentsStatus.MISSING, null));

  /** Changes that are wrong, with the field that each is refused for. */
  static Map<String, String> wrong() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{'name': ''}", "name");
    wrong.put("{'name': null}", "name");
    wrong.put("{'name': 7}", "name");
    wrong.put("{'name': '%s'}".formatted("x".repeat(201)), "name");
    wrong.put("{'email': 'nobody'}", "email");
    wrong.put("{'email': null}", "email");
    wrong.put("{'address': ['Congress Avenue']}", "address");
    wrong.put("{'address': '%s'}".formatted("x".repeat(2001)), "address");
    wrong.put("{'currency': 'usd'}", "currency");
    wrong.put("{'currency': 'XXX'}", "currency");
    wrong.put("{'currency': 'DOLLAR'}", "currency");
    wrong.put("{'timeZone': 'Chicago'}", "timeZone");
    wrong.put("{'timeZone': '+01:00'}", "timeZone");
    wrong.put("{'billing': null}", "billing");
    wrong.put("{'billing': []}", "billing");
    wrong.put("{'billing': {'incrementMinutes': 0}}", "billing.incrementMinutes");
    wrong.put("{'billing': {'incrementMinutes': 1441}}", "billing.incrementMinutes");
    wrong.put("{'billing': {'incrementMinutes': 1.5}}", "billing.incrementMinutes");
    wrong.put("{'billing': {'incrementMinutes': '6'}}", "billing.incrementMinutes");
    wrong.put("{'billing': {'rounding': 'UP'}}", "billing.rounding");
    wrong.put("{'billing': {'minimumMinutes': -1}}", "billing.minimumMinutes");
    wrong.put("{'billing': {'minutes': 6}}", "billing.minutes");
    wrong.put(
        "{'invoicing': {'numberPrefix': '%s'}}".formatted("x".repeat(21)),
        "invoicing.numberPrefix");
    wrong.put("{'invoicing': {'nextNumber': 0}}", "invoicing.nextNumber");
    wrong.put("{'invoicing': {'nextNumber': null}}", "invoicing.nextNumber");
    wrong.put("{'invoicing': {'termsDays': 366}}", "invoicing.termsDays");
    wrong.put("{'invoicing': {'onStop': 'draft'}}", "invoicing.onStop");
    wrong.put("{'invoicing': {'sendAutomatically': 'yes'}}", "invoicing.sendAutomatically");
    wrong.put("{'invoicing': {'taxes': {}}}", "invoicing.taxes");
    wrong.put("{'invoicing': {'taxes': ['8.25']}}", "invoicing.taxes[0]");
    wrong.put("{'invoicing': {'taxes': [{'name': 'VAT'}]}}", "invoicing.taxes[0].ratePercent");
    wrong.put("{'invoicing': {'taxes': [{'ratePercent': '19'}]}}", "invoicing.taxes[0].name");
    wrong.put(
        "{'invoicing': {'taxes': [{'name': 'VAT', 'ratePercent': 19}]}}",
        "invoicing.taxes[0].ratePercent");
    wrong.put(
        "{'invoicing': {'taxes': [{'name': 'VAT', 'ratePercent': '100.1'}]}}",
        "invoicing.taxes[0].ratePercent");
    wrong.put(
        "{'invoicing': {'taxes': [{'name': 'VAT', 'ratePercent': '19', 'kind': 'x'}]}}",
        "invoicing.taxes[0].kind");
    wrong.put("{'invoicing': {'footer': 7}}", "invoicing.footer");
    wrong.put("{'reminders': {'runningTimerMinutes': 240}}", "reminders.runningTimerMinutes");
    wrong.put("{'reminders': {'runningTimerMinutes': [0]}}", "reminders.runningTimerMinutes[0]");
    wrong.put(
        "{'reminders': {'runningTimerMinutes': [240, 240]}}", "reminders.runningTimerMinutes[1]");
    wrong.put(
        "{'reminders': {'runningTimerMinutes': [1,2,3,4,5,6,7,8,9,10,11]}}",
        "reminders.runningTimerMinutes");
    wrong.put("{'reminders': {'overdueDays': ['3']}}", "reminders.overdueDays[0]");
    wrong.put("{'reminders': {'beforeDueDays': null}}", "reminders.beforeDueDays");
    wrong.put("{'firmId': '01KAP3Q4WZ5X6Y7Z8A9BACBDCE'}", "firmId");
    wrong.put("{'payments': {'status': 'ready'}}", "payments");
    wrong.put("{'version': 7}", "version");
    wrong.put("{'postal': 'Congress Avenue'}", "postal");
    wrong.put("{'postal': {'country': 'USA'}}", "postal.country");
    wrong.put("{'postal': {'country': 'XX'}}", "postal.country");
    wrong.put("{'postal': {'city': 'Austin\\nTexas'}}", "postal.city");
    wrong.put("{'postal': {'town': 'Austin'}}", "postal.town");
    wrong.put("{'phone': 'call us'}", "phone");
    wrong.put("{'website': 'javascript:alert(1)'}", "website");
    wrong.put("{'website': 'https://'}", "website");
    wrong.put("{'website': 'https://you@bank.example'}", "website");
    wrong.put("{'taxId': 7}", "taxId");
    wrong.put("{'bank': []}", "bank");
    wrong.put("{'bank': {'iban': 'DE89 3704 0044 0532 0130 01'}}", "bank.iban");
    wrong.put("{'bank': {'iban': 'DE89 3704 0044 0532 0130'}}", "bank.iban");
    wrong.put("{'bank': {'iban': '12345678'}}", "bank.iban");
    wrong.put("{'bank': {'bic': 'COBADEF'}}", "bank.bic");
    wrong.put("{'branding': null}", "branding");
    wrong.put("{'branding': {'color': 'blue'}}", "branding.color");
    wrong.put("{'branding': {'color': '#1f5fd'}}", "branding.color");
    wrong.put("{'branding': {'logo': true}}", "branding.logo");
    wrong.put("{'messages': {'invoice': 'Hello'}}", "messages.invoice");
    wrong.put("{'messages': {'invoice': {'text': 'Dear {name}'}}}", "messages.invoice.text");
    wrong.put("{'messages': {'receipt': {'subject': 'a\\nb'}}}", "messages.receipt.subject");
    wrong.put("{'messages': {'quote': {'text': 'x'}}}", "messages.quote");
    wrong.put("{'permissions': null}", "permissions");
    wrong.put("{'permissions': {'staffSend': 'no'}}", "permissions.staffSend");
    wrong.put("{'permissions': {'staffSend': null}}", "permissions.staffSend");
    Map<String, String> json = new LinkedHashMap<>();
    wrong.forEach((change, field) -> json.put(change.replace('\'', '"'), field));
    return json;
  }

  @Test
  void everyWrongFieldIsNamedByItsPath() {
    wrong()
        .forEach(
            (change, field) -> {
              Problem refused =
                  catchThrowableOfType(
                      Problem.class, () -> FirmChange.of(fields(change), NOW, Messages.NONE));
              assertThat(refused).as(change).isNotNull();
              assertThat(refused.response().body())
                  .as(change)
                  .contains("{\"field\":\"" + field + "\"");
            });
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () ->
                FirmChange.of(
                    fields("{\"name\":1,\"billing\":{\"rounding\":2},\"colour\":3}"),
                    NOW,
                    Messages.NONE));
    assertThat(refused.response().body())
        .contains("\"field\":\"name\"", "\"field\":\"billing.rounding\"", "\"field\":\"colour\"");
  }

  @Test
  void anEmptyChangeChangesNothing() {
    FirmChange change = FirmChange.of(fields("{}"), NOW, Messages.NONE);
    assertThat(change.settings()).isEqualTo(NOW);
    assertThat(change.nextNumber()).isEmpty();
  }

  @Test
  void objectsAreMergedAndListsReplaced() {
    FirmSettings merged =
        change(
            """
            {"billing": {"rounding": "nearest"},
             "invoicing": {"onStop": "appendToDraft", "taxes": [{"name": "VAT", "ratePercent": "8.25"}]},
             "reminders": {"beforeDueDays": [7, 1], "overdueDays": [5]}}
            """);
    assertThat(merged.billing()).isEqualTo(new FirmSettings.Billing(1, Rounding.NEAREST, 1));
    assertThat(merged.invoicing().onStop()).isEqualTo(OnStop.APPEND_TO_DRAFT);
    assertThat(merged.invoicing().termsDays()).isEqualTo(14);
    assertThat(merged.invoicing().taxes()).containsExactly(new Tax("VAT", new BigDecimal("8.25")));
    assertThat(merged.reminders())
        .isEqualTo(new FirmSettings.Reminders(List.of(240, 480, 720), List.of(7, 1), List.of(5)));
    assertThat(merged.name()).isEqualTo(NOW.name());
  }

  @Test
  void nullRemovesWhatCanBeWithoutAValue() {
    assertThat(change("{\"address\": null}").address()).isNull();
    assertThat(change("{\"invoicing\": {\"footer\": null}}").invoicing().footer()).isEmpty();
  }

  @Test
  void anUnknownPlaceholderIsRefusedNamingTheKnownOnes() {
    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () -> change("{\"messages\":{\"reminder\":{\"subject\":\"{amount} is due\"}}}"));
    assertThat(refused.getMessage())
        .isEqualTo(
            "messages.reminder.subject: There is no {amount}. Use {number}, {customer}, {total},"
                + " {due} or {firm}.");
  }

  @Test
  void messagesAreMergedPartByPartAndNullGoesBackToOurs() {
    Messages first = messages("{'invoice': {'subject': 'Your invoice {number}'}}", Messages.NONE);
    Messages both = messages("{'invoice': {'text': 'Thank you, {customer}.'}}", first);
    assertThat(both.invoice())
        .isEqualTo(new Messages.Message("Your invoice {number}", "Thank you, {customer}."));
    assertThat(messages("{'invoice': {'subject': null}}", both).invoice().subject()).isNull();
    assertThat(messages("{'invoice': null}", both)).isEqualTo(Messages.NONE);
    assertThat(messages("null", both)).isEqualTo(Messages.NONE);
  }

  @Test
  void placeholdersAreFilledInOnce() {
    assertThat(
            Messages.Placeholder.fill(
                "{number} for {customer}: {due} $1",
                Map.of(
                    Messages.Placeholder.NUMBER, "A\\1",
                    Messages.Placeholder.CUSTOMER, "{total} & Co")))
        .isEqualTo("A\\1 for {total} & Co:  $1");
  }

  @Test
  void theAddressIsMadeOfItsPartsUntilItIsWrittenByHand() {
    String parts =
        "{\"postal\":{\"street\":\"12 Quay St\",\"city\":\"Austin\",\"region\":\"TX\","
            + "\"postalCode\":\"78701\",\"country\":\"US\"}";
    assertThat(change(parts + "}").address()).isEqualTo("Congress Avenue 1");
    FirmSettings made = change(parts + ",\"address\":null}");
    assertThat(made.address()).isEqualTo("12 Quay St\nAustin, TX 78701\nUnited States");
    FirmSettings moved =
        FirmChange.of(
                fields(
                    Json.write(
                        Json.object(
                            "address",
                            made.address(),
                            "postal",
                            Json.object("street", "9 Elm St")))),
                made,
                Messages.NONE)
            .settings();
    assertThat(moved.address()).isEqualTo("9 Elm St\nAustin, TX 78701\nUnited States");
  }

  @Test
  void anAddressIsLaidOutAsItsCountryWritesIt() {
    assertThat(new Postal("Am Markt 1", null, "Bremen", null, "28195", "DE").text())
        .isEqualTo("Am Markt 1\n28195 Bremen\nGermany");
    assertThat(new Postal("1 High St", "Floor 2", "Leeds", null, "LS1 1AA", "GB").text())
        .isEqualTo("1 High St\nFloor 2\nLeeds\nLS1 1AA\nUnited Kingdom");
    assertThat(new Postal("1 George St", null, "Sydney", "NSW", "2000", "AU").text())
        .isEqualTo("1 George St\nSydney NSW 2000\nAustralia");
    assertThat(new Postal(null, null, null, null, null, "US").text()).isNull();
  }

  @Test
  void bankDetailsAreKeptWithoutBlanksAndPrintedInGroups() {
    Bank bank =
        change("{\"bank\":{\"iban\":\"gb33 bukb 2020 1555 5555 55\",\"bic\":\"cobadeffxxx\"}}")
            .letterhead()
            .bank();
    assertThat(bank.iban()).isEqualTo("GB33BUKB20201555555555");
    assertThat(bank.printedIban()).isEqualTo("GB33 BUKB 2020 1555 5555 55");
    assertThat(bank.bic()).isEqualTo("COBADEFFXXX");
  }

  private static Messages messages(String json, Messages now) {
    return FirmChange.of(fields("{\"messages\":" + json.replace('\'', '"') + "}"), NOW, now)
        .messages();
  }

  private static FirmSettings change(String json) {
    return FirmChange.of(fields(json), NOW, Messages.NONE).settings();
  }

  @SuppressWarnings("unchecked")
  private static Fields fields(String json) {
    return Fields.of((Map<String, Object>) Json.read(json));
  }
}
