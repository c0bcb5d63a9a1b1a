package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Recipient;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.mail.QueuedMail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an invoice stands by its mails, and what becomes of that by news of one of them. The order of
 * the news does not matter: the mail service's events may come before its sender has recorded the
 * mail, and news of an earlier mail after a later one was asked for.
 *
 * <p>The delivery is that of the latest mail that carries the invoice, to which failures of the
 * reminders that followed it are added. The state says whether any mail went out at all.
 */
record Standing(InvoiceState state, Delivery delivery) {

  /** How an invoice stands now. */
  static Standing of(Invoice invoice) {
    return new Standing(invoice.state(), invoice.delivery());
  }

  /** After the sending of a mail that carries the invoice is recorded. */
  static Standing onceSent(MailOfInvoice mail, Instant now) {
    // A virus may have been found in it already; then it never left the mail service.
    InvoiceState state = mail.rejected() ? stateOnceRefused(mail) : stateOnceSent(mail);
    return new Standing(state, latest(mail, DeliveryStatus.SENT, now));
  }

  /** After the mail service has refused a mail for good. */
  static Standing onceRefused(MailOfInvoice mail, Instant now) {
    InvoiceState state = mail.carriesInvoice() ? stateOnceRefused(mail) : mail.invoice().state();
    return new Standing(state, latest(mail, DeliveryStatus.FAILED, now));
  }

  /**
   * After an event of the mail service; the same if that is no news.
   *
   * @param all the mails that carry the invoice, for an event that {@linkplain
   *     MailOfInvoice#isTakenBackBy takes the mail back}; no others look at them
   */
  static Standing after(
      DeliveryEvent event, MailOfInvoice mail, List<QueuedMail> all, Instant now) {
    boolean concerns = mail.latest() && (mail.carriesInvoice() || event.kind().wentWrong());
    Delivery delivery = mail.invoice().delivery();
    return new Standing(
        mail.isTakenBackBy(event.kind()) ? stateOnceTakenBack(mail, all) : mail.invoice().state(),
        concerns ? after(event, mail, now) : delivery);
  }

  /** One that was refused before is sent now. */
  private static InvoiceState stateOnceSent(MailOfInvoice mail) {
    Invoice invoice = mail.invoice();
    return switch (invoice.state()) {
      case SENDING, UNDELIVERABLE -> InvoiceState.byPayment(invoice.total(), invoice.amountPaid());
      case DRAFT, SENT, PARTLY_PAID, PAID, VOID -> invoice.state();
    };
  }

  /** One that was mailed before stays sent. */
  private static InvoiceState stateOnceRefused(MailOfInvoice mail) {
    InvoiceState present = mail.invoice().state();
    InvoiceState sent = stateOnceSent(mail);
    boolean neverMailed = present != sent && sent == InvoiceState.SENT;
    return neverMailed ? InvoiceState.UNDELIVERABLE : sent;
  }

  /**
   * One of which no other mail went out, or can still arrive, was not mailed at all; but one that
   * was handed over on paper has arrived.
   */
  private static InvoiceState stateOnceTakenBack(MailOfInvoice mail, List<QueuedMail> all) {
    InvoiceState present = mail.invoice().state();
    if (mail.invoice().paper() != null) {
      return present;
    }
    boolean other = all.stream().anyMatch(each -> !each.id().equals(mail.id()) && each.went());
    return present == InvoiceState.SENT && !other ? InvoiceState.UNDELIVERABLE : present;
  }

  /** The delivery after a status of this mail, if it is the latest. */
  private static Delivery latest(MailOfInvoice mail, DeliveryStatus status, Instant now) {
    Delivery before = mail.invoice().delivery();
    if (!mail.latest()) {
      return before;
    }
    if (mail.carriesInvoice()) {
      return before.all(status, now);
    }
    Delivery next = before;
    for (String each : mail.recipients()) {
      Delivery known = next.including(each, now);
      Recipient one = known.of(each).orElseThrow();
      if (status.replaces(one.status())) {
        next = known.with(one, status, now);
      }
    }
    return next;
  }

  private static Delivery after(DeliveryEvent event, MailOfInvoice mail, Instant now) {
    Delivery next = mail.invoice().delivery();
    for (String address : event.recipients()) {
      Delivery known = mail.carriesInvoice() ? next : reminded(mail, next, address, now);
      Optional<Recipient> one =
          mail.carriesInvoice()
              ? known.about(address)
              : remindedAt(mail, address).flatMap(known::of);
      if (one.isPresent()) {
        Delivery changed = after(event.kind(), known, one.get(), now);
        next = changed.equals(known) ? next : changed;
      }
    }
    return next;
  }

  /** A delivery in which the recipient of a reminder is, also where they do not get invoices. */
  private static Delivery reminded(
      MailOfInvoice reminder, Delivery before, String address, Instant now) {
    return remindedAt(reminder, address).map(known -> before.including(known, now)).orElse(before);
  }

  /**
   * The recipient of a reminder whom an event is about. The mail service may know them by another
   * address, to which their mails are forwarded; where there is but one, it is they.
   */
  private static Optional<String> remindedAt(MailOfInvoice reminder, String address) {
    List<String> all = reminder.recipients();
    return all.size() == 1
        ? Optional.of(all.getFirst())
        : all.stream().filter(each -> MailAddress.same(each, address)).findFirst();
  }

  private static Delivery after(
      DeliveryEvent.Kind kind, Delivery before, Recipient one, Instant now) {
    Delivery next = before;
    if (kind.status().isPresent()) {
      if (!kind.status().get().replaces(one.status())) {
        return before;
      }
      next = before.with(one, kind.status().get(), now);
    } else if (one.status().wentWrong() || kind.late(one.status())) {
      return before;
    }
    Recipient changed = next.about(one.email()).orElseThrow();
    return kind.note().isPresent() ? next.with(changed, kind.note().get()) : next;
  }
}
