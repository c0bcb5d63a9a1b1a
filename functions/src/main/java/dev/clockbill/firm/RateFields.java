package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rates for services, as customers and members of staff have them: minor units by service id. */
public final class RateFields {
  private static final int MOST = 100;

  private RateFields() {}

  /**
   * The rates that a request's field {@code rates} makes: null removes one, or, in place of the
   * object, all of them.
   *
   * @param existing returns those of some service ids that exist in the firm
   */
  static Map<String, Long> merged(
      Fields fields, Map<String, Long> now, Function<List<String>, Set<String>> existing) {
    if (fields.isNull("rates")) {
      return Map.of();
    }
    Fields sent = fields.object("rates").orElse(Fields.none());
    List<String> ids = List.copyOf(sent.names());
    if (ids.size() > MOST) {
      fields.refuse("rates", "Send at most " + MOST + " rates at a time.");
      return now;
    }
    Set<String> known =
        new HashSet<>(existing.apply(ids.stream().filter(Ids::looksLikeOne).toList()));
    Map<String, Long> rates = new TreeMap<>(now);
    for (String id : ids) {
      Long rate = sent.number(id, 0, Fields.MOST);
      if (!known.contains(id)) {
        sent.refuse(id, "There is no service with this id.");
      } else if (sent.isNull(id)) {
        rates.remove(id);
      } else {
        rates.put(id, rate);
      }
    }
    return rates;
  }

  /** Which of these services a firm has, retired ones included. */
  public static Set<String> services(Table table, String firm, List<String> ids) {
    return table.get(firm, ids.stream().map(ServiceItem::key).toList()).values().stream()
        .map(item -> ServiceItem.of(item).serviceId())
        .collect(Collectors.toSet());
  }

  /** The rates of an item's attribute {@code rates}; none where it has none. */
  static Map<String, Long> of(Item item) {
    Item kept = item.object("rates");
    Map<String, Long> rates = new TreeMap<>();
    kept.attributes().keySet().forEach(serviceId -> rates.put(serviceId, kept.number(serviceId)));
    return Collections.unmodifiableMap(rates);
  }
}
