package dev.clockbill.payment;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.mail.MailKind;
import dev.clockbill.payment.PaymentRules.Change;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Log;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what changes of a charge, all in one transaction: what is kept of it and, for each of its
 * invoices, the rows, the invoice's sum and state, its history, what the owner has to know, and the
 * mail by which the customer learns that money was given back.
 */
final class LedgerChange {
  private final OwnerNotices notices;
  private final QueuedMails mails;
  private final AmountPaid amountPaid;

  /** Queues mails in this table, and drives the workflow on. */
  LedgerChange(Table table, Environment environment) {
    this.mails = new QueuedMails(table, environment);
    this.notices = new OwnerNotices(mails);
    this.amountPaid = new AmountPaid(new InvoiceWorkflow(table, environment));
  }

  /** The notices to owners, for what else they have to know of money. */
  OwnerNotices notices() {
    return notices;
  }

  /**
   * Adds everything to a transaction; nothing where nothing has changed.
   *
   * @param charge as it was read, with all of its invoices
   * @param now what its rows are to be
   * @param who the name of the person by whom it changes, or {@link HistoryEvent#CLOCKBILL}
   * @param ending how it is known that something failed
   */
  void add(UnitOfWork work, BookedCharge charge, ChargeRows now, String who, Ending ending) {
    ChargeRows before = charge.rows();
    if (now.ledger().differs(before.ledger())) {
      work.add(ChargeItem.kept(work.firm(), now.ledger()));
    }
    Map<String, List<RowChange>> changes = RowChange.between(before, now);
    for (Invoice invoice : charge.invoices()) {
      List<RowChange> rows = changes.getOrDefault(invoice.invoiceId(), List.of());
      if (!rows.isEmpty()) {
        add(work, invoice, rows, charge, now, who, ending);
      }
    }
  }

  private void add(
      UnitOfWork work,
      Invoice invoice,
      List<RowChange> rows,
      BookedCharge charge,
      ChargeRows now,
      String who,
      Ending ending) {
    LocalTexts texts = charge.texts();
    InvoiceChange change = InvoiceChange.of(work, invoice);
    ChargeRows.OfInvoice ofInvoice = now.of(invoice.invoiceId());
    Change sums =
        PaymentRules.change(
            invoice, ofInvoice.paid() - charge.rows().of(invoice.invoiceId()).paid());
    for (RowChange row : rows) {
      work.add(write(work.firm(), invoice, row));
      String amount = texts.money(row.row().amount(), invoice.currency());
      switch (row.news()) {
        case FURTHER -> tell(change, row.row(), amount, together(now.ledger()), sums, who, ending);
        case OTHER_SHARE ->
            otherShare(row, texts.money(Math.abs(row.more()), invoice.currency()))
                .ifPresent(what -> change.history(who, what));
        case NONE -> {}
      }
    }
    mark(change, now.ledger().paymentId(), ofInvoice.disputed(), rows);
    amountPaid.change(change, sums);
  }

  private static Write write(String firm, Invoice invoice, RowChange row) {
    return row.now()
        .map(
            now ->
                row.before()
                    .map(before -> PaymentItem.replaced(firm, invoice, before, now))
                    .orElseGet(() -> PaymentItem.added(firm, invoice, now)))
        .orElseGet(() -> PaymentItem.replacedByOthers(firm, invoice, row.row()));
  }

  /** What the history says of a payment beside its amount: that it paid other invoices too. */
  private static String together(ChargeLedger ledger) {
    int invoices = ledger.shares().size();
    return invoices < 2 ? "" : ", part of one payment for " + invoices + " invoices";
  }

  /**
   * Marks a dispute, and payments that are under way, or that there are none; the payment is
   * booked, so it is not unmatched.
   */
  private static void mark(
      InvoiceChange change, String paymentId, boolean disputed, List<RowChange> rows) {
    Invoice.Marks before = change.before().marks();
    Invoice.Marks now = before.disputed(paymentId, disputed).unmatched(paymentId, false);
    for (RowChange row : rows) {
      now = now.underWay(row.row().paymentId(), row.now().filter(Payment::underWay).isPresent());
    }
    if (now.differ(before)) {
      change.marks(now);
    }
    if (before.unmatched().contains(paymentId)) {
      change.work().add(UnmatchedItem.matched(change.work().firm(), paymentId));
    }
  }

  private void tell(
      InvoiceChange change,
      Payment row,
      String amount,
      String together,
      Change sums,
      String who,
      Ending ending) {
    Invoice invoice = change.before();
    change.history(who, history(row, amount, together, invoice.state(), ending));
    PaymentRules.notice(invoice, row, sums, ending)
        .ifPresent(notice -> notices.add(change, notice, amount));
    if (RefundMail.tells(row)) {
      mails.add(change, MailKind.REFUND, RefundMail.facts(row.amount(), amount));
    }
    log(change.work(), row, invoice);
  }

  /**
   * What the history says where a share has moved; nothing where its money came back or never left.
   */
  private static Optional<String> otherShare(RowChange change, String amount) {
    Payment row = change.row();
    return change.more() == 0 || row.status() == Payment.Status.FAILED
        ? Optional.empty()
        : Optional.of(
            "%s of a %s moved %s another invoice of the same payment"
                .formatted(amount, row.kind().word(), change.more() > 0 ? "here from" : "to"));
  }

  private static String history(
      Payment row, String amount, String together, InvoiceState state, Ending ending) {
    return switch (row.kind()) {
      case PAYMENT ->
          switch (row.status()) {
            case PROCESSING -> "Payment of " + amount + " is under way" + together;
            case FAILED -> "Payment of " + amount + failed(ending);
            case SETTLED -> "Payment of " + amount + " received" + unexpected(state) + together;
          };
      case REFUND ->
          switch (row.status()) {
            case PROCESSING -> "Refund of " + amount + " is under way";
            case FAILED -> "Refund of " + amount + failed(ending);
            case SETTLED -> amount + " refunded";
          };
      case DISPUTE ->
          switch (row.status()) {
            case PROCESSING -> "Payment of " + amount + " disputed by the customer's bank";
            case FAILED -> "Dispute of " + amount + " won";
            case SETTLED -> "Dispute of " + amount + " lost";
          };
    };
  }

  private static String failed(Ending ending) {
    return switch (ending) {
      case TOLD -> " failed";
      case UNKNOWN -> " is no longer followed: what became of it cannot be learned here";
    };
  }

  private static String unexpected(InvoiceState state) {
    return switch (state) {
      case DRAFT, SENDING, SENT, PARTLY_PAID, UNDELIVERABLE -> "";
      case PAID -> ", though it was paid already";
      case VOID -> ", though it is void";
    };
  }

  private static void log(UnitOfWork work, Payment row, Invoice invoice) {
    work.afterwards(
        () ->
            Log.info(
                row.kind().word() + " " + row.status().word(),
                "firmId",
                work.firm(),
                "invoiceId",
                invoice.invoiceId(),
                "paymentId",
                row.paymentId()));
  }
}
