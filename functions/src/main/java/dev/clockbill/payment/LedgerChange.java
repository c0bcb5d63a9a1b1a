package dev.clockbill.payment;

import dev.clockbill.firm.FirmItem;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes what changes of a charge, all in one transaction: what is kept of it and, for each of its
 * invoices, the rows, the invoice's sum and state, its history, what the owner has to know, and the
 * mail by which the customer learns that money was given back.
 */
final class LedgerChange {
  private final Table table;
  private final OwnerNotices notices;
  private final QueuedMails mails;
  private final AmountPaid amountPaid;

  /** Queues mails in this table, and drives the workflow on. */
  LedgerChange(Table table, Environment environment) {
    this.table = table;
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
   * @param invoices all of the charge's, as they were read
   * @param who the name of the person by whom it changes, or {@link HistoryEvent#CLOCKBILL}
   * @param ending how it is known that something failed
   */
  void add(
      UnitOfWork work,
      List<Invoice> invoices,
      ChargeRows before,
      ChargeRows now,
      String who,
      Ending ending) {
    if (!now.ledger().equals(before.ledger())) {
      work.add(ChargeItem.kept(work.firm(), now.ledger()));
    }
    for (Invoice invoice : invoices) {
      String invoiceId = invoice.invoiceId();
      add(work, invoice, now.ledger(), before.of(invoiceId), now.of(invoiceId), who, ending);
    }
  }

  private void add(
      UnitOfWork work,
      Invoice invoice,
      ChargeLedger ledger,
      ChargeRows.OfInvoice before,
      ChargeRows.OfInvoice now,
      String who,
      Ending ending) {
    Map<String, Payment> rows = byId(before.all());
    List<Payment> moved =
        now.all().stream().filter(row -> !row.equals(rows.get(row.paymentId()))).toList();
    List<Payment> gone =
        rows.values().stream()
            .filter(row -> !byId(now.all()).containsKey(row.paymentId()))
            .toList();
    if (moved.isEmpty() && gone.isEmpty()) {
      return;
    }
    LocalTexts texts = FirmItem.texts(table, work.firm());
    InvoiceChange change = InvoiceChange.of(work, invoice);
    Change sums = PaymentRules.change(invoice, now.paid() - before.paid());
    gone.forEach(row -> work.add(PaymentItem.replacedByOthers(work.firm(), invoice, row)));
    moved.forEach(
        row ->
            move(
                change,
                Optional.ofNullable(rows.get(row.paymentId())),
                row,
                texts.money(row.amount(), invoice.currency()),
                together(ledger),
                sums,
                who,
                ending));
    mark(change, ledger.paymentId(), now.disputed(), moved, gone);
    amountPaid.change(change, sums);
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
      InvoiceChange change,
      String paymentId,
      boolean disputed,
      List<Payment> moved,
      List<Payment> gone) {
    Invoice.Marks before = change.before().marks();
    Invoice.Marks now = before.disputed(paymentId, disputed).unmatched(paymentId, false);
    for (Payment row : moved) {
      now = now.underWay(row.paymentId(), row.underWay());
    }
    for (Payment row : gone) {
      now = now.underWay(row.paymentId(), false);
    }
    if (!now.equals(before)) {
      change.marks(now);
    }
    if (before.unmatched().contains(paymentId)) {
      change.work().add(UnmatchedItem.matched(change.work().firm(), paymentId));
    }
  }

  private static Map<String, Payment> byId(List<Payment> rows) {
    return rows.stream().collect(Collectors.toMap(Payment::paymentId, Function.identity()));
  }

  private void move(
      InvoiceChange change,
      Optional<Payment> before,
      Payment row,
      String amount,
      String together,
      Change sums,
      String who,
      Ending ending) {
    String firm = change.work().firm();
    Invoice invoice = change.before();
    change
        .work()
        .add(
            before
                .map(read -> PaymentItem.replaced(firm, invoice, read, row))
                .orElseGet(() -> PaymentItem.added(firm, invoice, row)));
    if (before.map(Payment::status).equals(Optional.of(row.status()))) {
      return;
    }
    change.history(who, history(row, amount, together, invoice.state(), ending));
    PaymentRules.notice(invoice, row, sums, ending)
        .ifPresent(notice -> notices.add(change, notice, amount));
    if (RefundMail.tells(row)) {
      mails.add(change, MailKind.REFUND, RefundMail.facts(row.amount(), amount));
    }
    log(change.work(), row, invoice);
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
