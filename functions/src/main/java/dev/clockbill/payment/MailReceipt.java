package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Contact;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmMails;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Messages;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.invoice.mail.WaitingMail;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailRefused;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.mail.Recording.Result;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Workflow: mails the receipt of a paid invoice, once; none for a total of 0, nor where nobody can
 * be mailed. Or mails that a payment was refunded, each refund once.
 */
public final class MailReceipt implements RequestStreamHandler {
  private final Table table;
  private final FirmMails mails;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailReceipt() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailReceipt(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.mails = new FirmMails(table, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "refund"}}, where {@code refund} says which mail of a
   * refund it is, or is 0 for the receipt, and answers {@code {"state"}}, the invoice's. Fails with
   * {@link MailRefused} if the mail can never be sent, with {@link
   * dev.clockbill.mail.MailThrottled} or {@link dev.clockbill.mail.MailUnconfirmed} if it is to be
   * tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::answer);
  }

  private Map<String, Object> answer(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    List<Item> family = new InvoiceStore(table).family(firm, Json.text(payload, "invoiceId"));
    if (family.isEmpty()) {
      return Map.of("state", "gone");
    }
    String refund = Json.text(payload, "refund");
    if (refund == null || refund.equals("0")) {
      mailIfPaid(firm, family);
    } else {
      mailRefund(firm, InvoiceItem.of(family.getFirst()), Long.parseLong(refund));
    }
    return Map.of("state", family.getFirst().text("state"));
  }

  /** Mails that a payment was refunded, if that mail still waits. */
  private void mailRefund(String firmId, Invoice invoice, long n) {
    Mail.Id id = new Mail.Id(firmId, MailKind.REFUND, invoice.invoiceId(), n);
    Optional<QueuedMail> queued =
        table.get(firmId, id.key()).map(QueuedMail::of).filter(QueuedMail::waits);
    if (queued.isEmpty()) {
      return;
    }
    Map<String, Item> read = read(firmId, invoice);
    Item firm = read.get(FirmItem.KEY);
    FirmSettings settings = FirmItem.of(firm);
    Recipients recipients = recipients(read, firmId, invoice);
    if (recipients.nobody()) {
      QueuedMails.giveUp(table, queued.get(), "No refund notice was emailed: " + nobody(invoice));
      return;
    }
    String to = recipients.told();
    try {
      mails.send(
          firm,
          id,
          terms(recipients, "Refund notice to " + to, Set.of()),
          () ->
              RefundMail.of(queued.get(), settings, invoice, baseUrl)
                  .mail(id, settings, invoice, recipients.to())
                  .copied(recipients.cc(), List.of()),
          (work, ended) -> {
            String what =
                switch (ended) {
                  case Result.Sent sent -> "Refund notice emailed to " + to;
                  case Result.Refused refused -> "The refund notice was refused for " + to;
                };
            work.add(HistoryEvent.now(id.firm(), id.about(), HistoryEvent.CLOCKBILL, what));
            return id;
          });
    } catch (MailWaits waits) {
      // It is in the due queue, which it leaves when it is sent.
    }
  }

  /** Mails the receipt of an invoice if it is paid, given its items as they were read. */
  void mailIfPaid(String firm, List<Item> family) {
    Item item = family.getFirst();
    Invoice invoice = InvoiceItem.of(item);
    if (invoice.state() != InvoiceState.PAID) {
      return;
    }
    DueReceipt receipt = DueReceipt.of(invoice.invoiceId(), item);
    if (receipt.done()) {
      if (DueQueue.holds(item)) {
        table.write(DueReceipt.leaveQueue(item));
      }
    } else if (invoice.total() == 0) {
      recordWithoutMail(receipt.id(), Optional.empty());
    } else {
      mail(receipt.id(), invoice, PaymentItem.among(family));
    }
  }

  private void mail(Mail.Id id, Invoice invoice, List<Payment> payments) {
    Map<String, Item> read = read(id.firm(), invoice);
    Item firm = read.get(FirmItem.KEY);
    FirmSettings settings = FirmItem.of(firm);
    Recipients recipients = recipients(read, id.firm(), invoice);
    if (recipients.nobody()) {
      recordWithoutMail(id, Optional.of("No receipt was emailed: " + nobody(invoice)));
      return;
    }
    String to = recipients.told();
    try {
      Result result =
          mails.send(
              firm,
              id,
              terms(recipients, "Receipt to " + to, Set.of(InvoiceState.PAID)),
              () ->
                  Receipt.of(settings, invoice, payments, baseUrl)
                      .mail(id, settings, invoice, recipients.to(), firms(read))
                      .copied(recipients.cc(), List.of()),
              (work, ended) -> record(work, ended, id, to));
      if (result instanceof Result.Refused refused) {
        throw refused.reason();
      }
    } catch (MailWaits waits) {
      // The invoice is in the due queue, which it leaves when its receipt is done.
    }
  }

  /** Reads together what the mail needs to know beside the invoice. */
  private Map<String, Item> read(String firm, Invoice invoice) {
    List<String> keys = new ArrayList<>(MailOfInvoice.keysOfFollowing(firm, invoice));
    keys.addAll(List.of(FirmItem.KEY, Messages.KEY));
    return table.get(firm, keys);
  }

  private static Recipients recipients(Map<String, Item> read, String firm, Invoice invoice) {
    return MailOfInvoice.following(read, firm, invoice, Contact.Gets.RECEIPT);
  }

  private static String nobody(Invoice invoice) {
    return invoice.customer().name() + " has no email address for it";
  }

  private Outbox.Terms terms(Recipients recipients, String what, Set<InvoiceState> driven) {
    return new Outbox.Terms(
        MailOfInvoice.sentTo(recipients), List.of(), new WaitingMail(table, what, driven));
  }

  /** What the firm has written for its receipts. */
  private static Wording firms(Map<String, Item> read) {
    return Wording.of(Messages.of(read.get(Messages.KEY)).receipt());
  }

  private Result record(UnitOfWork work, Result result, Mail.Id id, String to) {
    if (recordDone(work, id)) {
      String what =
          switch (result) {
            case Result.Sent sent -> "Receipt emailed to " + to;
            case Result.Refused refused -> "The receipt could not be emailed to " + to;
          };
      work.add(HistoryEvent.now(id.firm(), id.about(), HistoryEvent.CLOCKBILL, what));
    }
    return result;
  }

  private void recordWithoutMail(Mail.Id id, Optional<String> why) {
    Retry.onConflict(
        () -> {
          UnitOfWork work = table.begin(id.firm());
          boolean recorded = recordDone(work, id);
          if (recorded && why.isPresent()) {
            work.add(HistoryEvent.now(id.firm(), id.about(), HistoryEvent.CLOCKBILL, why.get()));
          }
          work.commit();
          return recorded;
        });
  }

  /**
   * Records that the invoice's receipt is done and nothing is left to push. An invoice that is no
   * longer paid, or was paid again since, is left as it is: its workflow has to continue.
   *
   * @return false if it was recorded before
   */
  private boolean recordDone(UnitOfWork work, Mail.Id id) {
    Item item = table.get(id.firm(), InvoiceItem.key(id.about())).orElseThrow();
    DueReceipt receipt = DueReceipt.of(id.about(), item);
    if (receipt.done()) {
      return false;
    }
    Invoice invoice = InvoiceItem.of(item);
    if (invoice.state() == InvoiceState.PAID && receipt.id().equals(id)) {
      DueReceipt.done(InvoiceChange.of(work, invoice).write());
    }
    return true;
  }
}
