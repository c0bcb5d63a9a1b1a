package dev.clockbill.invoice;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives invoices through their workflow. The table is the truth: an execution is told where its
 * invoice stands, and one that was lost is started again from there.
 */
public final class InvoiceWorkflow {
  private final Table table;
  private final Workflow workflow;

  /** Drives what this table keeps. */
  public InvoiceWorkflow(Table table, Environment environment) {
    this.table = table;
    this.workflow = new Workflow(environment);
  }

  /**
   * Tells an invoice's workflow, after a write of its state, that it can go on: answers the step
   * that waits; where none does and no execution runs, starts one. The invoice is read anew, since
   * a step may have begun to wait just before that write.
   *
   * @param invoiceId if there is no such invoice, nothing happens
   */
  public void push(String firm, String invoiceId) {
    Optional<Invoice> found = table.get(firm, InvoiceItem.key(invoiceId)).map(InvoiceItem::of);
    if (found.isEmpty()) {
      return;
    }
    Invoice invoice = found.get();
    if (invoice.state() == InvoiceState.VOID) {
      endVoid(firm, invoice);
      return;
    }
    boolean goesOn =
        (invoice.token() != null && workflow.answer(invoice.token(), standing(invoice)))
            || (invoice.execution() != null && workflow.running(invoice.execution()));
    if (!goesOn) {
      start(firm, invoice);
    }
  }

  /** The same, where a failure is only logged: the schedule pushes what was not pushed. */
  public void tryToPush(String firm, String invoiceId) {
    try {
      push(firm, invoiceId);
    } catch (RuntimeException later) {
      Log.failure(later, "firmId", firm, "invoiceId", invoiceId);
    }
  }

  /** Ends the wait for an invoice that became void; then nothing of it is pushed any more. */
  private void endVoid(String firm, Invoice invoice) {
    if (invoice.token() != null) {
      workflow.answer(invoice.token(), standing(invoice));
    }
    Write ended =
        Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
            .remove("token")
            .ifEquals("state", InvoiceState.VOID.word());
    table.write(ended.notDue());
  }

  /** Ends the wait of a workflow whose invoice is gone; a failure is only logged. */
  public void end(Invoice gone) {
    if (gone.token() == null) {
      return;
    }
    try {
      workflow.answer(gone.token(), Map.of("state", "gone"));
    } catch (RuntimeException left) {
      Log.failure(left, "invoiceId", gone.invoiceId());
    }
  }

  /**
   * Begins to wait: keeps the task token on the invoice while it is in one of the states that are
   * waited in. If it is not, Send or a payment was quicker, and the token is answered at once.
   *
   * @param payload the step's: {@code firmId}, {@code invoiceId}, {@code token}, {@code execution}
   * @param longest after which the wait ends by itself; the invoice is due for a push a little
   *     later
   */
  public void await(Map<String, Object> payload, List<InvoiceState> states, Duration longest) {
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    String token = Json.text(payload, "token");
    Write waits =
        Write.update(firm, InvoiceItem.key(invoiceId))
            .set("token", token)
            .set("execution", Json.text(payload, "execution"))
            .remove("failedIn")
            .remove("failures")
            .ifOneOf("state", states.stream().map(InvoiceState::word).toList());
    try {
      table.write(
          waits.due(
              DueQueue.PUSHES, invoiceId, Time.now().plus(longest).plus(Duration.ofMinutes(15))));
    } catch (ConditionFailed quicker) {
      workflow.answer(token, standing(quicker.present(waits)));
    }
  }

  /**
   * Starts an execution at the state that the invoice has. It is counted first, so that two who
   * start at once start one, and nothing else gets its name; one that is counted and then cannot be
   * started is found not to run by the next push.
   */
  private void start(String firm, Invoice invoice) {
    long restarts = invoice.restarts() + 1;
    String execution = execution(invoice.invoiceId(), restarts);
    try {
      table.write(
          Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
              .set("execution", execution)
              .set("restarts", restarts)
              .ifEquals("restarts", invoice.restarts()));
    } catch (ConditionFailed quicker) {
      Log.info("another execution was started", "invoiceId", invoice.invoiceId());
      return;
    }
    workflow.start(execution, input(firm, invoice));
  }

  /** The name of the execution that is started as the n-th after an invoice's first. */
  public static String execution(String invoiceId, long n) {
    return "invoice-" + invoiceId + "-r" + n;
  }

  private static Map<String, Object> input(String firm, Invoice invoice) {
    return Json.object(
        "firmId", firm, "invoiceId", invoice.invoiceId(), "state", invoice.state().word());
  }

  private static Map<String, Object> standing(Invoice invoice) {
    return Map.of("state", invoice.state().word());
  }

  private static Map<String, Object> standing(Optional<Item> invoice) {
    return Map.of("state", invoice.map(item -> item.text("state")).orElse("gone"));
  }
}
