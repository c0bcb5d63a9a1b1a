package dev.clockbill.local.aws;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What every function has asked of AWS so far, so that a test can find grants without a use. */
public final class UsedGrants {
  private final Set<Use> uses = new ConcurrentSkipListSet<>();

  /**
   * A grant that was needed.
   *
   * @param function its logical id
   * @param service signing name of the service that was called
   * @param operation the operation that was called
   * @param action the action that it needs: several for a transaction
   */
  public record Use(String function, String service, String operation, String action)
      implements Comparable<Use> {
    @Override
    public int compareTo(Use other) {
      return toString().compareTo(other.toString());
    }
  }

  /** Notes a use; each is kept once. */
  void add(AwsCall call, Needed needed) {
    uses.add(new Use(call.caller(), call.service(), call.operation(), needed.action()));
  }

  /** All uses so far. */
  public Set<Use> uses() {
    return Set.copyOf(uses);
  }
}
