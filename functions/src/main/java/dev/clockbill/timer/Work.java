package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.firm.StaffItem;
import dev.clockbill.firm.StaffRates;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry.RateSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What time is spent on: a service for a customer, with the firm's settings.
 *
 * @param staff what an hour costs of whoever works. Of the caller it is what {@link
 *     dev.clockbill.http.Membership} has read at the beginning of the request, so that it costs no
 *     read. That read is eventually consistent: a rate of theirs that an owner changed within about
 *     the last second may not count yet for the timer that they stop or the time that they enter
 *     just then. Which of the two came first nobody can say, and the rate that counts is frozen
 *     with its source. Of anybody else it is read with the rest, as the last write left it
 */
public record Work(FirmSettings firm, Customer customer, Service service, StaffRates staff) {

  /**
   * What an hour costs, and why.
   *
   * @param hourly minor units an hour; zero is a rate
   * @param source where it came from
   */
  record Rate(long hourly, RateSource source) {}

  /**
   * The customer's rate for the service, else the person's for it, else the person's for
   * everything, else the service's own.
   */
  Rate rate() {
    Long customers = customer.rates().get(service.serviceId());
    if (customers != null) {
      return new Rate(customers, RateSource.CUSTOMER);
    }
    return staff
        .on(service.serviceId())
        .map(theirs -> new Rate(theirs, RateSource.STAFF))
        .orElseGet(() -> new Rate(service.hourlyRate(), RateSource.SERVICE));
  }

  /** Whether the time waits unbilled for a billing run: nothing drafts it by itself. */
  public boolean collected() {
    return customer.collects(firm);
  }

  /** When the firm wants to be reminded of timers. */
  ReminderLimits limits() {
    return new ReminderLimits(firm.reminders().runningTimerMinutes());
  }

  /**
   * Reads what somebody works on, and where that is another person than the caller, what their hour
   * costs, all at once.
   *
   * @param staffId whose time it is
   * @throws Problem 404 {@code customer-not-found} or {@code service-not-found}
   */
  public static Work read(
      Table table, Caller caller, String staffId, String customerId, String serviceId) {
    return staffId.equals(caller.staffId())
        ? read(table, caller.firm(), StaffRates.of(caller.member()), customerId, serviceId)
        : read(table, caller.firm(), null, StaffItem.key(staffId), customerId, serviceId);
  }

  /** The same for the caller's own time. */
  static Work own(Table table, Caller caller, String customerId, String serviceId) {
    return read(table, caller, caller.staffId(), customerId, serviceId);
  }

  /** The same for what a timer runs on. */
  static Work read(Table table, Caller caller, Timer timer) {
    return read(table, caller, timer.staffId(), timer.customerId(), timer.serviceId());
  }

  /** The same where it is known what an hour of the person costs. */
  static Work read(
      Table table, String firm, StaffRates staff, String customerId, String serviceId) {
    return read(table, firm, staff, null, customerId, serviceId);
  }

  private static Work read(
      Table table,
      String firm,
      StaffRates known,
      String staffKey,
      String customerId,
      String serviceId) {
    String customerKey = CustomerItem.key(checkedId(customerId, "customer"));
    String serviceKey = ServiceItem.key(checkedId(serviceId, "service"));
    List<String> keys =
        Stream.of(FirmItem.KEY, customerKey, serviceKey, staffKey)
            .filter(Objects::nonNull)
            .toList();
    Map<String, Item> read = table.get(firm, keys);
    Item customer = found(read.get(customerKey), "customer");
    Item service = found(read.get(serviceKey), "service");
    return new Work(
        FirmItem.of(read.get(FirmItem.KEY)),
        CustomerItem.of(customer),
        ServiceItem.of(service),
        known == null ? StaffRates.of(read.get(staffKey)) : known);
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
