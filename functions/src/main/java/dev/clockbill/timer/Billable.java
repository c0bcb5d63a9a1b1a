package dev.clockbill.timer;

import dev.clockbill.firm.Service;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry.State;

/**
 * Whether time is billed: as its service says ({@link Service#billsTime()}), unless a person says
 * otherwise of this time alone.
 *
 * @param yes whether it is
 * @param chosen whether a person said so; then it stays so on another service
 */
public record Billable(boolean yes, boolean chosen) {

  /** What a person said, or else the service. */
  static Billable of(Boolean said, Service service) {
    return said == null ? new Billable(service.billsTime(), false) : new Billable(said, true);
  }

  /**
   * The same after a correction.
   *
   * @param said what a person says of it now, or null
   * @param unsaid whether they take back what was said: the service says it again
   * @param otherService whether it is time on another service now
   */
  Billable corrected(Boolean said, boolean unsaid, boolean otherService, Service service) {
    if (said != null || unsaid) {
      return of(said, service);
    }
    return otherService ? on(service) : this;
  }

  /** What so many minutes cost at a rate: minor units, and nothing where it is not billed. */
  long amount(long minutes, long hourlyRate) {
    return yes ? Money.ofTime(minutes, hourlyRate) : 0;
  }

  /** The state of such time that is on no living invoice. */
  State offInvoices() {
    return yes ? State.UNBILLED : State.NON_BILLABLE;
  }

  /** The same by what the service says now, unless a person has said it. */
  Billable on(Service service) {
    return chosen ? this : of(null, service);
  }
}
