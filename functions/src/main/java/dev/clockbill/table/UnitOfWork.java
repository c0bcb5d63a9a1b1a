package dev.clockbill.table;

import dev.clockbill.shared.Log;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * One attempt to change a firm's data: the writes that take effect together or not at all, and the
 * steps that follow once they have.
 *
 * <p>After a conflict a new unit of work is begun from fresh reads. Two attempts never mistake each
 * other's writes for their own: a transaction carries a client token and a single write an id, each
 * made for one attempt only.
 */
public final class UnitOfWork {
  private final Table table;
  private final String firm;
  private final List<Write> writes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> otherwise = new ArrayList<>();

  UnitOfWork(Table table, String firm) {
    this.table = table;
    this.firm = firm;
  }

  private record Step(Runnable action, Object[] about) {}

  /** The firm whose data it changes. */
  public String firm() {
    return firm;
  }

  /** How many writes it has so far; a transaction takes 100. */
  public int size() {
    return writes.size();
  }

  /** Adds a write; each item is written at most once. */
  public UnitOfWork add(Write write) {
    writes.add(write);
    return this;
  }

  /** Adds writes, all of different items. */
  public UnitOfWork addAll(Collection<Write> more) {
    writes.addAll(more);
    return this;
  }

  /**
   * Adds a step that follows the commit. Should it fail, that is logged and nothing else: what it
   * does is in the due queue as well, so that the schedule does it later.
   *
   * @param about names and values for the log line, such as {@code "invoiceId", invoiceId}
   */
  public UnitOfWork afterwards(Runnable action, Object... about) {
    steps.add(new Step(action, about));
    return this;
  }

  /**
   * Adds a step for where nothing was written, or nobody knows whether it was. Should it fail, that
   * is logged and nothing else.
   *
   * @param about names and values for the log line
   */
  public UnitOfWork otherwise(Runnable action, Object... about) {
    otherwise.add(new Step(action, about));
    return this;
  }

  /**
   * Writes everything, then runs what follows.
   *
   * @throws ConditionFailed if a condition failed; then nothing was written
   * @throws RuntimeException the {@linkplain Write#orRefuse refusal} of the write that failed
   */
  public void commit() {
    try {
      table.write(writes);
    } catch (RuntimeException failed) {
      otherwise.forEach(this::run);
      throw failed instanceof ConditionFailed conflict ? conflict.meaning() : failed;
    }
    steps.forEach(this::run);
  }

  private void run(Step step) {
    try {
      step.action().run();
    } catch (RuntimeException later) {
      List<Object> about = new ArrayList<>(List.of("firmId", firm));
      about.addAll(Arrays.asList(step.about()));
      Log.failure(later, about.toArray());
    }
  }
}
