package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerBuilder;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceBuilder;
import dev.clockbill.firm.StaffRates;
import dev.clockbill.timer.TimeEntry.RateSource;
import dev.clockbill.timer.Work.Rate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.WithNull;

/** Which of several rates counts. */
class WorkTest {
  private static final String SERVICE = "01TAX";
  private static final String OTHER = "01PAY";

  private static Map<String, Long> rates(Long here, Long elsewhere) {
    Map<String, Long> rates = new HashMap<>();
    rates.put(SERVICE, here);
    rates.put(OTHER, elsewhere);
    rates.values().removeIf(rate -> rate == null);
    return rates;
  }

  /** Rates for other services are there as well, and never count. */
  @Property
  void theRateIsThatOfTheHighestLevelThatIsSetZeroIncluded(
      @ForAll @WithNull(0.4) @LongRange(min = 0, max = 3) Long customers,
      @ForAll @WithNull(0.4) @LongRange(min = 0, max = 3) Long theirsHere,
      @ForAll @WithNull(0.4) @LongRange(min = 0, max = 3) Long theirs,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long services,
      @ForAll @WithNull(0.4) @LongRange(min = 4, max = 9) Long elsewhere) {
    Customer customer = CustomerBuilder.builder().rates(rates(customers, elsewhere)).build();
    Service service = ServiceBuilder.builder().serviceId(SERVICE).hourlyRate(services).build();
    StaffRates staff = new StaffRates(theirs, rates(theirsHere, elsewhere));
    List<Rate> levels = new ArrayList<>();
    add(levels, customers, RateSource.CUSTOMER);
    add(levels, theirsHere, RateSource.STAFF);
    add(levels, theirs, RateSource.STAFF);
    add(levels, services, RateSource.SERVICE);
    assertThat(new Work(null, customer, service, staff).rate()).isEqualTo(levels.getFirst());
  }

  private static void add(List<Rate> levels, Long rate, RateSource source) {
    if (rate != null) {
      levels.add(new Rate(rate, source));
    }
  }
}
