package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Customers; two are the same if their names and mail addresses are. Besides the fields of a
 * request, a file may have a column for their rate for each service: {@code hourlyRate:Tax
 * Resolution}.
 *
 * @param decimals of the firm's currency
 * @param services the firm's
 */
record CustomerImport(int decimals, List<Service> services) implements ImportKind<Customer> {

  @Override
  public String prefix() {
    return CustomerItem.PREFIX;
  }

  @Override
  public Optional<ImportColumn> column(String label) {
    int colon = label.indexOf(':');
    if (colon >= 0) {
      return rate(label, label.substring(0, colon), label.substring(colon + 1));
    }
    return switch (ImportColumn.meaning(label)) {
      case "name" -> Optional.of(text(label, "name"));
      case "email" -> Optional.of(text(label, "email"));
      case "address" -> Optional.of(text(label, "address"));
      case "sendautomatically" ->
          Optional.of(new ImportColumn(label, "sendAutomatically", new ImportColumn.Kind.YesNo()));
      default -> Optional.empty();
    };
  }

  /** A column of rates, if there is exactly one service of that name. */
  private Optional<ImportColumn> rate(String label, String unit, String name) {
    List<Service> named =
        services.stream()
            .filter(service -> Text.identity(service.name()).equals(Text.identity(name)))
            .toList();
    Optional<ImportColumn.Kind> kind = ServiceImport.rateKind(unit, decimals);
    return named.size() == 1
        ? kind.map(read -> new ImportColumn(label, "rates." + named.getFirst().serviceId(), read))
        : Optional.empty();
  }

  private static ImportColumn text(String label, String field) {
    return new ImportColumn(label, field, new ImportColumn.Kind.Text());
  }

  @Override
  public List<String> required() {
    return List.of("name", "email");
  }

  @Override
  public Customer of(Item item) {
    return CustomerItem.of(item);
  }

  @Override
  public String id(Customer customer) {
    return customer.customerId();
  }

  @Override
  public String identity(Customer customer) {
    return Text.identity(customer.name()) + "\n" + MailAddress.identity(customer.email());
  }

  @Override
  public List<String> identifying() {
    return List.of("name", "email");
  }

  @Override
  public Customer created(Fields fields) {
    return CustomerFields.created(fields, HashSet::new);
  }

  @Override
  public Customer merged(Fields fields, Customer customer) {
    return CustomerFields.merged(fields, customer, HashSet::new);
  }

  @Override
  public Write creation(String firm, Customer customer) {
    return CustomerItem.create(firm, customer);
  }

  @Override
  public Map<String, Object> shown(Customer customer) {
    return Json.object("name", customer.name());
  }
}
