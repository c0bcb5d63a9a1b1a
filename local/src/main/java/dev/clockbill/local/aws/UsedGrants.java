package dev.clockbill.local.aws;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The permissions that each function has used, so that a test can find those that no function
 * needs.
 */
public final class UsedGrants {
  private final Set<Use> uses = ConcurrentHashMap.newKeySet();

  /**
   * A permission that was used.
   *
   * @param function its logical id
   * @param service signing name of the service
   * @param operation the operation that needed it
   * @param action the action; a transaction needs several
   */
  public record Use(String function, String service, String operation, String action)
      implements Comparable<Use> {
    @Override
    public int compareTo(Use other) {
      return toString().compareTo(other.toString());
    }
  }

  /** Records a use; each is kept once. */
  void add(AwsCall call, RequiredPermission needed) {
    uses.add(new Use(call.caller(), call.service(), call.operation(), needed.action()));
  }

  /** All uses so far. */
  public Set<Use> uses() {
    return Set.copyOf(uses);
  }
}
