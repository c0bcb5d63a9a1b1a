package dev.clockbill.firm;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.table.ConditionFailed;
import java.util.function.Supplier;

/** What carries a version that moves with every change that a person can see. */
interface Versioned {
  /** How often a change that met another one is tried again. */
  int TRIES = 10;

  /** The version, from 1. */
  long version();

  /**
   * Refuses a request that was made for another version.
   *
   * @throws Problem 412 if the request's {@code If-Match} is not this version
   */
  default void mustMatch(Request request) {
    if (request.ifMatch().filter(wanted -> wanted != version()).isPresent()) {
      throw Problem.versionChanged();
    }
  }

  /**
   * Makes a change that reads, merges, and writes on condition that the version is still the one it
   * read. A request without {@code If-Match} does not mind which version it is merged into, so its
   * change is made again when another one was quicker.
   *
   * @throws Problem 412 if another change was quicker and the request asked for a version
   */
  static <T> T change(Request request, Supplier<T> attempt) {
    for (int tried = 1; ; tried++) {
      try {
        return attempt.get();
      } catch (ConditionFailed quicker) {
        if (request.ifMatch().isPresent() || tried == TRIES) {
          throw Problem.versionChanged();
        }
      }
    }
  }
}
