package dev.clockbill.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A condition of a write failed, so nothing of its transaction was written. */
public final class ConditionFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** By write; a write equals only itself. */
  private final transient Map<Write, Optional<Item>> failed;

  /** Names the writes whose conditions failed, each with the item as it is, if there is one. */
  ConditionFailed(Map<Write, Optional<Item>> failed) {
    super("a condition failed", null, false, false);
    this.failed = new LinkedHashMap<>(failed);
  }

  /** What was read does not belong together any more, so that it is to be read again. */
  public static ConditionFailed outOfDate() {
    return new ConditionFailed(Map.of());
  }

  /** Whether the condition of this write failed. */
  public boolean failed(Write write) {
    return failed.containsKey(write);
  }

  /** The item as it is where the condition of this write failed; empty if there is none. */
  public Optional<Item> present(Write write) {
    return failed.getOrDefault(write, Optional.empty());
  }

  /** What a failed write says it means, if one does; else this. */
  RuntimeException meaning() {
    return failed.entrySet().stream()
        .flatMap(entry -> entry.getKey().refused(entry.getValue()).stream())
        .findFirst()
        .orElse(this);
  }
}
