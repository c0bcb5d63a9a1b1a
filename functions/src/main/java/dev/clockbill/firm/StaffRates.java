package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.table.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an hour of a person costs, read from the fields {@code hourlyRate} and {@code rates} of a
 * request.
 *
 * @param hourlyRate minor units; null for none, zero counts
 * @param rates minor units by service id
 */
public record StaffRates(Long hourlyRate, Map<String, Long> rates) {
  /**
   * So that a member's item stays below the 4 kB that one read unit reads: it is read with every
   * request of theirs.
   */
  private static final int MOST = 100;

  /** Of a person without rates of their own. */
  public static final StaffRates NONE = new StaffRates(null, Map.of());

  /** Those of a member. */
  public static StaffRates of(StaffMember member) {
    return new StaffRates(member.hourlyRate(), member.rates());
  }

  /** Those of a member's item; none where there is no item. */
  public static StaffRates of(Item itemOrNull) {
    return itemOrNull == null ? NONE : of(StaffItem.of(itemOrNull));
  }

  /** What an hour on a service costs, if they have a rate for it or one for everything. */
  public Optional<Long> on(String serviceId) {
    return Optional.ofNullable(rates.get(serviceId)).or(() -> Optional.ofNullable(hourlyRate));
  }

  /**
   * These with a request's fields merged in (RFC 7396): null removes the person's rate, one of
   * their rates, or all of those.
   *
   * @param existing returns those of some service ids that exist in the firm
   */
  StaffRates merged(Fields fields, Function<List<String>, Set<String>> existing) {
    Long sent = fields.number("hourlyRate", 0, Fields.MOST);
    Map<String, Long> merged = RateFields.merged(fields, rates, existing);
    if (merged.size() > MOST) {
      fields.refuse("rates", "A person may have rates of their own for " + MOST + " services.");
    }
    return new StaffRates(fields.has("hourlyRate") ? sent : hourlyRate, merged);
  }

  /** The member with these rates. */
  StaffMember given(StaffMember member) {
    return member.withHourlyRate(hourlyRate).withRates(rates);
  }
}
