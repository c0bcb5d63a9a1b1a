package dev.clockbill.invoice;

import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one attempt changes of an invoice: the invoice's own item, its history and whatever belongs
 * to them, in one transaction. It fails if the invoice no longer has the version that was read.
 */
public final class InvoiceChange {
  private final UnitOfWork work;
  private final Invoice before;
  private final Write write;
  private final boolean made;
  private final List<HistoryEvent> events = new ArrayList<>();
  private boolean queued;
  private long executions;

  private InvoiceChange(UnitOfWork work, Invoice before, Write write, boolean made) {
    this.work = work;
    this.before = before;
    this.write = write;
    this.made = made;
    work.add(write);
  }

  /** Changes an invoice in a way that a person can see. */
  public static InvoiceChange of(UnitOfWork work, Invoice before) {
    return new InvoiceChange(work, before, InvoiceItem.update(work.firm(), before), false);
  }

  /** Makes a new invoice, which the schedule pushes on if nothing else does so soon. */
  public static InvoiceChange making(UnitOfWork work, Invoice made) {
    return makingForLater(work, made).pushLater();
  }

  /** Makes a draft that nothing drives before somebody sends it. */
  public static InvoiceChange makingForLater(UnitOfWork work, Invoice made) {
    return new InvoiceChange(work, made, InvoiceItem.put(work.firm(), made), true);
  }

  /** Deletes a draft. */
  public static InvoiceChange deleting(UnitOfWork work, Invoice draft) {
    return new InvoiceChange(work, draft, InvoiceItem.delete(work.firm(), draft), false);
  }

  /** Changes the lines, sums and terms of a draft. */
  public static InvoiceChange editing(UnitOfWork work, Invoice draft, Invoice edited) {
    InvoiceChange change = of(work, draft).onlyIn(InvoiceState.DRAFT);
    InvoiceItem.contents(change.write, edited);
    return change;
  }

  /** Changes nothing, but makes a transaction fail if a draft changes meanwhile. */
  public static void requireUnchanged(UnitOfWork work, Invoice draft) {
    work.add(InvoiceItem.unchanged(work.firm(), draft));
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

  /** A new invoice as an answer shows it. */
  public FullInvoice full() {
    return new FullInvoice(before, List.of(), List.copyOf(events));
  }

  /** Fails unless the invoice is in this state. */
  public InvoiceChange onlyIn(InvoiceState state) {
    InvoiceItem.onlyIn(write, state);
    return this;
  }

  /** Moves the invoice to another state. */
  public InvoiceChange to(InvoiceState state) {
    InvoiceItem.state(write, work.firm(), before.customer().customerId(), state);
    return this;
  }

  /** Sets the customer as printed. */
  public InvoiceChange customer(Party customer) {
    InvoiceItem.customer(write, customer);
    return this;
  }

  /** Gives the invoice its number, dates and pay link, unless it has them. */
  public InvoiceChange numbered(Invoice numbered) {
    InvoiceItem.numbered(write, numbered);
    return this;
  }

  /**
   * Records that the n-th mail of the invoice waits to be sent.
   *
   * @param emails its recipients, the one it is addressed to first
   */
  public InvoiceChange mailQueued(long n, List<String> emails) {
    InvoiceItem.mails(write, n);
    return delivery(Delivery.queued(emails, Time.now()));
  }

  /** Records how its latest mail is going to all recipients for whom that is news. */
  public InvoiceChange delivery(DeliveryStatus status, Instant at) {
    return delivery(before.delivery().all(status, at));
  }

  /** Records how its latest mail is going. */
  public InvoiceChange delivery(Delivery delivery) {
    InvoiceItem.delivery(write, delivery);
    return this;
  }

  /**
   * Records that it goes on paper, and that this counts as its first mail: what a person has mailed
   * later is a mail of its own.
   */
  public InvoiceChange onPaper() {
    InvoiceItem.mails(write, 1);
    return paper(Invoice.Paper.WAITS);
  }

  /** Records how it reaches its customer on paper; null where it is mailed. */
  public InvoiceChange paper(Invoice.Paper paper) {
    InvoiceItem.paper(write, paper);
    return this;
  }

  /** Records what is to be known of its money. */
  public InvoiceChange marks(Invoice.Marks marks) {
    InvoiceItem.marks(write, marks);
    return this;
  }

  /** Records which draft replaces it. */
  public InvoiceChange revisedBy(Invoice draft) {
    InvoiceItem.revisedBy(write, draft.invoiceId());
    return this;
  }

  /** Has the schedule push the invoice on if nothing else does so soon. */
  public InvoiceChange pushLater() {
    if (!queued) {
      queued = true;
      write.due(DueQueue.PUSHES, before.invoiceId(), Time.now().plus(DueQueue.PATIENCE));
    }
    return this;
  }

  /** Has the schedule push the invoice on at a time, in place of soon. */
  public InvoiceChange pushAt(Instant when) {
    queued = true;
    write.due(DueQueue.PUSHES, before.invoiceId(), when);
    return this;
  }

  /**
   * Has its workflow continue right after the commit; if that fails, the schedule does it later.
   */
  public InvoiceChange pushAfterwards(InvoiceWorkflow workflow) {
    String invoiceId = before.invoiceId();
    work.afterwards(() -> workflow.push(work.firm(), invoiceId), "invoiceId", invoiceId);
    return pushLater();
  }

  /** Adds an entry to its history. */
  public InvoiceChange history(String who, String what) {
    HistoryEvent event = HistoryEvent.now(who, what);
    events.add(event);
    work.add(event.on(work.firm(), before.invoiceId()));
    return this;
  }

  /**
   * Counts another execution of the invoice, so that nothing else gets its name.
   *
   * @return its number, by which {@link InvoiceWorkflow#execution} names it
   */
  public long nextExecution() {
    if (executions == 0 && !made) {
      // The version does not tell whether another execution was started meanwhile.
      write.ifEquals("restarts", before.restarts());
    }
    executions++;
    long next = before.restarts() + executions;
    write.set("restarts", next);
    return next;
  }
}
