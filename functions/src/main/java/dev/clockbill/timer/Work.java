package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry.RateSource;
import java.util.List;
import java.util.Map;

/** What time is spent on: a service for a customer, with the firm's settings. */
public record Work(FirmSettings firm, Customer customer, Service service) {

  /**
   * What an hour costs, and why.
   *
   * @param hourly minor units an hour; zero is a rate
   * @param source where it came from
   */
  record Rate(long hourly, RateSource source) {}

  /** The customer's rate for the service, else the service's own. */
  Rate rate() {
    Long customers = customer.rates().get(service.serviceId());
    return customers == null
        ? new Rate(service.hourlyRate(), RateSource.SERVICE)
        : new Rate(customers, RateSource.CUSTOMER);
  }

  /** Whether the time waits unbilled for a billing run: nothing drafts it by itself. */
  boolean collected() {
    return customer.collects(firm);
  }

  /** When the firm wants to be reminded of timers. */
  ReminderLimits limits() {
    return new ReminderLimits(firm.reminders().runningTimerMinutes());
  }

  /**
   * Reads all three at once.
   *
   * @throws Problem 404 {@code customer-not-found} or {@code service-not-found}
   */
  public static Work read(Table table, String firm, String customerId, String serviceId) {
    String customerKey = CustomerItem.key(checkedId(customerId, "customer"));
    String serviceKey = ServiceItem.key(checkedId(serviceId, "service"));
    Map<String, Item> read = table.get(firm, List.of(FirmItem.KEY, customerKey, serviceKey));
    Item customer = found(read.get(customerKey), "customer");
    Item service = found(read.get(serviceKey), "service");
    return new Work(
        FirmItem.of(read.get(FirmItem.KEY)), CustomerItem.of(customer), ServiceItem.of(service));
  }

  private static String checkedId(String id, String kind) {
    if (!Ids.looksLikeOne(id)) {
      throw Problem.notFound(kind);
    }
    return id;
  }

  private static Item found(Item item, String kind) {
    if (item == null) {
      throw Problem.notFound(kind);
    }
    return item;
  }

  /**
   * Refuses new work for an inactive customer or a retired service.
   *
   * @throws Problem 409 {@code customer-inactive} or {@code service-inactive}
   */
  public Work mustBeActive() {
    if (!customer.active()) {
      throw Problem.of(
          409,
          "customer-inactive",
          customer.name()
              + " is no longer active. Make the customer active again under"
              + " Customers, or choose another one.");
    }
    if (!service.active()) {
      throw Problem.of(
          409,
          "service-inactive",
          service.name()
              + " is retired. Make it active again under Settings, Paid services, or"
              + " choose another one.");
    }
    return this;
  }
}
