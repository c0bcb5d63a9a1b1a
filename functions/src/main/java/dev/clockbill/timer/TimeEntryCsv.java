package dev.clockbill.timer;

import dev.clockbill.shared.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Time as CSV: the fields of an entry; amounts appear a second time as people write them, in
 * columns that end in {@code Decimal}.
 */
final class TimeEntryCsv {
  static final List<String> COLUMNS =
      List.of(
          "workedOn",
          "startedAt",
          "stoppedAt",
          "customerName",
          "serviceName",
          "staffName",
          "measuredSeconds",
          "billedMinutes",
          "hourlyRate",
          "hourlyRateDecimal",
          "rateSource",
          "amount",
          "amountDecimal",
          "currency",
          "note",
          "state",
          "needsConfirmation",
          "timeEntryId",
          "customerId",
          "serviceId",
          "staffId",
          "invoiceId",
          "byDay",
          "billable");

  private TimeEntryCsv() {}

  /** The row of an entry, by column. */
  static Map<String, Object> row(TimeEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>(entry.json());
    row.put("hourlyRateDecimal", Money.decimal(entry.hourlyRate(), entry.currency()));
    row.put("amountDecimal", Money.decimal(entry.amount(), entry.currency()));
    row.put("state", entry.state().word());
    return row;
  }
}
