package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.imports.ImportColumn;
import dev.clockbill.imports.ImportKind;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Paid services; two are the same if their names are. Clockbill's own list of them comes in as it
 * is. What Harvest calls a task and QuickBooks an item ("Product/Service Name", "Sales Price /
 * Rate" of its list of products and services) is known.
 *
 * @param decimals of the firm's currency
 */
public record ServiceImport(int decimals) implements ImportKind<Service> {
  private static final String KIND = "kind";
  private static final String FIXED_PRICE = "fixedPrice";

  /** Reads the decimals of a firm's currency. */
  public static ServiceImport of(Table table, String firm) {
    return new ServiceImport(FirmItem.read(table, firm).decimals());
  }

  /** How a column of rates is read, by what its header says before the service's name. */
  static Optional<ImportColumn.Kind> rateKind(String label, int decimals) {
    return switch (ImportColumn.meaning(label)) {
      case "hourlyrate", "hourlyratedecimal" -> Optional.of(ImportColumn.rate(label, decimals));
      default -> Optional.empty();
    };
  }

  @Override
  public String prefix() {
    return ServiceItem.PREFIX;
  }

  @Override
  public Optional<ImportColumn> column(String label) {
    return switch (ImportColumn.meaning(label)) {
      case "name", "service", "servicename", "task", "taskname", "productservicename", "item" ->
          Optional.of(ImportColumn.text(label, "name"));
      case "description", "salesdescription" ->
          Optional.of(ImportColumn.text(label, "description"));
      case "rate", "salespricerate" ->
          Optional.of(
              new ImportColumn(label, "hourlyRate", new ImportColumn.Kind.Decimal(decimals)));
      case "billable" ->
          Optional.of(new ImportColumn(label, "billable", new ImportColumn.Kind.YesNo()));
      case "kind" -> Optional.of(ImportColumn.text(label, KIND));
      case "fixedpricedecimal", "price" ->
          Optional.of(
              new ImportColumn(label, FIXED_PRICE, new ImportColumn.Kind.Decimal(decimals)));
      case "active", "serviceid" ->
          Optional.of(new ImportColumn(label, label.strip(), new ImportColumn.Kind.LeftOut()));
      default -> rateKind(label, decimals).map(kind -> new ImportColumn(label, "hourlyRate", kind));
    };
  }

  @Override
  public List<List<String>> required() {
    return List.of(List.of("name"), List.of("hourlyRate", FIXED_PRICE));
  }

  @Override
  public List<String> names() {
    return List.of(
        "name", "hourlyRateDecimal", "billable", KIND, "fixedPriceDecimal", "description");
  }

  /** A line with a price is of a fixed price, unless it says another kind. */
  @Override
  public Map<String, Object> assembled(Map<String, Object> cells) {
    Map<String, Object> whole = new LinkedHashMap<>(cells);
    if (cells.containsKey(FIXED_PRICE)) {
      whole.putIfAbsent(KIND, Service.Kind.FIXED.word());
    }
    whole.computeIfPresent(KIND, (key, kind) -> kind.toString().toLowerCase(Locale.ROOT));
    return whole;
  }

  @Override
  public Service of(Item item) {
    return ServiceItem.of(item);
  }

  @Override
  public String id(Service service) {
    return service.serviceId();
  }

  @Override
  public String identity(Service service) {
    return Text.identity(service.name());
  }

  @Override
  public List<String> identifying() {
    return List.of("name");
  }

  @Override
  public Service created(Fields fields) {
    return ServiceFields.created(fields);
  }

  @Override
  public Service merged(Fields fields, Service service) {
    return ServiceFields.merged(fields, service);
  }

  @Override
  public Write creation(String firm, Service service) {
    return ServiceItem.create(firm, service);
  }

  @Override
  public Map<String, Object> shown(Service service) {
    return Json.object("name", service.name(), "hourlyRate", service.hourlyRate());
  }
}
