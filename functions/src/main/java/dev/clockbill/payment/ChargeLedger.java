package dev.clockbill.payment;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known of the money of one charge after it was paid: its refunds, its disputes,
 * and what was refunded without our knowing by which refund. Pure rules; amounts are in the
 * processor's units.
 *
 * <p>It is the same whatever the order in which the facts are told and however often: a refund and
 * a dispute only ever come further, and of the sums refunded in all the greatest counts. What that
 * one exceeds the refunds by which are known by name was refunded by one whose own event has not
 * come yet; a refund that gets its name takes over from it. Failed refunds are part of both sums,
 * so a late event invents nothing.
 *
 * @param paymentId the processor's id of the payment, {@code pi_…}
 * @param shares what it paid of each invoice; none while that is not booked, or if it is not ours
 * @param refunds in the order in which they were made
 * @param disputes in the order in which they were opened
 * @param refundedInAll the greatest sum that was told
 * @param refundedAt when that was told
 * @param revision counts the changes of what is kept
 */
@RecordBuilder
record ChargeLedger(
    String paymentId,
    List<Share> shares,
    List<Refund> refunds,
    List<Dispute> disputes,
    long refundedInAll,
    Instant refundedAt,
    long revision)
    implements ChargeLedgerBuilder.With {

  /**
   * What the charge paid of one invoice.
   *
   * @param units 0 for one that was kept before charges had shares: it is the only one
   */
  record Share(String invoiceId, long units) {}

  /** Whether its payment is booked. */
  boolean booked() {
    return !shares.isEmpty();
  }

  /**
   * Whether something else is known of it. Where that is plain, records are not compared: the JVM
   * makes the code that does so when it is first used, which takes a starting function longer than
   * all else that it does with a payment.
   */
  boolean differs(ChargeLedger other) {
    return booked() != other.booked() || !equals(other);
  }

  /** How far a refund has come, from the least to the most final. */
  enum RefundState {
    /** The money is on its way back. */
    PENDING("pending"),
    /** The processor has paid it out; it may fail all the same, days later. */
    SUCCEEDED("succeeded"),
    /** The money did not reach the customer, or never left. */
    FAILED("failed");

    private final String word;

    RefundState(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static RefundState of(String word) {
      return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst().orElseThrow();
    }

    /**
     * The state that the processor's word means. Source: Stripe's OpenAPI file, {@code refund}: the
     * status is {@code pending}, {@code requires_action}, {@code succeeded}, {@code failed} or
     * {@code canceled}, but declared as any text, or null. A refund whose state cannot be read is
     * there all the same, and not known to have ended.
     */
    static RefundState told(String word) {
      return switch (word) {
        case "succeeded" -> SUCCEEDED;
        case "failed", "canceled" -> FAILED;
        case null, default -> PENDING;
      };
    }
  }

  /** How far a dispute has come, from the least to the most final. */
  enum DisputeState {
    /** The bank only asks; no money has moved. */
    INQUIRY("inquiry"),
    /** The inquiry ended without more. */
    INQUIRY_CLOSED("inquiryClosed"),
    /** It is to be decided; the processor keeps the money meanwhile. */
    OPEN("open"),
    /** The money went back to the customer. */
    LOST("lost"),
    /** The money is the firm's: it was won, even after it was lost, or never became a dispute. */
    WON("won");

    private final String word;

    DisputeState(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static DisputeState of(String word) {
      return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst().orElseThrow();
    }

    /**
     * The state that the processor's word means. Source: Stripe's API reference, "The Dispute
     * object": {@code warning_needs_response}, {@code warning_under_review}, {@code
     * warning_closed}, {@code needs_response}, {@code under_review}, {@code won}, {@code lost} or
     * {@code prevented}.
     *
     * @param wentBack whether the money of one that was prevented went back to the customer
     */
    static Optional<DisputeState> told(String word, boolean wentBack) {
      return switch (word) {
        case "warning_needs_response", "warning_under_review" -> Optional.of(INQUIRY);
        case "warning_closed" -> Optional.of(INQUIRY_CLOSED);
        case "needs_response", "under_review" -> Optional.of(OPEN);
        case "lost" -> Optional.of(LOST);
        case "won" -> Optional.of(WON);
        case "prevented" -> Optional.of(wentBack ? LOST : WON);
        case null, default -> Optional.empty();
      };
    }
  }

  /**
   * A refund.
   *
   * @param rowId of its row in the ledger: our own id if we asked for it, else the processor's
   * @param refundId the processor's; null while we do not know that it exists there
   * @param invoiceId the invoice of which it was asked for here; null if it was made elsewhere
   */
  record Refund(
      String rowId, String refundId, String invoiceId, long units, RefundState state, Instant at) {
    /** Whether the processor never had it. */
    boolean neverMade() {
      return refundId == null && state == RefundState.FAILED;
    }

    /** What the processor tells of it; that one try was refused says nothing against that. */
    private Refund told(ChargeFact.OfRefund fact) {
      RefundState now = refundId == null ? fact.state() : further(state, fact.state());
      return new Refund(rowId, fact.refundId(), invoiceId, fact.units(), now, at);
    }
  }

  /**
   * A dispute.
   *
   * @param currency of its amount, in lower case
   */
  record Dispute(String disputeId, long units, String currency, DisputeState state, Instant at) {}

  /** Nothing is known of a charge. */
  static ChargeLedger unknown(String paymentId) {
    return new ChargeLedger(paymentId, List.of(), List.of(), List.of(), 0, null, 0);
  }

  /** The same with a fact; equal if it was known. */
  ChargeLedger with(ChargeFact fact) {
    return switch (fact) {
      case ChargeFact.OfRefund refund -> with(refund);
      case ChargeFact.OfDispute dispute -> with(dispute);
      case ChargeFact.RefundedInAll all ->
          all.units() <= refundedInAll
              ? this
              : withRefundedInAll(all.units()).withRefundedAt(all.at());
    };
  }

  private ChargeLedger with(ChargeFact.OfRefund fact) {
    Optional<Refund> known =
        refunds.stream()
            .filter(refund -> fact.refundId().equals(refund.refundId()))
            .findFirst()
            .or(() -> asked(fact.rowId()));
    return known
        .map(refund -> replacing(refund, refund.told(fact)))
        .orElseGet(
            () ->
                adding(
                    new Refund(
                        fact.refundId(),
                        fact.refundId(),
                        null,
                        fact.units(),
                        fact.state(),
                        fact.at())));
  }

  /** The refund that we asked for under an id, if nobody told what became of it. */
  private Optional<Refund> asked(String rowId) {
    return refund(rowId).filter(refund -> refund.refundId() == null);
  }

  private ChargeLedger with(ChargeFact.OfDispute fact) {
    Dispute told =
        new Dispute(fact.disputeId(), fact.units(), fact.currency(), fact.state(), fact.at());
    Comparator<Dispute> further =
        Comparator.comparing(Dispute::state).thenComparing(Dispute::units);
    Dispute furthest =
        disputes.stream()
            .filter(each -> each.disputeId().equals(fact.disputeId()))
            .reduce(told, (one, other) -> further.compare(one, other) >= 0 ? one : other);
    return withDisputes(
        Stream.concat(
                disputes.stream().filter(each -> !each.disputeId().equals(fact.disputeId())),
                Stream.of(furthest))
            .sorted(Comparator.comparing(Dispute::at).thenComparing(Dispute::disputeId))
            .toList());
  }

  /** The refund whose row has this id. */
  Optional<Refund> refund(String rowId) {
    return refunds.stream().filter(refund -> refund.rowId().equals(rowId)).findFirst();
  }

  /** The same with a refund of an invoice that the processor is to be asked for. */
  ChargeLedger asking(String rowId, String invoiceId, long units, Instant at) {
    return adding(new Refund(rowId, null, invoiceId, units, RefundState.PENDING, at));
  }

  /** The same where the processor refused a refund for good; one that it told of stays. */
  ChargeLedger refused(String rowId) {
    return asked(rowId)
        .map(
            refund ->
                replacing(
                    refund,
                    new Refund(
                        rowId,
                        null,
                        refund.invoiceId(),
                        refund.units(),
                        RefundState.FAILED,
                        refund.at())))
        .orElse(this);
  }

  private ChargeLedger replacing(Refund before, Refund now) {
    List<Refund> changed = new ArrayList<>(refunds);
    changed.set(changed.indexOf(before), now);
    return withRefunds(List.copyOf(changed));
  }

  private ChargeLedger adding(Refund refund) {
    return withRefunds(
        Stream.concat(refunds.stream(), Stream.of(refund))
            .sorted(Comparator.comparing(Refund::at).thenComparing(Refund::rowId))
            .toList());
  }

  /** What was refunded in all beyond the refunds that are known by name. */
  long unnamed() {
    long named =
        refunds.stream().filter(refund -> !refund.neverMade()).mapToLong(Refund::units).sum();
    return Math.max(0, refundedInAll - named);
  }

  /**
   * How much went back to the customer, in the processor's units: refunds that have succeeded, and
   * disputes that were lost.
   *
   * @param currency in lower case
   */
  long wentBack(String currency) {
    long refunded =
        refunds.stream()
            .filter(refund -> refund.state() == RefundState.SUCCEEDED)
            .mapToLong(Refund::units)
            .sum();
    long lost =
        disputes.stream()
            .filter(dispute -> dispute.state() == DisputeState.LOST)
            .filter(dispute -> dispute.currency().equals(currency))
            .mapToLong(Dispute::units)
            .sum();
    return refunded + unnamed() + lost;
  }

  private static <S extends Comparable<S>> S further(S one, S other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
