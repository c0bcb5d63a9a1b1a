package dev.clockbill.payment;

import dev.clockbill.invoice.Payment.Kind;
import dev.clockbill.invoice.Payment.Status;
import dev.clockbill.payment.ChargeLedger.Dispute;
import dev.clockbill.payment.ChargeLedger.DisputeState;
import dev.clockbill.payment.ChargeLedger.Refund;
import dev.clockbill.payment.ChargeLedger.RefundState;
import dev.clockbill.payment.ChargeLedger.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How what was taken back of a charge is shared by the invoices that it paid: a pure rule, the same
 * whatever the order in which the facts were told.
 *
 * <p>A refund that was asked for here is its invoice's. What was refunded on the processor's own
 * pages, which name no invoice, is taken off the shares in their order: each gives what is left of
 * it before the next one gives anything, and none more than it had. A dispute takes what was not
 * refunded in the same way, and only what it exceeds that from what was refunded as well. The last
 * share takes whatever the others do not hold. All amounts are in the processor's units, so the
 * parts of each refund and dispute add up to it exactly.
 */
final class ChargeSplit {
  /** What comes after the payment's id in the id of the row for refunds without a name. */
  private static final String UNNAMED = "-refunded";

  /**
   * A part that one invoice bears.
   *
   * @param rowId of the refund or the dispute
   * @param units the processor's; null for all that was paid of the invoice
   */
  record Part(String rowId, Kind kind, Status status, Long units, Instant at) {}

  private final ChargeLedger ledger;
  private final String currency;
  private final List<Share> shares;
  private final long[] left;
  private final Map<String, List<Part>> parts = new LinkedHashMap<>();

  private ChargeSplit(ChargeLedger ledger, String currency) {
    this.ledger = ledger;
    this.currency = currency.toLowerCase(Locale.ROOT);
    this.shares = ledger.shares();
    this.left = shares.stream().mapToLong(Share::units).toArray();
    shares.forEach(share -> parts.put(share.invoiceId(), new ArrayList<>()));
  }

  /** The parts of each invoice: refunds in the order in which they were made, then disputes. */
  static Map<String, List<Part>> of(ChargeLedger ledger, String currency) {
    return new ChargeSplit(ledger, currency).split();
  }

  /** Whether a row stands for refunds whose own events have not come yet. */
  static boolean unnamed(String rowId) {
    return rowId.endsWith(UNNAMED);
  }

  private Map<String, List<Part>> split() {
    if (shares.isEmpty()) {
      return parts;
    }
    Map<Refund, long[]> refunds = new LinkedHashMap<>();
    ledger
        .refunds()
        .forEach(refund -> own(refund).ifPresent(at -> refunds.put(refund, all(at, refund))));
    ledger.refunds().stream()
        .filter(refund -> !refunds.containsKey(refund))
        .forEach(refund -> refunds.put(refund, inOrder(refund.units(), counts(refund))));
    ledger.refunds().forEach(refund -> add(refund, refunds.get(refund)));
    unnamed();
    ledger.disputes().forEach(this::dispute);
    return parts;
  }

  /** Which share a refund was asked for of. */
  private Optional<Integer> own(Refund refund) {
    for (int share = 0; share < shares.size(); share++) {
      if (shares.get(share).invoiceId().equals(refund.invoiceId())) {
        return Optional.of(share);
      }
    }
    return Optional.empty();
  }

  private long[] all(int share, Refund refund) {
    long[] taken = new long[left.length];
    taken[share] = refund.units();
    if (counts(refund)) {
      left[share] -= refund.units();
    }
    return taken;
  }

  private static boolean counts(Refund refund) {
    return refund.state() != RefundState.FAILED;
  }

  /** Takes an amount off the shares in their order; if it does not count, they keep it. */
  private long[] inOrder(long units, boolean counts) {
    long[] taken = new long[left.length];
    end(taken, take(units, left, taken), counts);
    return taken;
  }

  /** Has each share in its turn give what it holds; gives what they do not hold. */
  private static long take(long units, long[] held, long[] taken) {
    long rest = units;
    for (int share = 0; share < held.length; share++) {
      long part = Math.clamp(rest, 0, Math.max(0, held[share]));
      taken[share] += part;
      rest -= part;
    }
    return rest;
  }

  /** Has the last share bear what none of them holds; if all of it counts, they have it no more. */
  private void end(long[] taken, long rest, boolean counts) {
    taken[taken.length - 1] += rest;
    for (int share = 0; counts && share < left.length; share++) {
      left[share] -= taken[share];
    }
  }

  private void add(Refund refund, long[] taken) {
    Status status =
        switch (refund.state()) {
          case PENDING -> Status.PROCESSING;
          case SUCCEEDED -> Status.SETTLED;
          case FAILED -> Status.FAILED;
        };
    add(refund.rowId(), Kind.REFUND, status, taken, refund.at());
  }

  private void unnamed() {
    long units = ledger.unnamed();
    if (units > 0) {
      String rowId = ledger.paymentId() + UNNAMED;
      add(rowId, Kind.REFUND, Status.SETTLED, inOrder(units, true), ledger.refundedAt());
    }
  }

  /** An inquiry has no row: no money has moved. */
  private void dispute(Dispute dispute) {
    Optional<Status> status =
        switch (dispute.state()) {
          case INQUIRY, INQUIRY_CLOSED -> Optional.empty();
          case OPEN -> Optional.of(Status.PROCESSING);
          case LOST -> Optional.of(Status.SETTLED);
          case WON -> Optional.of(Status.FAILED);
        };
    status.ifPresent(word -> dispute(dispute, word));
  }

  /** In another currency than the invoices', all that was paid is disputed. */
  private void dispute(Dispute dispute, Status status) {
    if (!currency.equals(dispute.currency())) {
      shares.forEach(
          share ->
              parts
                  .get(share.invoiceId())
                  .add(new Part(dispute.disputeId(), Kind.DISPUTE, status, null, dispute.at())));
      return;
    }
    long[] taken = new long[left.length];
    long rest = take(dispute.units(), left, taken);
    long[] refunded = new long[left.length];
    Arrays.setAll(refunded, share -> shares.get(share).units() - taken[share]);
    end(taken, take(rest, refunded, taken), dispute.state() != DisputeState.WON);
    add(dispute.disputeId(), Kind.DISPUTE, status, taken, dispute.at());
  }

  private void add(String rowId, Kind kind, Status status, long[] taken, Instant at) {
    for (int share = 0; share < taken.length; share++) {
      if (taken[share] != 0) {
        parts
            .get(shares.get(share).invoiceId())
            .add(new Part(rowId, kind, status, taken[share], at));
      }
    }
  }
}
