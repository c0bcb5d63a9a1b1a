package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.table.Item;
import dev.clockbill.timer.TimeEntry.Original;
import dev.clockbill.timer.TimeEntry.RateSource;
import dev.clockbill.timer.TimeEntry.State;
import java.util.Locale;

/** A time entry as the table keeps it. */
public final class TimeEntryItem {
  private TimeEntryItem() {}

  /** The key of an entry's item. */
  public static String key(String timeEntryId) {
    return "TIME#" + timeEntryId;
  }

  /** Reads an entry's item. */
  public static TimeEntry of(Item item) {
    Item original = item.object("original");
    Item rule = item.object("rule");
    return new TimeEntry(
        item.key().substring("TIME#".length()),
        item.text("customerId"),
        item.text("customerName"),
        item.text("serviceId"),
        item.text("serviceName"),
        item.text("staffId"),
        item.text("staffName"),
        item.instant("startedAt"),
        item.instant("stoppedAt"),
        item.date("workedOn"),
        item.number("measuredSeconds"),
        item.number("billedMinutes"),
        item.number("hourlyRate"),
        RateSource.valueOf(item.text("rateSource").toUpperCase(Locale.ROOT)),
        item.text("currency"),
        item.number("amount"),
        item.text("note"),
        item.bool("needsConfirmation"),
        item.has("original")
            ? new Original(
                original.instant("startedAt"),
                original.instant("stoppedAt"),
                original.number("measuredSeconds"))
            : null,
        item.texts("overlaps"),
        item.text("invoiceId"),
        State.of(item.text("state")),
        new FirmSettings.Billing(
            Math.toIntExact(rule.number("incrementMinutes")),
            FirmSettings.Rounding.valueOf(rule.text("rounding").toUpperCase(Locale.ROOT)),
            Math.toIntExact(rule.number("minimumMinutes"))),
        item.number("version"));
  }
}
