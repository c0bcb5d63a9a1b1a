package dev.clockbill.firm;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import java.util.function.Supplier;

/** A record with a version, which every change that a person can see increases. */
public interface Versioned {
  /** How often a change is tried when others change the same item. */
  int TRIES = 10;

  /** The version, from 1. */
  long version();

  /**
   * Refuses a request that was made for another version of the item.
   *
   * @throws Problem 412 if the request's {@code If-Match} is not this version
   */
  default void mustMatch(Request request) {
    if (request.ifMatch().filter(wanted -> wanted != version()).isPresent()) {
      throw Problem.versionChanged();
    }
  }

  /**
   * Makes a change that reads, merges, and writes on condition that the version is unchanged. After
   * a conflict, a request without {@code If-Match} is merged again, into the item as it is then.
   *
   * @throws Problem 412 if the request asked for a version and somebody else changed it meanwhile
   */
  static <T> T change(Request request, Supplier<T> attempt) {
    int tries = request.header("if-match").isPresent() ? 1 : TRIES;
    try {
      return Retry.onConflict(tries, attempt);
    } catch (ConditionFailed quicker) {
      throw Problem.versionChanged();
    }
  }
}
