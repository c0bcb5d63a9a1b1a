package dev.clockbill.firm;

import dev.clockbill.imports.ImportColumn;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a file that hold rates for single services, of customers and of staff: {@code
 * hourlyRate:Tax Resolution} in minor units, or {@code hourlyRateDecimal:Tax Resolution} for
 * amounts such as 220.00.
 *
 * @param decimals of the firm's currency
 * @param services the firm's
 */
public record RateColumns(int decimals, List<Service> services) {
  private static final String DECIMAL = "hourlyRateDecimal:";

  /** Those of a firm. */
  static RateColumns read(Table table, String firm, int decimals) {
    return new RateColumns(
        decimals, table.family(firm, ServiceItem.PREFIX).stream().map(ServiceItem::of).toList());
  }

  /** Whether a heading names a service, known or not. */
  static boolean names(String label) {
    return label.indexOf(':') >= 0;
  }

  /** The column of rates for a heading, if there is exactly one service of the name in it. */
  Optional<ImportColumn> column(String label) {
    int colon = label.indexOf(':');
    String name = Text.identity(label.substring(colon + 1));
    List<Service> named =
        services.stream().filter(service -> Text.identity(service.name()).equals(name)).toList();
    return named.size() == 1
        ? ServiceImport.rateKind(label.substring(0, colon), decimals)
            .map(kind -> new ImportColumn(label, "rates." + named.getFirst().serviceId(), kind))
        : Optional.empty();
  }

  /** The services that a heading can name. */
  Stream<Service> named() {
    return services.stream().filter(service -> column(heading(service)).isPresent());
  }

  /** The heading of amounts for a service. */
  static String heading(Service service) {
    return DECIMAL + service.name();
  }
}
