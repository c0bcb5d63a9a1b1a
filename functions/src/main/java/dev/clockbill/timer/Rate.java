package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.Service;
import dev.clockbill.timer.TimeEntry.RateSource;

/**
 * What an hour costs, and why.
 *
 * @param hourly minor units an hour; zero is a rate
 * @param source where it came from
 */
record Rate(long hourly, RateSource source) {

  /** A rate that was set on the entry itself. */
  static Rate set(long hourly) {
    return new Rate(hourly, RateSource.ENTRY);
  }

  /** The customer's rate for the service, else the service's own. */
  static Rate of(Customer customer, Service service) {
    Long own = customer.rates().get(service.serviceId());
    return own == null
        ? new Rate(service.hourlyRate(), RateSource.SERVICE)
        : new Rate(own, RateSource.CUSTOMER);
  }
}
