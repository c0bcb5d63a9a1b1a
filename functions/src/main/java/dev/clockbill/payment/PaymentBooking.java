package dev.clockbill.payment;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Books what the processor reports about checkouts, refunds and disputes: on each of the invoices
 * that were paid together its share, all in one transaction.
 *
 * <p>The processor delivers events late, in any order, and more than once. A callback that comes
 * twice is booked once: the transaction that books it adds the event's id to the inbox on condition
 * that it is not there, so the second one finds it there, whether it comes later or at the same
 * time. Another event about the same payment changes something only if the payment has come further
 * ({@link PaymentRules}). What is told of a charge before its payment is kept with the charge and
 * booked together with the payment ({@link ChargeLedger}).
 */
final class PaymentBooking {
  /** For how long after it was made an event of an unknown checkout may still make sense. */
  private static final Duration MAY_MAKE_SENSE = Duration.ofHours(1);

  private final Table table;
  private final LedgerChange ledger;
  private final UnmatchedMoney unmatched;

  /** Books in this table, tells the owner what they have to know, and drives the workflow on. */
  PaymentBooking(Table table, LedgerChange ledger) {
    this.table = table;
    this.ledger = ledger;
    this.unmatched = new UnmatchedMoney(table, ledger.notices());
  }

  /** What became of an event. */
  enum Result {
    /** It is handled, now or before, or will never be of use. */
    HANDLED,
    /** It is about a checkout that we have not recorded yet: it has to come again. */
    UNKNOWN_CHECKOUT
  }

  /** Books an event about a checkout. */
  Result book(CheckoutEvent event) {
    return Retry.onConflict(() -> bookOnce(event));
  }

  /**
   * Books an event about a refund or a dispute. Nothing happens if its account is not one of ours;
   * that of a charge which is not ours is kept for some weeks, since the payment may still be told.
   */
  void book(ChargeEvent event) {
    Pointer.account(event.account())
        .read(table)
        .ifPresent(
            found ->
                change(
                    found.firm(),
                    event.paymentId(),
                    Optional.of(event.eventId()),
                    Ending.TOLD,
                    charge -> charge.with(event.fact())));
  }

  /** Books what the processor answers about a charge. */
  void book(String firm, String paymentId, ChargeFact fact) {
    change(firm, paymentId, Optional.empty(), Ending.TOLD, charge -> charge.with(fact));
  }

  /** Books that the processor refused a refund for good, unless it told of it meanwhile. */
  void refused(String firm, String paymentId, String rowId) {
    change(firm, paymentId, Optional.empty(), Ending.TOLD, charge -> charge.refused(rowId));
  }

  /**
   * Books that nobody tells any more whether a refund was made. It counts as not made; if it is
   * told of after all, it counts.
   */
  void neverTold(String firm, String paymentId, String rowId) {
    change(firm, paymentId, Optional.empty(), Ending.UNKNOWN, charge -> charge.refused(rowId));
  }

  /**
   * Books that nobody tells any more whether the payment in a checkout arrived. It counts as
   * failed; if it is told of after all, it counts.
   */
  void neverTold(String firm, Checkout checkout) {
    Retry.onConflict(
        () -> {
          neverToldOnce(firm, checkout);
          return checkout;
        });
  }

  private void neverToldOnce(String firm, Checkout asRead) {
    Optional<Checkout> checkout =
        table
            .get(firm, CheckoutItem.key(asRead.sessionId()))
            .map(CheckoutItem::of)
            .filter(now -> now.state() == Checkout.State.PROCESSING);
    if (checkout.isEmpty()) {
      return;
    }
    UnitOfWork work =
        table
            .begin(firm)
            .add(
                CheckoutItem.movedFrom(
                    firm, checkout.get(), Checkout.State.FAILED, Checkout.State.PROCESSING));
    String first = asRead.shares().getFirst().invoiceId();
    PaymentItem.among(table.family(firm, PaymentItem.prefix(first))).stream()
        .filter(row -> row.underWay() && asRead.sessionId().equals(row.sessionId()))
        .forEach(row -> neverTold(work, row.paymentId()));
    work.commit();
  }

