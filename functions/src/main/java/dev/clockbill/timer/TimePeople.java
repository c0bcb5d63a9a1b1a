package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.firm.StaffItem;
import dev.clockbill.firm.StaffMember;
import dev.clockbill.http.Caller;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Text;
import dev.clockbill.table.Table;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whom and what lines of a file name: a firm's customers, services and staff, each once.
 *
 * @param caller who imports
 */
record TimePeople(
    Caller caller,
    FirmSettings firm,
    Map<String, List<Customer>> customersByName,
    Map<String, List<Customer>> customersByEmail,
    Map<String, List<Service>> services,
    Map<String, List<StaffMember>> staffByName,
    Map<String, List<StaffMember>> staffByEmail) {

  /**
   * Who is meant, or why nobody is.
   *
   * @param one null if there is an error
   */
  record Found<T>(T one, String error) {
    T or(Consumer<String> wrong) {
      if (error != null) {
        wrong.accept(error);
      }
      return one;
    }
  }

  static TimePeople read(Table table, Caller caller) {
    String firm = caller.firm();
    List<Customer> customers =
        table.family(firm, CustomerItem.PREFIX).stream()
            .map(CustomerItem::of)
            .filter(Customer::active)
            .toList();
    List<Service> services =
        table.family(firm, ServiceItem.PREFIX).stream()
            .map(ServiceItem::of)
            .filter(Service::active)
            .toList();
    List<StaffMember> staff =
        table.family(firm, StaffItem.PREFIX).stream()
            .map(StaffItem::of)
            .filter(StaffMember::active)
            .toList();
    return new TimePeople(
        caller,
        FirmItem.read(table, firm),
        by(customers, customer -> Text.identity(customer.name())),
        by(
            customers.stream().filter(customer -> customer.email() != null).toList(),
            customer -> MailAddress.identity(customer.email())),
        by(services, service -> Text.identity(service.name())),
        by(staff, member -> Text.identity(member.name())),
        by(staff, member -> MailAddress.identity(member.email())));
  }

  private static <T> Map<String, List<T>> by(List<T> all, Function<T, String> key) {
    return all.stream().collect(Collectors.groupingBy(key));
  }

  ZoneId zone() {
    return firm.timeZone();
  }

  /** The customer of a name, an address, or both. */
  Found<Customer> customer(String name, String email) {
    if (name.isEmpty() && email.isEmpty()) {
      return new Found<>(null, "This is missing.");
    }
    if (email.isEmpty()) {
      return one(
          customersByName.get(Text.identity(name)),
          "There is no active customer of this name. Add them first.",
          "Several customers have this name. Say which by a column customerEmail.");
    }
    List<Customer> theirs = customersByEmail.getOrDefault(MailAddress.identity(email), List.of());
    return one(
        theirs.stream()
            .filter(
                each -> name.isEmpty() || Text.identity(each.name()).equals(Text.identity(name)))
            .toList(),
        "There is no active customer with this address"
            + (name.isEmpty() ? "" : " and name")
            + ". Add them first.",
        "Several customers have this address. Say which by a column customer.");
  }

  Found<Service> service(String name) {
    return name.isEmpty()
        ? new Found<>(null, "This is missing.")
        : one(
            services.get(Text.identity(name)),
            "There is no active service of this name. Add it first.",
            "Several services have this name. Rename one first.");
  }

  /** Who worked: the caller, unless a line says another. */
  Found<StaffMember> member(String email, String name) {
    Found<StaffMember> found =
        email.isEmpty()
            ? one(
                name.isEmpty() ? self() : staffByName.get(Text.identity(name)),
                "Nobody of this name is in the firm's staff.",
                "Several people have this name. Say who by a column staffEmail.")
            : one(
                staffByEmail.get(MailAddress.identity(email)),
                "Nobody with this address is in the firm's staff.",
                "Several people have this address.");
    return found.one() == null || caller.owner() || found.one().staffId().equals(caller.staffId())
        ? found
        : new Found<>(null, "Only an owner may import the time of others.");
  }

  private List<StaffMember> self() {
    return staffByEmail.values().stream()
        .flatMap(List::stream)
        .filter(each -> each.staffId().equals(caller.staffId()))
        .toList();
  }

  private static <T> Found<T> one(List<T> found, String none, String several) {
    if (found == null || found.isEmpty()) {
      return new Found<>(null, none);
    }
    return found.size() == 1 ? new Found<>(found.getFirst(), null) : new Found<>(null, several);
  }
}
