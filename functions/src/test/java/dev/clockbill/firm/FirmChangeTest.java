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
                  catchThrowableOfType(Problem.class, () -> FirmChange.of(fields(change), NOW));
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
                    fields("{\"name\":1,\"billing\":{\"rounding\":2},\"colour\":3}"), NOW));
    assertThat(refused.response().body())
        .contains("\"field\":\"name\"", "\"field\":\"billing.rounding\"", "\"field\":\"colour\"");
  }

  @Test
  void anEmptyChangeChangesNothing() {
    FirmChange change = FirmChange.of(fields("{}"), NOW);
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

  private static FirmSettings change(String json) {
    return FirmChange.of(fields(json), NOW).settings();
  }

  @SuppressWarnings("unchecked")
  private static Fields fields(String json) {
    return Fields.of((Map<String, Object>) Json.read(json));
  }
}