  private void neverTold(UnitOfWork work, String paymentId) {
    ChargeLedger charge =
        ChargeItem.of(paymentId, table.get(work.firm(), ChargeItem.key(paymentId)));
    if (!charge.booked()) {
      return;
    }
    BookedCharge booked = BookedCharge.read(table, work.firm(), charge);
    Map<String, Payment> failed = new LinkedHashMap<>();
    booked
        .rows()
        .payments()
        .forEach((invoiceId, row) -> failed.put(invoiceId, as(row, Payment.Status.FAILED)));
    ledger.add(
        work,
        booked,
        new ChargeRows(charge, failed, booked.rows().currency()),
        HistoryEvent.CLOCKBILL,
        Ending.UNKNOWN);
  }

  private static Payment as(Payment row, Payment.Status status) {
    return Payment.inCheckout(
        row.sessionId(), row.paymentId(), status, row.amount(), row.method(), Time.now());
  }

  private void change(
      String firm,
      String paymentId,
      Optional<String> eventId,
      Ending ending,
      UnaryOperator<ChargeLedger> change) {
    Retry.onConflict(
        () -> {
          changeOnce(firm, paymentId, eventId, ending, change);
          return paymentId;
        });
  }

  private void changeOnce(
      String firm,
      String paymentId,
      Optional<String> eventId,
      Ending ending,
      UnaryOperator<ChargeLedger> change) {
    String key = ChargeItem.key(paymentId);
    Optional<String> inbox = eventId.map(InboxItem::key);
    Map<String, Item> stored =
        table.get(firm, inbox.map(event -> List.of(key, event)).orElse(List.of(key)));
    if (inbox.filter(stored::containsKey).isPresent()) {
      return;
    }
    ChargeLedger before = ChargeItem.of(paymentId, Optional.ofNullable(stored.get(key)));
    ChargeLedger now = change.apply(before);
    if (before.booked()) {
      UnitOfWork work = table.begin(firm);
      eventId.ifPresent(event -> work.add(InboxItem.handled(firm, event)));
      changeRows(work, before, now, ending);
      work.commit();
    } else if (!now.equals(before)) {
      UnitOfWork work = table.begin(firm).add(ChargeItem.kept(firm, now));
      unmatched.follow(work, now);
      work.commit();
    }
  }

  private void changeRows(UnitOfWork work, ChargeLedger before, ChargeLedger now, Ending ending) {
    BookedCharge charge = BookedCharge.read(table, work.firm(), before);
    ledger.add(work, charge, charge.with(ledger -> now), HistoryEvent.CLOCKBILL, ending);
  }

  private Result bookOnce(CheckoutEvent event) {
    String firm = firmOf(event);
    if (!firm.equals(event.firm())) {
      unmatched.keep(firm, event, UnmatchedMoney.Reason.OTHER_ACCOUNT);
      return Result.HANDLED;
    }
    Map<String, Item> stored = read(event);
    if (stored.containsKey(InboxItem.key(event.eventId()))) {
      return Result.HANDLED;
    }
    Optional<Report> known = Report.of(event, stored);
    if (known.isEmpty()) {
      return unknown(event, stored.containsKey(CheckoutItem.key(event.sessionId())));
    }
    Report report = known.get();
    Optional<UnmatchedMoney.Reason> reason =
        event.misfit(report.checkout(), report.charge().rows().currency());
    if (reason.isPresent()) {
      unmatched.keep(firm, event, reason.get());
      return Result.HANDLED;
    }
    UnitOfWork work =
        table.begin(event.firm()).add(InboxItem.handled(event.firm(), event.eventId()));
    Optional<Payment.Status> status = event.state().payment();
    if (status.isPresent()) {
      bookPayment(work, report, status.get());
    } else {
      expireCheckout(work, report);
    }
    work.commit();
    return Result.HANDLED;
  }

