package dev.clockbill.firm;

import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import java.util.List;
import java.util.Map;

/** Paid services as CSV, as an import takes them again: amounts as people write them. */
final class ServiceCsv {
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "hourlyRateDecimal",
          "billable",
          "kind",
          "fixedPriceDecimal",
          "description",
          "active",
          "serviceId");

  private ServiceCsv() {}

  /** Answers with these services. */
  static Response answer(Request request, List<Service> services, String currency) {
    return CsvPage.of(
        request, COLUMNS, services.stream().map(service -> row(service, currency)).toList());
  }

  private static Map<String, Object> row(Service service, String currency) {
    Long price = service.fixedPrice();
    return Json.object(
        "name", service.name(),
        "hourlyRateDecimal", Money.decimal(service.hourlyRate(), currency),
        "billable", service.billable(),
        "kind", service.kind().word(),
        "fixedPriceDecimal", price == null ? null : Money.decimal(price, currency),
        "description", service.description(),
        "active", service.active(),
        "serviceId", service.serviceId());
  }
}
