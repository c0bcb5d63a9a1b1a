package dev.clockbill.invoice;

import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.time.Instant;

/**
 * What one attempt changes of an invoice: the invoice's own item, its history and whatever goes
 * with them, in one transaction. It holds only for the version that was read.
 */
public final class InvoiceChange {
  private final UnitOfWork work;
  private final Invoice before;
  private final Write write;
  private final boolean made;
  private boolean executionCounted;

  private InvoiceChange(UnitOfWork work, Invoice before, Write write, boolean made) {
    this.work = work;
    this.before = before;
    this.write = write;
    this.made = made;
    work.add(write);
  }

  /** Changes an invoice in a way that a person can see. */
  public static InvoiceChange of(UnitOfWork work, Invoice before) {
    return new InvoiceChange(work, before, InvoiceStore.changed(work.firm(), before), false);
  }

  /** Makes a new invoice, which is pushed on if nothing takes it up soon. */
  public static InvoiceChange making(UnitOfWork work, Invoice made) {
    Write write = InvoiceStore.made(work.firm(), made, Time.now().plus(DueQueue.PATIENCE));
    return new InvoiceChange(work, made, write, true);
  }

  /** The invoice as it was read, or as it is made. */
  public Invoice before() {
    return before;
  }

  /** The transaction that this is part of. */
  public UnitOfWork work() {
    return work;
  }

  /** The write of the invoice's item, for further attributes and conditions. */
  public Write write() {
    return write;
  }

  /** Moves the invoice to another state. */
  public InvoiceChange to(InvoiceState state) {
    InvoiceStore.state(write, work.firm(), state);
    return this;
  }

  /** Records how its mail fared. */
  public InvoiceChange delivery(DeliveryStatus status, Instant at) {
    InvoiceStore.delivery(write, status, at);
    return this;
  }

  /** Has the schedule push the invoice on if nothing else does so soon. */
  public InvoiceChange pushLater() {
    write.due(DueQueue.PUSHES, before.invoiceId(), Time.now().plus(DueQueue.PATIENCE));
    return this;
  }

  /** Adds an entry to its history. */
  public InvoiceChange history(String who, String what) {
    work.add(HistoryEvent.now(work.firm(), before.invoiceId(), who, what));
    return this;
  }

  /**
   * Counts another execution of the invoice and names it, so that nothing else gets that name.
   *
   * @return the execution's name, {@code invoice-<id>-r<n>}
   */
  public String nextExecution() {
    long next = before.restarts() + 1;
    if (!executionCounted) {
      executionCounted = true;
      write.set("restarts", next);
      if (!made) {
        // The version does not tell whether another execution was started meanwhile.
        write.ifEquals("restarts", before.restarts());
      }
    }
    return InvoiceWorkflow.execution(before.invoiceId(), next);
  }
}
