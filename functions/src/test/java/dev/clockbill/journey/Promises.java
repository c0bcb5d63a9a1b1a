package dev.clockbill.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What was promised by answers of 2xx, and has to be true for ever after unless it is revoked. */
final class Promises {
  private final Map<String, BooleanSupplier> kept = new TreeMap<>();

  /** Notes a promise; a later one of the same words takes its place. */
  synchronized void add(String what, BooleanSupplier kept) {
    this.kept.put(what, kept);
  }

  /** Forgets a promise, since somebody has changed or deleted what it was about. */
  synchronized void revoke(String what) {
    kept.remove(what);
  }

  synchronized int size() {
    return kept.size();
  }

  /** The promises that are not kept. */
  synchronized List<String> broken() {
    List<String> broken = new ArrayList<>();
    kept.forEach(
        (what, holds) -> {
          try {
            if (!holds.getAsBoolean()) {
              broken.add(what);
            }
          } catch (AssertionError gone) {
            broken.add(what + ": " + gone.getMessage());
          }
        });
    return broken;
  }
}
