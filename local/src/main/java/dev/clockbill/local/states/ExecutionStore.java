package dev.clockbill.local.states;

import dev.clockbill.local.storage.DocumentStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps executions in memory and on disk. Safe for many threads. */
final class ExecutionStore {
  private final DocumentStore store;
  private final Map<String, Execution> executions = new ConcurrentHashMap<>();
  private final AtomicLong lastOrder = new AtomicLong();

  ExecutionStore(DocumentStore store) {
    this.store = store;
    for (var document : store.all().values()) {
      Execution execution = Execution.of(document);
      executions.put(execution.arn(), execution);
      lastOrder.accumulateAndGet(execution.order(), Math::max);
    }
  }

  /** The next order, larger than all before. */
  long nextOrder() {
    return lastOrder.incrementAndGet();
  }

  void put(Execution execution) {
    store.put(execution.arn(), execution.toJson());
    executions.put(execution.arn(), execution);
  }

  Optional<Execution> find(String arn) {
    return Optional.ofNullable(executions.get(arn));
  }

  /** All executions, newest first. */
  List<Execution> newestFirst() {
    return executions.values().stream()
        .sorted(Comparator.comparingLong(Execution::order).reversed())
        .toList();
  }
}
