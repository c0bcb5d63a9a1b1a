package dev.clockbill.firm;

import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Members of staff and their rates as CSV, as an import takes the rates again: amounts as people
 * write them, and a column for each service that has a name of its own.
 */
public final class StaffCsv {
  private static final List<String> COLUMNS =
      List.of("name", "email", "role", "active", "hourlyRateDecimal");

  private StaffCsv() {}

  /** Answers with these members. */
  public static Response answer(Request request, Table table, List<StaffMember> members) {
    FirmSettings firm = FirmItem.read(table, request.caller().firm());
    RateColumns rates = RateColumns.read(table, firm.firmId(), firm.decimals());
    return CsvPage.of(
        request,
        Stream.concat(COLUMNS.stream(), rates.headings()).toList(),
        members.stream().map(member -> row(member, rates, firm.currency())).toList());
  }

  private static Map<String, Object> row(StaffMember member, RateColumns rates, String currency) {
    Long everywhere = member.hourlyRate();
    Map<String, Object> row =
        Json.object(
            "name", member.name(),
            "email", member.email(),
            "role", member.role().word(),
            "active", member.active(),
            "hourlyRateDecimal", everywhere == null ? null : Money.decimal(everywhere, currency));
    row.putAll(rates.cells(member.rates(), currency));
    return row;
  }
}
