package dev.clockbill.invoice;

import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Outbox;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Workflow;
import dev.clockbill.shared.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mails of an invoice beside those on its way from draft to receipt. Each is queued by the
 * transaction that makes it necessary; an execution of its own sends it, and is started again until
 * the mail is settled.
 */
public final class QueuedMails {
  private final Ledger ledger;
  private final Workflow workflow;

  /** Sends what this ledger keeps. */
  public QueuedMails(Ledger ledger, Environment environment) {
    this.ledger = ledger;
    this.workflow = new Workflow(environment);
  }

  /**
   * Queues a mail.
   *
   * @param invoice as it was read
   * @param change the write of the invoice in the same transaction: the execution is counted there
   * @param facts what the mail's sender has to know
   * @return the write that keeps the mail
   */
  public static Write queued(Mail.Id id, Invoice invoice, Write change, Map<String, Object> facts) {
    // The version does not tell whether another execution was started meanwhile.
    return queuedWithNew(id, invoice, change.ifEquals("restarts", invoice.restarts()), facts);
  }

  /** The same in the transaction that makes the invoice. */
  static Write queuedWithNew(Mail.Id id, Invoice invoice, Write change, Map<String, Object> facts) {
    long restarts = invoice.restarts() + 1;
    change.set("restarts", restarts);
    Map<String, Object> kept = new LinkedHashMap<>(facts);
    kept.put("execution", InvoiceWorkflow.execution(invoice.invoiceId(), restarts));
    return Outbox.queued(id, kept);
  }

  /**
   * Starts the execution of a mail that was queued; a failure is only logged, since the schedule
   * pushes what was not pushed.
   *
   * @param invoice as it was read before
   */
  public void tryToBegin(Mail.Id id, Invoice invoice) {
    try {
      begin(id, InvoiceWorkflow.execution(invoice.invoiceId(), invoice.restarts() + 1));
    } catch (RuntimeException later) {
      Log.failure(later, "firmId", id.firm(), "mailId", id.mailId());
    }
  }

  /** Starts another execution of a mail that waits, unless its last one still runs. */
  void push(Mail.Id id) {
    Optional<Item> mail = ledger.get(id.firm(), id.key()).filter(Due::waits);
    if (mail.isEmpty() || workflow.running(mail.get().text("execution"))) {
      return;
    }
    Optional<Invoice> invoice = ledger.get(id.firm(), Invoice.key(id.about())).map(Invoice::of);
    if (invoice.isEmpty()) {
      ledger.write(Outbox.givenUp(id));
      return;
    }
    long restarts = invoice.get().restarts() + 1;
    String execution = InvoiceWorkflow.execution(id.about(), restarts);
    long again = mail.get().number("again", 0) + 1;
    Write next = Write.update(id.firm(), id.key()).set("execution", execution).set("again", again);
    ledger.write(
        List.of(
            Due.at(
                next,
                Due.Queue.PUSHES,
                id.mailId(),
                Time.now().plus(Due.PATIENCE).plus(Pushes.waitBefore(again))),
            Write.update(id.firm(), Invoice.key(id.about()))
                .set("restarts", restarts)
                .ifEquals("restarts", invoice.get().restarts())));
    begin(id, execution);
  }

  private void begin(Mail.Id id, String execution) {
    String which = id.kind().equals(Notices.KIND) ? "notice" : "mail";
    workflow.start(
        execution, Json.object("firmId", id.firm(), "invoiceId", id.about(), which, id.n()));
  }
}
