package dev.clockbill.firm;

import dev.clockbill.firm.FirmSettings.Billing;
import dev.clockbill.firm.FirmSettings.Invoicing;
import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.firm.FirmSettings.Reminders;
import dev.clockbill.firm.FirmSettings.Rounding;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A firm's settings as the table keeps them. */
public final class FirmItem {
  private FirmItem() {}

  /** The key of a firm's settings. */
  public static final String KEY = "FIRM";

  /**
   * Reads a firm's settings.
   *
   * @throws Problem if there is no such firm
   */
  public static FirmSettings read(Table table, String firmId) {
    return of(table.get(firmId, KEY).orElseThrow(() -> Problem.notFound("firm")));
  }

  /** Reads a firm's item. */
  public static FirmSettings of(Item item) {
    Item billing = item.object("billing");
    Item invoicing = item.object("invoicing");
    Item reminders = item.object("reminders");
    Item payments = item.object("payments");
    return new FirmSettings(
        item.firm(),
        item.text("name"),
        item.text("email"),
        item.text("address"),
        item.text("currency"),
        ZoneId.of(item.text("timeZone")),
        billing(billing),
        new Invoicing(
            invoicing.text("numberPrefix"),
            whole(invoicing, "termsDays"),
            OnStop.of(invoicing.text("onStop")),
            invoicing.bool("sendAutomatically"),
            invoicing.objects("taxes").stream().map(FirmItem::tax).toList(),
            invoicing.text("footer")),
        new Reminders(
            whole(reminders.numbers("runningTimerMinutes")),
            whole(reminders.numbers("beforeDueDays")),
            whole(reminders.numbers("overdueDays"))),
        new Payments(payments.text("status"), payments.text("accountId")),
        item.number("version"));
  }

  /** Reads a billing rule, which time entries keep a copy of. */
  public static Billing billing(Item item) {
    return new Billing(
        whole(item, "incrementMinutes"),
        Rounding.of(item.text("rounding")),
        whole(item, "minimumMinutes"));
  }

  /** The attributes of a billing rule. */
  public static Map<String, Object> attributes(Billing billing) {
    return Json.object(
        "incrementMinutes", billing.incrementMinutes(),
        "rounding", billing.rounding().word(),
        "minimumMinutes", billing.minimumMinutes());
  }

  private static Tax tax(Item item) {
    return new Tax(item.text("name"), new BigDecimal(item.text("ratePercent")));
  }

  private static int whole(Item item, String name) {
    return Math.toIntExact(item.number(name));
  }

  private static List<Integer> whole(List<Long> numbers) {
    return numbers.stream().map(Math::toIntExact).toList();
  }
}
