package dev.clockbill.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.aws.AwsCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Capacity units that functions consume, as AWS bills them. It only records between {@link #begin}
 * and {@link #end}.
 */
public final class Consumption {
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  private final List<Use> uses = new ArrayList<>();
  private boolean noting;

  Consumption() {}

  /**
   * One request with the units it consumed.
   *
   * @param function its logical id
   * @param operation such as {@code PutItem}
   * @param units write units if the operation writes, else read units; the sum for the table and
   *     its indexes
   * @param ofIndexes what of them each index consumed, by its name
   */
  public record Use(
      String function, String operation, BigDecimal units, Map<String, BigDecimal> ofIndexes) {
    /** Keeps the units as they are at this moment. */
    public Use {
      ofIndexes = Map.copyOf(ofIndexes);
    }

    /** Whether these are write units. */
    public boolean writes() {
      return WRITES.contains(operation);
    }
  }

  /** Forgets earlier records, and records every request from now on. */
  public synchronized void begin() {
    uses.clear();
    noting = true;
  }

  /** Stops recording and returns the records in order. */
  public synchronized List<Use> end() {
    noting = false;
    return List.copyOf(uses);
  }

  synchronized boolean noting() {
    return noting;
  }

  /** Records the consumption that a response reports, for one or several tables. */
  synchronized void note(AwsCall call, JsonNode consumed) {
    BigDecimal units = BigDecimal.ZERO;
    Map<String, BigDecimal> ofIndexes = new TreeMap<>();
    for (JsonNode table : consumed.isArray() ? consumed : List.of(consumed)) {
      units = units.add(table.path("CapacityUnits").decimalValue());
      table
          .path("GlobalSecondaryIndexes")
          .properties()
          .forEach(
              index ->
                  ofIndexes.merge(
                      index.getKey(),
                      index.getValue().path("CapacityUnits").decimalValue(),
                      BigDecimal::add));
    }
    if (noting) {
      uses.add(new Use(call.caller(), call.operation(), units.stripTrailingZeros(), ofIndexes));
    }
  }
}