  /**
   * The firm of the account that it came by: what the metadata say may have been written by whoever
   * owns the account, so they count only where they name that same firm, or where nobody knows the
   * account. Another firm's data is not even read.
   */
  private String firmOf(CheckoutEvent event) {
    return Optional.ofNullable(event.account())
        .flatMap(account -> Pointer.account(account).read(table))
        .map(Pointer.Target::firm)
        .orElse(event.firm());
  }

  /**
   * Of a checkout that is not stored the event has to come again, since it may have overtaken our
   * own transaction; after an hour it will never be of use, but its money is kept.
   */
  private Result unknown(CheckoutEvent event, boolean withoutInvoice) {
    if (event.state() == Checkout.State.EXPIRED) {
      return Result.HANDLED;
    }
    if (!withoutInvoice && event.at().plus(MAY_MAKE_SENSE).isAfter(Time.now())) {
      return Result.UNKNOWN_CHECKOUT;
    }
    unmatched.keep(event.firm(), event, UnmatchedMoney.Reason.UNKNOWN_CHECKOUT);
    return Result.HANDLED;
  }

  private Map<String, Item> read(CheckoutEvent event) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                InboxItem.key(event.eventId()),
                CheckoutItem.key(event.sessionId()),
                ChargeItem.key(event.paymentId())));
    keys.addAll(BookedCharge.keys(event.invoiceIds(), event.paymentId()));
    return table.get(event.firm(), keys);
  }

  /**
   * An event, and what it is about as it is stored.
   *
   * @param charge as it was booked before
   */
  private record Report(CheckoutEvent event, Checkout checkout, BookedCharge charge) {

    /** Empty if the checkout or one of its invoices is not stored. */
    static Optional<Report> of(CheckoutEvent event, Map<String, Item> stored) {
      Item checkout = stored.get(CheckoutItem.key(event.sessionId()));
      boolean known =
          event.invoiceIds().stream().map(InvoiceItem::key).allMatch(stored::containsKey);
      if (checkout == null || !known) {
        return Optional.empty();
      }
      Item charge = stored.get(ChargeItem.key(event.paymentId()));
      ChargeLedger ledger = ChargeItem.of(event.paymentId(), Optional.ofNullable(charge));
      return Optional.of(
          new Report(
              event,
              CheckoutItem.of(checkout),
              BookedCharge.of(ledger, event.invoiceIds(), stored)));
    }

    /** The charge with the payment as it is reported. */
    ChargeRows with(Payment.Status status) {
      Instant now = Time.now();
      Map<String, Payment> payments = new LinkedHashMap<>();
      List<ChargeLedger.Share> shares = new ArrayList<>();
      String currency = charge.rows().currency();
      for (Checkout.Share share : checkout.shares()) {
        long units = ProcessorUnits.exactly(share.amount(), currency).orElseThrow();
        shares.add(new ChargeLedger.Share(share.invoiceId(), units));
        payments.put(
            share.invoiceId(),
            Payment.inCheckout(
                event.sessionId(), event.paymentId(), status, share.amount(), event.method(), now));
      }
      return new ChargeRows(charge.rows().ledger().withShares(shares), payments, currency);
    }
  }

  private void bookPayment(UnitOfWork work, Report report, Payment.Status status) {
    if (PaymentRules.further(report.charge().rows().payment(), status)) {
      work.add(CheckoutItem.moved(work.firm(), report.checkout(), report.event().state()));
      ledger.add(work, report.charge(), report.with(status), HistoryEvent.CLOCKBILL, Ending.TOLD);
      work.afterwards(
          () ->
              Log.info(
                  "checkout " + report.event().state().word(),
                  "firmId",
                  work.firm(),
                  "eventId",
                  report.event().eventId()));
    }
  }

  private static void expireCheckout(UnitOfWork work, Report report) {
    if (report.checkout().state() == Checkout.State.OPEN) {
      work.add(
          CheckoutItem.movedFrom(
              work.firm(), report.checkout(), Checkout.State.EXPIRED, Checkout.State.OPEN));
    }
  }
}
