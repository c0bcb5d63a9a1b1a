package dev.clockbill.local.aws;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests that a test wants to fail, or wants something else to come before, and a record of those
 * that functions made, from which a test learns what can fail. Safe for many threads.
 */
public final class Faults {

  /** Whether a request fails before or after it took effect. */
  public enum When {
    /** The request has no effect. */
    BEFORE,
    /** The request takes effect, but its response is lost or an error. */
    AFTER
  }

  /** How a request fails. */
  public enum With {
    /** An error of the service: status 500. */
    ERROR,
    /** No answer: the connection ends, as for a client that has waited too long. */
    TIMEOUT,
    /** The answer of a service that is asked too often; it never has an effect. */
    THROTTLE
  }

  /** In a fault: any function, or any operation. */
  public static final String ANY = "*";

  /**
   * A kind of request.
   *
   * @param function logical id of the function that makes it; in a fault also {@link #ANY}
   * @param service {@code dynamodb}, {@code states}, {@code ses}, {@code ssm}, {@code cognito-idp}
   *     or {@code processor}
   * @param operation such as {@code PutItem}; in a fault also {@link #ANY}
   */
  public record Call(String function, String service, String operation)
      implements Comparable<Call> {
    private boolean covers(Call made) {
      return service.equals(made.service)
          && (function.equals(ANY) || function.equals(made.function))
          && (operation.equals(ANY) || operation.equals(made.operation));
    }

    @Override
    public int compareTo(Call other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return function + " " + service + ":" + operation;
    }
  }

  /** One request's failure. */
  public record Fault(When when, With with) {}

  private record Pending(Call call, Fault fault) {}

  /** How many requests pass first, and how many fail then. */
  private record Count(int passing, int failing) {
    private Optional<Count> less() {
      if (passing > 0) {
        return Optional.of(new Count(passing - 1, failing));
      }
      return failing > 1 ? Optional.of(new Count(0, failing - 1)) : Optional.empty();
    }
  }

  /** What happens before a request, and how many of its kind pass first. */
  private record Before(Call call, int passing, Runnable act) {
    private Optional<Before> less() {
      return passing > 0 ? Optional.of(new Before(call, passing - 1, act)) : Optional.empty();
    }
  }

  private final Map<Pending, Count> pending = new LinkedHashMap<>();
  private final Set<Call> seen = new HashSet<>();
  private Optional<Before> before = Optional.empty();

  /**
   * Makes the next requests of a function for an operation fail; replaces an earlier fault of the
   * same kind.
   *
   * @param when {@code before} or {@code after}
   * @param with {@code error}, {@code timeout} or {@code throttle}
   * @param times how many requests; 0 cancels the fault
   * @throws IllegalArgumentException if an argument is not valid
   */
  public void add(Call call, String when, String with, int times) {
    add(call, when, with, times, 0);
  }

  /** The same for requests that come after some others, which pass. */
  public synchronized void add(Call call, String when, String with, int times, int passing) {
    if (times < 0) {
      throw new IllegalArgumentException("\"times\" must be 0 or more, not " + times + ".");
    }
    Fault fault =
        new Fault(
            named(When.class, "when", "\"before\" or \"after\"", when),
            named(With.class, "with", "\"error\", \"timeout\" or \"throttle\"", with));
    if (fault.equals(new Fault(When.AFTER, With.THROTTLE))) {
      throw new IllegalArgumentException(
          "A request that is throttled has no effect: \"when\" must be \"before\".");
    }
    Pending added = new Pending(call, fault);
    if (times == 0) {
      pending.remove(added);
    } else {
      pending.put(added, new Count(passing, times));
    }
  }

  /** Makes the next requests of a function for an operation fail with an error. */
  public void add(String function, String service, String operation, String when, int times) {
    add(new Call(function, service, operation), when, "error", times);
  }

  private static <E extends Enum<E>> E named(
      Class<E> kinds, String field, String known, String word) {
    for (E kind : kinds.getEnumConstants()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "\"" + field + "\" must be " + known + ", not \"" + word + "\".");
  }

  /**
   * Has something happen before a request that comes after some others of its kind: what another
   * person does between two requests of a function. It happens once, and replaces what was asked
   * for before.
   */
  public synchronized void before(Call call, int passing, Runnable act) {
    before = Optional.of(new Before(call, passing, act));
  }

  /** Cancels all faults, and what was to happen before a request. */
  public synchronized void clear() {
    pending.clear();
    before = Optional.empty();
  }

  /** Counts a request of a function; empty if it should not fail. */
  public Optional<Fault> take(String function, String service, String operation) {
    Call call = new Call(function, service, operation);
    comesFirst(call).ifPresent(Runnable::run);
    return fault(call);
  }

  private synchronized Optional<Runnable> comesFirst(Call call) {
    Optional<Before> reached = before.filter(each -> each.call().covers(call));
    if (reached.isPresent()) {
      before = reached.flatMap(Before::less);
    }
    return before.isPresent() ? Optional.empty() : reached.map(Before::act);
  }

  private synchronized Optional<Fault> fault(Call call) {
    seen.add(call);
    for (Iterator<Map.Entry<Pending, Count>> faults = pending.entrySet().iterator();
        faults.hasNext(); ) {
      Map.Entry<Pending, Count> entry = faults.next();
      if (entry.getKey().call().covers(call)) {
        boolean passes = entry.getValue().passing() > 0;
        entry.getValue().less().ifPresentOrElse(entry::setValue, faults::remove);
        return passes ? Optional.empty() : Optional.of(entry.getKey().fault());
      }
    }
    return Optional.empty();
  }

  /** Every kind of request that was made since this was last asked, and forgets them. */
  public synchronized Set<Call> seen() {
    Set<Call> all = new TreeSet<>(seen);
    seen.clear();
    return all;
  }

  /** How many requests are still to fail. */
  public synchronized int left() {
    return pending.values().stream().mapToInt(Count::failing).sum();
  }
}
