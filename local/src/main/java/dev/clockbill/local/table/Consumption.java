package dev.clockbill.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.aws.AwsCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What DynamoDB counts for the calls of functions: capacity units, as AWS bills them. Nothing is
 * noted until somebody asks for it.
 */
public final class Consumption {
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  private final List<Use> uses = new ArrayList<>();
  private boolean noting;

  Consumption() {}

  /**
   * A call that consumed something.
   *
   * @param function its logical id
   * @param operation such as {@code PutItem}
   * @param units read units, or write units where the operation writes; the table's and those of
   *     its indexes together
   */
  public record Use(String function, String operation, BigDecimal units) {
    /** Whether these are write units. */
    public boolean writes() {
      return WRITES.contains(operation);
    }
  }

  /** Forgets what was noted, and notes every call from now on. */
  public synchronized void begin() {
    uses.clear();
    noting = true;
  }

  /** Notes no more, and tells what was noted, in order. */
  public synchronized List<Use> end() {
    noting = false;
    return List.copyOf(uses);
  }

  synchronized boolean noting() {
    return noting;
  }

  /** Notes what an answer says that its call consumed: for one table, or for each of several. */
  synchronized void note(AwsCall call, JsonNode answer) {
    BigDecimal units = BigDecimal.ZERO;
    JsonNode consumed = answer.path("ConsumedCapacity");
    for (JsonNode table : consumed.isArray() ? consumed : List.of(consumed)) {
      units = units.add(table.path("CapacityUnits").decimalValue());
    }
    if (noting) {
      uses.add(new Use(call.caller(), call.operation(), units.stripTrailingZeros()));
    }
  }
}
