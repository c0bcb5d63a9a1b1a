package dev.clockbill.firm;

import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.table.Table;
import java.math.BigDecimal;
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
    List<Service> services =
        RateColumns.read(table, firm.firmId(), firm.decimals()).named().toList();
    return CsvPage.of(
        request,
        Stream.concat(COLUMNS.stream(), services.stream().map(RateColumns::heading)).toList(),
        members.stream().map(member -> row(member, services, firm.currency())).toList());
  }

  private static Map<String, Object> row(
      StaffMember member, List<Service> services, String currency) {
    Map<String, Object> row =
        Json.object(
            "name", member.name(),
            "email", member.email(),
            "role", member.role().word(),
            "active", member.active(),
            "hourlyRateDecimal", decimal(member.hourlyRate(), currency));
    services.forEach(
        service ->
            row.put(
                RateColumns.heading(service),
                decimal(member.rates().get(service.serviceId()), currency)));
    return row;
  }

  private static BigDecimal decimal(Long rate, String currency) {
    return rate == null ? null : Money.decimal(rate, currency);
  }
}
