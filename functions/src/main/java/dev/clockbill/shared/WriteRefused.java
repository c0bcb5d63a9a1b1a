package dev.clockbill.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A condition of a write did not hold, so nothing of it was written. */
public final class WriteRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * How one write of a transaction fared.
   *
   * @param failed whether its condition was what failed
   * @param old the item as it was, where it failed and there was one
   */
  record Outcome(boolean failed, Optional<Item> old) {}

  private final transient List<Outcome> outcomes;

  WriteRefused(List<Outcome> outcomes) {
    super("a condition did not hold", null, false, false);
    this.outcomes = new ArrayList<>(outcomes);
  }

  /** Whether the condition of the write at this place, from 0, failed. */
  public boolean failed(int at) {
    return outcomes.get(at).failed();
  }

  /** The item as it was where that condition failed; empty too if there was no such item. */
  public Optional<Item> old(int at) {
    return outcomes.get(at).old();
  }
}
