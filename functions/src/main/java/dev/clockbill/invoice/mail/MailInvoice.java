package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
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
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.mail.Recording.Result;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Workflow: mails an invoice with its pay link and its PDF, each mail once; or, where its customer
 * has no mail address, makes the PDF that is printed and handed over.
 */
public final class MailInvoice implements RequestStreamHandler {
  private static final Map<String, Object> WAITS = Map.of("state", WaitingMail.STATE);

  private final Table table;
  private final FirmMails mails;
  private final InvoicePdfStore pdfs;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailInvoice(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.mails = new FirmMails(table, environment);
    this.baseUrl = environment.required("BASE_URL");
    this.pdfs = new InvoicePdfStore(table, baseUrl);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "mail", "kind"}}, where {@code mail} says which mail of
   * the invoice it is, or which test where the {@code kind} is {@code testMail}, and answers {@code
   * {"state"}}, the invoice's afterwards, or {@link WaitingMail#STATE} if the mail has to wait;
   * where it was mailed now and waits for payment, {@code waitSeconds} too, as {@link
   * RemindCustomer} says them. Fails with {@link dev.clockbill.mail.MailRefused} if the mail can
   * never be sent, with {@link dev.clockbill.mail.MailThrottled} or {@link
   * dev.clockbill.mail.MailUnconfirmed} if it is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::answer);
  }

  private Map<String, Object> answer(Map<String, Object> payload) {
    Mail.Id id = MailOfInvoice.named(payload);
    Map<String, Item> read =
        table.get(
            id.firm(), List.of(FirmItem.KEY, Messages.KEY, InvoiceItem.key(id.about()), id.key()));
    return MailOfInvoice.of(id, read)
        .map(mail -> send(read.get(FirmItem.KEY), firms(read), mail))
        .orElse(Map.of("state", "gone"));
  }

  private static Map<String, Object> answer(InvoiceState state) {
    return Map.of("state", state.word());
  }

  /** The answer for an invoice that was mailed for the first time, or handed over, just now. */
  private static Map<String, Object> issued(
      FirmSettings firm, Invoice invoice, InvoiceState state, Instant now) {
    return state.payable()
        ? Map.of(
            "state",
            state.word(),
            "waitSeconds",
            ReminderSchedule.ofMailed(firm, invoice, now).waitSeconds(now))
        : answer(state);
  }

  /** What the firm has written for the mails of its invoices. */
  private static Wording firms(Map<String, Item> read) {
    return Wording.of(Messages.of(read.get(Messages.KEY)).invoice());
  }

  private Map<String, Object> send(Item firm, Wording firms, MailOfInvoice mail) {
    Mail.Id id = mail.id();
    Invoice invoice = mail.invoice();
    if (!mail.waits()) {
      return answer(invoice.state());
    }
    if (id.kind() == MailKind.TEST_MAIL) {
      return test(firm, firms, mail);
    }
    if (invoice.state() == InvoiceState.VOID) {
      QueuedMails.giveUp(table, id);
      return answer(invoice.state());
    }
    if (invoice.paper() != null && id.n() == 1) {
      return Retry.onConflict(() -> issueOnPaper(FirmItem.of(firm), id));
    }
    if (id.n() > 1 && !mail.sent()) {
      // A person asked for it, so the addresses count as good again whatever happened before.
      mails.allow(mail.recipient());
      mails.allowSome(mail.again());
    }
    FirmSettings settings = FirmItem.of(firm);
    byte[] pdf = pdfs.sent(settings, invoice);
    try {
      return mails.send(
          firm,
          id,
          Outbox.Terms.waiting(
              new WaitingMail(
                  table,
                  "Email to " + mail.told(),
                  id.n() == 1 ? Set.of(InvoiceState.SENDING) : Set.of())),
          () ->
              InvoiceMail.of(settings, invoice, baseUrl)
                  .mail(id, settings, invoice, mail.recipient(), mail.letter().or(firms))
                  .with(InvoicePdfStore.attachment(invoice, pdf)),
          (work, result) ->
              switch (result) {
                case Result.Sent sent -> recordSent(work, settings, id, sent.claim());
                // The workflow answers a refusal with MarkUndeliverable, which records it.
                case Result.Refused refused -> throw refused.reason();
              });
    } catch (MailWaits waits) {
      return WAITS;
    }
  }

  /**
   * The invoice of a customer who cannot be mailed is sent once its PDF is made and kept: a person
   * prints that and hands it over. No mail is claimed.
   */
  private Map<String, Object> issueOnPaper(FirmSettings firm, Mail.Id id) {
    Invoice invoice =
        InvoiceItem.of(table.get(id.firm(), InvoiceItem.key(id.about())).orElseThrow());
    if (invoice.state() != InvoiceState.SENDING) {
      return answer(invoice.state());
    }
    pdfs.sent(firm, invoice);
    Instant now = Time.now();
    InvoiceState next = InvoiceState.byPayment(invoice.total(), invoice.amountPaid());
    UnitOfWork work = table.begin(id.firm());
    InvoiceChange change = InvoiceChange.of(work, invoice).to(next).pushLater();
    ReminderSchedule.mailed(change.write(), firm, now);
    change.history(HistoryEvent.CLOCKBILL, "Ready to be printed and handed over");
    work.commit();
    return issued(firm, invoice, next, now);
  }

  /**
   * Nothing follows from a test for the invoice. Whoever asked for it reads in the history if it
   * was refused: a mail about that would go to the same address.
   */
  private Map<String, Object> test(Item firm, Wording firms, MailOfInvoice mail) {
    FirmSettings settings = FirmItem.of(firm);
    Invoice invoice = mail.invoice();
    Invoice shown =
        TestMail.shown(
            invoice,
            new InvoiceStore(table).customerNow(settings.firmId(), invoice),
            mail.queued().orElseThrow().facts());
    try {
      return mails.send(
          firm,
          mail.id(),
          Outbox.Terms.NONE,
          () ->
              InvoiceMail.of(settings, shown, baseUrl)
                  .test(
                      mail.id(),
                      settings,
                      shown,
                      mail.recipient(),
                      mail.letter().wording().or(firms))
                  .with(InvoicePdfStore.attachment(shown, pdfs.shown(settings, shown))),
          (work, result) -> recordTest(work, result, mail));
    } catch (MailWaits waits) {
      return WAITS;
    }
  }

  private Map<String, Object> recordTest(UnitOfWork work, Result result, MailOfInvoice asRead) {
    Mail.Id id = asRead.id();
    if (result instanceof Result.Refused refused) {
      MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id)))
          .filter(MailOfInvoice::waits)
          .ifPresent(
              mail -> work.add(HistoryEvent.of(id, refused.claim(), TestMail.refused(mail))));
    }
    return answer(asRead.invoice().state());
  }

  /** The invoice is read again, since the mail may be known to be delivered already. */
  private Map<String, Object> recordSent(
      UnitOfWork work, FirmSettings firm, Mail.Id id, QueuedMail.Claim claim) {
    MailOfInvoice mail =
        MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id))).orElseThrow();
    Invoice invoice = mail.invoice();
    if (!mail.waits()) {
      return answer(invoice.state());
    }
    Instant now = Time.now();
    Standing next = Standing.onceSent(mail, now);
    InvoiceChange change =
        InvoiceChange.of(work, invoice).to(next.state()).delivery(next.delivery());
    ReminderSchedule.mailed(change.write(), firm, now);
    work.add(HistoryEvent.of(id, claim, "Emailed to " + mail.told()));
    if (invoice.state() != InvoiceState.SENDING) {
      return answer(next.state());
    }
    change.pushLater();
    return issued(firm, invoice, next.state(), now);
  }
}
