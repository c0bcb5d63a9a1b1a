package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmMails;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Messages;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.mail.Outbox;
import dev.clockbill.mail.Recording;
import dev.clockbill.mail.Recording.Result;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reminders of unpaid invoices: those of the firm's days, and those that a person asks for. They
 * know of each other, so that nobody is reminded twice on one day.
 */
final class ReminderMails {
  private final Table table;
  private final FirmMails mails;
  private final OwnerNotices notices;
  private final String baseUrl;

  ReminderMails(Table table, Environment environment) {
    this.table = table;
    this.mails = new FirmMails(table, environment);
    this.notices = new OwnerNotices(table, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  /**
   * Sends the reminder of one of the firm's days.
   *
   * @param item the invoice's, as it was read
   * @param recipients at least one
   * @throws MailWaits if it has to wait
   */
  void ofDay(Item firmItem, Item item, LocalDate day, Recipients recipients) {
    Invoice invoice = InvoiceItem.of(item);
    String firm = firmItem.firm();
    long days = ChronoUnit.DAYS.between(invoice.issuedOn(), day);
    Mail.Id id = new Mail.Id(firm, MailKind.PAYMENT_REMINDER, invoice.invoiceId(), days);
    LocalDate today = FirmItem.of(firmItem).day(Time.now());
    Write noted = ReminderSchedule.reminding(unchanged(firm, invoice), item, today);
    send(
        firmItem,
        invoice,
        id,
        recipients.all(),
        new Outbox.Terms(
            MailOfInvoice.reminder(invoice, recipients, today),
            List.of(noted),
            waiting(recipients.told())),
        (work, result) -> recordDay(work, result, id, day));
  }

  /**
   * Has the owner remind a customer whom no mail of theirs reaches, in place of the reminder of one
   * of the firm's days; once for each.
   *
   * @param item the invoice's, as it was read
   */
  void onPaper(Item firmItem, Item item, LocalDate day) {
    FirmSettings firm = FirmItem.of(firmItem);
    Invoice invoice = InvoiceItem.of(item);
    UnitOfWork work = table.begin(firm.firmId());
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .history(
                HistoryEvent.CLOCKBILL,
                "Reminder due: no email address gets it, so your firm was told");
    ReminderSchedule.done(change.write(), day);
    notices.add(
        change, InvoiceNotice.REMIND_ON_PAPER, PaymentReminder.when(firm, invoice, Time.now()));
    work.commit();
  }

  /**
   * Sends a reminder that a person asked for, unless there is no use for it any more.
   *
   * @return the invoice's state
   */
  String asked(String firm, String invoiceId, long n) {
    Mail.Id id = new Mail.Id(firm, MailKind.PAYMENT_REMINDER, invoiceId, n);
    Map<String, Item> read =
        table.get(firm, List.of(FirmItem.KEY, InvoiceItem.key(invoiceId), id.key()));
    Optional<MailOfInvoice> found = MailOfInvoice.of(id, read);
    if (found.isEmpty()) {
      return "gone";
    }
    MailOfInvoice mail = found.get();
    Invoice invoice = mail.invoice();
    if (!mail.waits()) {
      return invoice.state().word();
    }
    Item firmItem = read.get(FirmItem.KEY);
    LocalDate today = FirmItem.of(firmItem).day(Time.now());
    Optional<String> useless = mail.sent() ? Optional.empty() : useless(mail, today);
    if (useless.isPresent()) {
      String why = "Reminder to " + mail.told() + " was not sent: " + useless.get();
      QueuedMails.giveUp(table, mail.queued().orElseThrow(), why);
      return invoice.state().word();
    }
    Item item = read.get(InvoiceItem.key(invoiceId));
    // It may have waited since a day before.
    Write noted = ReminderSchedule.asked(unchanged(firm, invoice), item, today);
    try {
      send(
          firmItem,
          invoice,
          id,
          mail.recipients(),
          new Outbox.Terms(MailOfInvoice.reminds(today), List.of(noted), waiting(mail.told())),
          (work, result) -> recordAsked(work, result, id));
    } catch (MailWaits waits) {
      return WaitingMail.STATE;
    }
    return invoice.state().word();
  }

  /** Why there is no use any more for what was asked for: things may have changed since. */
  private static Optional<String> useless(MailOfInvoice mail, LocalDate today) {
    Invoice invoice = mail.invoice();
    if (!invoice.state().payable()) {
      return Optional.of("nothing is due any more");
    }
    if (mail.recipients().stream().allMatch(invoice.delivery()::failed)) {
      return Optional.of("the last email of the invoice did not arrive");
    }
    if (!invoice.marks().underWay().isEmpty()) {
      return Optional.of("a payment is under way");
    }
    return mail.overtaken(today)
        ? Optional.of("there is another reminder today")
        : Optional.empty();
  }

  /** Whatever happens to the invoice before the mail is claimed is noticed. */
  private static Write unchanged(String firm, Invoice invoice) {
    return Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
        .ifEquals("version", invoice.version());
  }

  private WaitingMail waiting(String to) {
    return new WaitingMail(table, "Reminder to " + to, Set.of());
  }

  private void send(
      Item firmItem,
      Invoice invoice,
      Mail.Id id,
      List<String> recipients,
      Outbox.Terms terms,
      Recording<Boolean> recording) {
    FirmSettings firm = FirmItem.of(firmItem);
    LocalDate today = firm.day(Time.now());
    mails.send(
        firmItem,
        id,
        terms,
        () ->
            PaymentReminder.of(firm, invoice, today, baseUrl)
                .mail(id, firm, invoice, recipients.getFirst(), firms(firm))
                .copied(recipients.subList(1, recipients.size()), List.of()),
        recording);
  }

  /** What the firm has written for its reminders. */
  private Wording firms(FirmSettings firm) {
    return Wording.of(Messages.read(table, firm.firmId()).reminder());
  }

  /**
   * Records how a day's reminder ended; the invoice is read again and may be paid by now.
   *
   * @return false if it was recorded before
   */
  private boolean recordDay(UnitOfWork work, Result result, Mail.Id id, LocalDate day) {
    Map<String, Item> read = table.get(id.firm(), MailOfInvoice.keys(id));
    if (ReminderSchedule.done(read.get(InvoiceItem.key(id.about())), day)) {
      return false;
    }
    MailOfInvoice mail = MailOfInvoice.of(id, read).orElseThrow();
    ReminderSchedule.done(record(work, result, mail).write(), day);
    return true;
  }

  private boolean recordAsked(UnitOfWork work, Result result, Mail.Id id) {
    Optional<MailOfInvoice> mail =
        MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id)))
            .filter(MailOfInvoice::waits);
    mail.ifPresent(found -> record(work, result, found));
    return mail.isPresent();
  }

  /**
   * After a refusal the owner is notified, and nobody is reminded at those addresses any more,
   * unless the invoice was mailed again meanwhile.
   */
  private InvoiceChange record(UnitOfWork work, Result result, MailOfInvoice mail) {
    String to = mail.told();
    InvoiceChange change = InvoiceChange.of(work, mail.invoice());
    work.add(
        switch (result) {
          case Result.Sent sent ->
              HistoryEvent.of(mail.id(), sent.claim(), "Reminder emailed to " + to);
          case Result.Refused refused -> {
            if (mail.latest()) {
              change.delivery(Standing.onceRefused(mail, Time.now()).delivery());
              notices.add(change, InvoiceNotice.REMINDER_REFUSED, to);
            }
            yield HistoryEvent.of(mail.id(), refused.claim(), "Reminder to " + to + " was refused");
          }
        });
    return change;
  }
}
