package dev.clockbill.office;

import dev.clockbill.firm.Contact;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.invoice.mail.ReminderSchedule;
import dev.clockbill.mail.MailKind;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.LocalDate;
import java.util.List;

/** Reminds the customer of an unpaid invoice because a person asks for it. */
final class RemindNow {
  private final Table table;
  private final InvoiceResponses invoices;
  private final InvoiceStore store;
  private final QueuedMails mails;

  RemindNow(Table table, InvoiceResponses invoices, QueuedMails mails) {
    this.table = table;
    this.invoices = invoices;
    this.store = new InvoiceStore(table);
    this.mails = mails;
  }

  /**
   * {@code POST /invoices/{invoiceId}/remind}: does nothing where the customer was reminded today
   * already, or the invoice itself is just being mailed.
   *
   * @throws Problem 409 {@code nothing-due}, {@code payment-processing}, {@code no-mail-address} or
   *     {@code mail-failed}
   */
  Response answer(Request request) {
    request.fields().check();
    return Retry.onConflict(
        () -> {
          remind(request);
          return invoices.answer(202, request);
        });
  }

  private void remind(Request request) {
    String firmId = request.caller().firm();
    Invoice found = invoices.invoice(request);
    invoices.mustMatch(request, found);
    List<Item> family = store.family(firmId, found.invoiceId());
    if (family.isEmpty()) {
      throw Problem.notFound("invoice");
    }
    Item item = family.getFirst();
    Invoice invoice = InvoiceItem.of(item);
    StateRules.in(invoice.state()).remind().allows();
    if (PaymentItem.among(family).stream().anyMatch(Payment::underWay)) {
      throw Problem.of(
          409,
          "payment-processing",
          "A payment of this invoice is under way. Wait until it has arrived or failed.");
    }
    Recipients reached = reached(firmId, invoice);
    FirmSettings firm = invoices.firm(request);
    LocalDate today = firm.day(Time.now());
    boolean mailed = invoice.delivery().status() == DeliveryStatus.QUEUED;
    if (mailed || today.equals(invoice.remindedOn())) {
      return;
    }
    UnitOfWork work = table.begin(firmId);
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .history(request.caller().name(), "Asked for a payment reminder");
    ReminderSchedule.asked(change.write(), item, today);
    mails.add(change, MailKind.PAYMENT_REMINDER, MailOfInvoice.reminder(invoice, reached, today));
    work.commit();
  }

  /** Who can be reminded. */
  private Recipients reached(String firm, Invoice invoice) {
    Recipients all = MailOfInvoice.following(table, firm, invoice, Contact.Gets.REMINDER);
    if (all.nobody()) {
      throw Recipients.noAddress();
    }
    Recipients reached = all.without(invoice.delivery()::failed);
    if (reached.nobody()) {
      throw Problem.of(
          409,
          "mail-failed",
          "The last email of this invoice did not arrive, so a reminder would not either. Correct"
              + " the customer's address, then resend the invoice.");
    }
    return reached;
  }
}
