package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paid services; two are the same if their names are.
 *
 * @param decimals of the firm's currency
 */
record ServiceImport(int decimals) implements ImportKind<Service> {

  /** How a column of rates is read, by what its header says before the service's name. */
  static Optional<ImportColumn.Kind> rateKind(String label, int decimals) {
    return switch (ImportColumn.meaning(label)) {
      case "hourlyrate" -> Optional.of(new ImportColumn.Kind.MinorUnits());
      case "hourlyratedecimal" -> Optional.of(new ImportColumn.Kind.Decimal(decimals));
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
      case "name" -> Optional.of(new ImportColumn(label, "name", new ImportColumn.Kind.Text()));
      case "description" ->
          Optional.of(new ImportColumn(label, "description", new ImportColumn.Kind.Text()));
      default -> rateKind(label, decimals).map(kind -> new ImportColumn(label, "hourlyRate", kind));
    };
  }

  @Override
  public List<String> required() {
    return List.of("name", "hourlyRate");
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
