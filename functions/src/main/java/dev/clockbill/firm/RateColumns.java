package dev.clockbill.firm;

import dev.clockbill.imports.ImportColumn;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.SearchText;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a file that hold rates for single services, of customers and of staff: {@code
 * hourlyRate:Tax Resolution} in minor units, or {@code hourlyRateDecimal:Tax Resolution} for
 * amounts such as 220.00. A service that shares its name has none.
 */
public final class RateColumns {
  private static final String DECIMAL = "hourlyRateDecimal:";

  private final int decimals;
  private final List<Service> services;
  private final Map<String, List<Service>> byName;
  private final List<Service> named;

  /**
   * Columns for services.
   *
   * @param decimals of the firm's currency
   * @param services the firm's
   */
  public RateColumns(int decimals, List<Service> services) {
    this.decimals = decimals;
    this.services = List.copyOf(services);
    this.byName =
        services.stream().collect(Collectors.groupingBy(each -> Text.identity(each.name())));
    this.named =
        byName.values().stream()
            .filter(each -> each.size() == 1)
            .map(List::getFirst)
            .sorted(
                Comparator.comparing((Service service) -> SearchText.of(service.name()))
                    .thenComparing(Service::name))
            .toList();
  }

  /** Those of a firm. */
  static RateColumns read(Table table, String firm, int decimals) {
    return new RateColumns(
        decimals, table.family(firm, ServiceItem.PREFIX).stream().map(ServiceItem::of).toList());
  }

  /** The decimals of the firm's currency. */
  int decimals() {
    return decimals;
  }

  /** The firm's services, also those that have no column. */
  List<Service> services() {
    return services;
  }

  /** Whether a heading names a service, known or not. */
  static boolean names(String label) {
    return label.indexOf(':') >= 0;
  }

  /** The column of rates for a heading, if there is exactly one service of the name in it. */
  Optional<ImportColumn> column(String label) {
    int colon = label.indexOf(':');
    List<Service> meant = byName.getOrDefault(Text.identity(label.substring(colon + 1)), List.of());
    return meant.size() == 1
        ? ServiceImport.rateKind(label.substring(0, colon), decimals)
            .map(kind -> new ImportColumn(label, "rates." + meant.getFirst().serviceId(), kind))
        : Optional.empty();
  }

  /** The headings of amounts, in the order of the services' names, as all lists have them. */
  Stream<String> headings() {
    return named.stream().map(RateColumns::heading);
  }

  /**
   * The cells of amounts, by their headings; those without a rate are empty.
   *
   * @param rates minor units an hour by service id
   */
  Map<String, Object> cells(Map<String, Long> rates, String currency) {
    Map<String, Object> cells = Json.object();
    for (Service service : named) {
      Long rate = rates.get(service.serviceId());
      cells.put(heading(service), rate == null ? null : Money.decimal(rate, currency));
    }
    return cells;
  }

  private static String heading(Service service) {
    return DECIMAL + service.name();
  }
}
