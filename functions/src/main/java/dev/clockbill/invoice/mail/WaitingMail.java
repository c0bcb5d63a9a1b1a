package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Optional;
import java.util.Set;

/**
 * What follows for an invoice from it that a mail about it has to wait: its history says so once,
 * and where the mail is a step of the invoice's own way, the schedule pushes the invoice on when
 * the mail is to be tried again.
 *
 * @param what the mail, as a history names it, such as {@code Mail to ada@example.com}
 * @param driven the states in which the invoice cannot go on without the mail
 */
public record WaitingMail(Table table, String what, Set<InvoiceState> driven)
    implements Outbox.Waiting {

  /** The answer of a step whose mail waits; nothing follows from it in the workflow. */
  public static final String STATE = "waiting";

  @Override
  public void add(UnitOfWork work, MailWaits waits) {
    Optional<Invoice> found =
        table.get(work.firm(), InvoiceItem.key(waits.about())).map(InvoiceItem::of);
    if (found.isEmpty()) {
      return;
    }
    Invoice invoice = found.get();
    boolean pushed = driven.contains(invoice.state());
    if (waits.first()) {
      InvoiceChange change =
          InvoiceChange.of(work, invoice)
              .history(
                  HistoryEvent.CLOCKBILL,
                  what
                      + " is waiting: "
                      + waits.trouble().text()
                      + ". It will be sent automatically");
      if (pushed) {
        change.pushAt(waits.next());
      }
    } else if (pushed) {
      work.add(InvoiceItem.pushAt(work.firm(), invoice, waits.next()));
    }
  }
}
