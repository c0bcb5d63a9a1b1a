package dev.clockbill.payment;

import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Payment;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refunds that a person asks for. The transaction that makes the row of a refund queues it; once
 * that is committed the processor is asked, and again by the schedule until it is known what became
 * of it.
 *
 * <p>The processor makes one refund for one idempotency key, but forgets the key after a day
 * (Stripe's API reference, "Idempotent requests"). So whoever asks again first looks whether the
 * refund is there, by the id of its row in the metadata.
 */
public final class Refunds {
  private final Table table;
  private final Processor processor;
  private final LedgerChange ledger;
  private final PaymentBooking booking;
  private final ProcessorAccounts accounts;

  /** Asks this processor for them. */
  public Refunds(Table table, Environment environment, Processor processor) {
    this.table = table;
    this.processor = processor;
    this.ledger = new LedgerChange(table, environment);
    this.booking = new PaymentBooking(table, ledger);
    this.accounts = new ProcessorAccounts(table);
  }

  /**
   * Asks for a refund of a payment, or of the invoice's share of it; everything is added to a unit
   * of work.
   *
   * @param amount minor units; null for all that is left
   * @param who the name of the person
   * @return the row of the refund
   * @throws Problem 409 {@code not-refundable}, {@code payment-processing}, {@code
   *     payment-disputed} or {@code more-than-paid}; 400 for an amount that cannot be expressed
   */
  public Payment ask(UnitOfWork work, Invoice invoice, Payment payment, Long amount, String who) {
    mustBeRefundable(payment);
    Map<String, Item> stored =
        table.get(
            work.firm(),
            List.of(ChargeItem.key(payment.paymentId()), CheckoutItem.key(payment.sessionId())));
    ChargeLedger charge =
        ChargeItem.of(
            payment.paymentId(),
            Optional.ofNullable(stored.get(ChargeItem.key(payment.paymentId()))));
    Checkout checkout = CheckoutItem.of(stored.get(CheckoutItem.key(payment.sessionId())));
    BookedCharge booked = BookedCharge.read(table, work.firm(), charge, invoice, payment);
    long units = units(booked, invoice.invoiceId(), amount);
    String rowId = Ids.next();
    ChargeRows now =
        booked.with(known -> known.asking(rowId, invoice.invoiceId(), units, Time.now()));
    ledger.add(work, booked, now, who, Ending.TOLD);
    work.add(RefundItem.queued(work.firm(), rowId, checkout.account(), payment.paymentId(), units))
        .afterwards(
            () -> begin(work.firm(), rowId), "invoiceId", invoice.invoiceId(), "refundId", rowId);
    return now.of(invoice.invoiceId()).takenBack().stream()
        .filter(row -> row.paymentId().equals(rowId))
        .findFirst()
        .orElseThrow();
  }

  private static void mustBeRefundable(Payment payment) {
    if (payment.kind() != Payment.Kind.PAYMENT || payment.byHand()) {
      throw Problem.of(
          409,
          "not-refundable",
          "Only what was paid at the processor can be refunded there. Pay the customer back the way"
              + " the money came, and take back the payment that was recorded by hand.");
    }
    switch (payment.status()) {
      case SETTLED -> {}
      case PROCESSING ->
          throw Problem.of(
              409,
              "payment-processing",
              "This payment is under way. Wait until it has arrived, then refund it.");
      case FAILED ->
          throw Problem.of(
              409, "not-refundable", "This payment failed, so there is nothing to give back.");
    }
  }

  private static long units(BookedCharge charge, String invoiceId, Long amount) {
    ChargeRows rows = charge.rows();
    if (rows.disputeOpen()) {
      throw Problem.of(
          409,
          "payment-disputed",
          "This payment is disputed, and its money is held back until that is decided. Accept the"
              + " dispute on the payment processor's pages to give the money back.");
    }
    long left = rows.of(invoiceId).refundable();
    long wanted = amount == null ? left : amount;
    if (wanted > left || wanted == 0) {
      throw Problem.of(
              409,
              "more-than-paid",
              "At most %s of this payment can still be given back."
                  .formatted(charge.texts().money(left, rows.currency())))
          .with("refundable", left);
    }
    return ProcessorUnits.exactly(wanted, rows.currency())
        .orElseThrow(
            () ->
                Problem.invalid(
                    "amount",
                    "The processor gives back %s in steps of ten.".formatted(rows.currency())));
  }

  /** Asks the processor for a refund for the first time. */
  private void begin(String firm, String rowId) {
    waiting(firm, RefundItem.key(rowId)).ifPresent(item -> end(item, made(item)));
  }

  /**
   * Asks for a refund that is still queued, unless the processor has it already.
   *
   * @param key of its item
   * @throws ProcessorFailed if it is still not known what became of it
   */
  public void push(String firm, String key) {
    waiting(firm, key).ifPresent(this::findOrMake);
  }

  /** Whether an item is a refund that has to be asked for. */
  public static boolean is(Item item) {
    return RefundItem.is(item);
  }

  private Optional<Item> waiting(String firm, String key) {
    return table.get(firm, key).filter(DueQueue::holds);
  }

  /**
   * Makes a refund unless it is there. If that is refused it is looked for once more: what an
   * earlier attempt made unseen may have come to light, and be why. Where we may not even look, it
   * will not be known here what became of it.
   */
  private void findOrMake(Item item) {
    try {
      end(item, found(item) || made(item) || found(item));
    } catch (ProcessorFailed failed) {
      if (!ends(item, failed)) {
        throw failed;
      }
      Log.failure(failed, "firmId", item.firm(), "item", item.key());
      Processor.RefundRequest request = RefundItem.request(item);
      booking.neverTold(item.firm(), request.paymentId(), request.rowId());
      table.write(RefundItem.done(item));
    }
  }

  private void end(Item item, boolean made) {
    if (!made) {
      Processor.RefundRequest request = RefundItem.request(item);
      booking.refused(item.firm(), request.paymentId(), request.rowId());
    }
    table.write(RefundItem.done(item));
  }

  /** Whether the processor has it, however it stands; what it tells is booked. */
  private boolean found(Item item) {
    Processor.RefundRequest request = RefundItem.request(item);
    List<ChargeFact.OfRefund> refunds = processor.refunds(request.account(), request.paymentId());
    refunds.forEach(refund -> booking.book(item.firm(), request.paymentId(), refund));
    return refunds.stream().anyMatch(refund -> request.rowId().equals(refund.rowId()));
  }

  /**
   * Has it made.
   *
   * @return false if the processor refuses it for good
   */
  private boolean made(Item item) {
    Processor.RefundRequest request = RefundItem.request(item);
    try {
      booking.book(item.firm(), request.paymentId(), processor.refund(request));
      return true;
    } catch (ProcessorFailed failed) {
      if (ends(item, failed)) {
        return false;
      }
      if (failed.spendsKey()) {
        useAnotherKey(item);
      }
      throw failed;
    }
  }

  /**
   * Whether a failure ends a refund. That we have no access to the account does not as long as it
   * counts as the firm's: perhaps our key is the wrong one.
   */
  private boolean ends(Item item, ProcessorFailed failed) {
    return failed.kind() == ProcessorFailed.Kind.ACCOUNT_LOST
        ? !accounts.isOf(item.firm(), RefundItem.request(item).account())
        : failed.refused();
  }

  private void useAnotherKey(Item item) {
    try {
      table.write(RefundItem.withAnotherKey(item));
    } catch (ConditionFailed anotherAttempt) {
      // It has another key already.
    }
  }
}
