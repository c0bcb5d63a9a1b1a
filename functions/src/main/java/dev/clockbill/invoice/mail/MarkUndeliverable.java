package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Workflow: records that an invoice's mail was refused, and notifies the owner; the invoice keeps
 * its number and can be paid.
 */
public final class MarkUndeliverable implements RequestStreamHandler {
  private final Table table;
  private final OwnerNotices notices;

  /** Wired from the process's environment. */
  public MarkUndeliverable() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MarkUndeliverable(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.notices = new OwnerNotices(table, environment);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "mail"}}, where {@code mail} says which mail of the
   * invoice was refused, and answers {@code {"state"}}, the invoice's afterwards. If an earlier
   * mail of it was sent, the state stays and only the delivery changes.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::answer);
  }

  private Map<String, Object> answer(Map<String, Object> payload) {
    Mail.Id id = MailOfInvoice.named(payload);
    return Retry.onConflict(
        () -> {
          String state =
              MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id)))
                  .map(mail -> mark(mail).word())
                  .orElse("gone");
          return Map.of("state", state);
        });
  }

  private InvoiceState mark(MailOfInvoice mail) {
    Mail.Id id = mail.id();
    Invoice invoice = mail.invoice();
    if (!mail.waits() || mail.sent()) {
      return invoice.state();
    }
    Standing next = Standing.onceRefused(mail, Time.now());
    UnitOfWork work = table.begin(id.firm()).add(QueuedMail.givenUp(id));
    InvoiceChange change =
        InvoiceChange.of(work, invoice).to(next.state()).delivery(next.delivery());
    if (invoice.state() == InvoiceState.SENDING) {
      change.pushLater();
    }
    change.history(HistoryEvent.CLOCKBILL, "Email to " + mail.told() + " was refused");
    notices.add(change, InvoiceNotice.MAIL_REFUSED, mail.told());
    work.commit();
    return next.state();
  }
}
