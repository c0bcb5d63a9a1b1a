package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import java.util.List;
import java.util.Map;

/** What time is worked on: a service for a customer, with the firm's settings. */
record Work(FirmSettings firm, Customer customer, Service service) {

  /** When the firm wants to be reminded of timers. */
  Limits limits() {
    return new Limits(firm.reminders().runningTimerMinutes());
  }

  /**
   * Reads all three at once.
   *
   * @throws Problem 404 {@code customer-not-found} or {@code service-not-found}
   */
  static Work read(Ledger ledger, String firm, String customerId, String serviceId) {
    String customerKey = Customer.key(mayBeOne(customerId, "customer"));
    String serviceKey = Service.key(mayBeOne(serviceId, "service"));
    Map<String, Item> read = ledger.get(firm, List.of(FirmSettings.KEY, customerKey, serviceKey));
    Item customer = found(read.get(customerKey), "customer");
    Item service = found(read.get(serviceKey), "service");
    return new Work(
        FirmSettings.of(read.get(FirmSettings.KEY)), Customer.of(customer), Service.of(service));
  }

  private static String mayBeOne(String id, String kind) {
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
   * Refuses new work for a customer or on a service that was retired.
   *
   * @throws Problem 409 {@code customer-inactive} or {@code service-inactive}
   */
  Work mustBeActive() {
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
