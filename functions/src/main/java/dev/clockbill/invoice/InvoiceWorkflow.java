package dev.clockbill.invoice;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.NotStarted;
import dev.clockbill.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives invoices through their workflow. The table is the truth: an execution gets the state of
 * its invoice, and one that was lost is started again from there.
 */
public final class InvoiceWorkflow {
  /** How long after the end of a wait the schedule checks that the workflow continued. */
  private static final Duration SLACK = Duration.ofMinutes(15);

  /** The answer to a step whose draft was deleted. */
  private static final Map<String, Object> GONE = state("gone");

  private final Table table;
  private final Workflow workflow;

  /** Drives the invoices of this table. */
  public InvoiceWorkflow(Table table, Environment environment) {
    this.table = table;
    this.workflow = new Workflow(environment);
  }

  /**
   * Lets an invoice's workflow continue after its state was written: answers the step that waits
   * for it, or starts an execution if no step waits and none is running. The invoice is read again,
   * since a step may have begun to wait just before that write.
   *
   * @param invoiceId if there is no such invoice, nothing happens
   */
  public void push(String firm, String invoiceId) {
    table.get(firm, InvoiceItem.key(invoiceId)).ifPresent(item -> push(firm, item));
  }

  private void push(String firm, Item item) {
    boolean answered = answer(item);
    if (InvoiceState.of(item.text("state")) == InvoiceState.VOID) {
      // After that it needs no more pushes.
      table.write(InvoiceItem.ended(firm, InvoiceItem.of(item)));
    } else if (!answered) {
      Invoice invoice = InvoiceItem.of(item);
      if (!running(invoice)) {
        start(firm, invoice);
      }
    }
  }

  /**
   * Ends the wait of the step that waits for a draft, if there is one, once the draft is deleted:
   * in the same unit of work it is queued, so that the schedule does it where this fails.
   */
  public void end(UnitOfWork work, Invoice deleted) {
    if (deleted.token() != null) {
      work.add(DeletedDraft.waitedFor(work.firm(), deleted))
          .afterwards(
              () -> endDeleted(work.firm(), deleted.invoiceId(), deleted.token()),
              "invoiceId",
              deleted.invoiceId());
    }
  }

  /** Ends the wait for a deleted draft, if it was not ended yet. */
  public void endDeleted(String firm, String invoiceId) {
    table
        .get(firm, DeletedDraft.key(invoiceId))
        .ifPresent(item -> endDeleted(firm, invoiceId, DeletedDraft.token(item)));
  }

  private void endDeleted(String firm, String invoiceId, String token) {
    workflow.answer(token, GONE);
    table.write(DeletedDraft.forgotten(firm, invoiceId));
  }

  /**
   * Begins to wait: keeps the task token on the invoice while the invoice is in one of the states
   * in which the step waits. If it is in another one, because Send or a payment came first, the
   * token is answered at once.
   *
   * @param payload the step's: {@code firmId}, {@code invoiceId}, {@code token}, {@code execution}
   * @param longest the time after which the wait ends without an answer
   */
  public void await(Map<String, Object> payload, List<InvoiceState> states, Duration longest) {
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    String token = Json.text(payload, "token");
    Write waits =
        InvoiceItem.waits(firm, invoiceId, token, Json.text(payload, "execution"), states)
            .due(DueQueue.PUSHES, invoiceId, Time.now().plus(longest).plus(SLACK));
    try {
      table.write(waits);
    } catch (ConditionFailed quicker) {
      Optional<Item> present = quicker.present(waits);
      workflow.answer(token, present.map(item -> state(item.text("state"))).orElse(GONE));
    }
  }

  /** Answers the step that waits for an invoice, if there is one. */
  private boolean answer(Item invoice) {
    String token = invoice.text("token");
    return token != null && workflow.answer(token, state(invoice.text("state")));
  }

  private boolean running(Invoice invoice) {
    return invoice.execution() != null && workflow.running(invoice.execution());
  }

  /**
   * Starts an execution at the invoice's state. It is counted first, so that two starts at once
   * start one execution, and its name is never used again. If it cannot be started once it is
   * counted, the next push finds that it is not running; or need not even ask, where it was
   * refused: then many are at once, and that question may be asked much more rarely than others are
   * started.
   */
  private void start(String firm, Invoice invoice) {
    String execution = execution(invoice.invoiceId(), invoice.restarts() + 1);
    try {
      table.write(InvoiceItem.restarted(firm, invoice).set("execution", execution));
    } catch (ConditionFailed quicker) {
      Log.info("another execution was started", "invoiceId", invoice.invoiceId());
      return;
    }
    try {
      workflow.start(
          execution,
          Json.object(
              "firmId", firm, "invoiceId", invoice.invoiceId(), "state", invoice.state().word()));
    } catch (NotStarted refused) {
      table.write(notStarted(firm, invoice, execution));
      throw refused;
    }
  }

  /** Forgets an execution that was counted and then refused. */
  private static Write notStarted(String firm, Invoice invoice, String execution) {
    return Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
        .remove("execution")
        .ifEquals("execution", execution);
  }

  /** The name of the n-th execution that is started after an invoice's first. */
  public static String execution(String invoiceId, long n) {
    return "invoice-" + invoiceId + "-r" + n;
  }

  private static Map<String, Object> state(String word) {
    return Map.of("state", word);
  }
}
