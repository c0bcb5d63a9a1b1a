package dev.clockbill.payment;

import java.time.Instant;

/**
 * What the processor tells of a charge after it was paid: one refund, one dispute, or how much was
 * refunded in all. Amounts are in the processor's units, which mean nothing without a currency.
 *
 * <p>A fact says how something stands, not what has changed, so it may be told twice and in any
 * order: {@link ChargeLedger#with}.
 */
sealed interface ChargeFact {

  /**
   * How a refund stands.
   *
   * @param refundId the processor's, {@code re_…}
   * @param rowId the id that we gave it when we asked for it; null if it was made elsewhere
   * @param at when it was made
   */
  record OfRefund(
      String refundId, String rowId, long units, ChargeLedger.RefundState state, Instant at)
      implements ChargeFact {}

  /**
   * How much was refunded of the charge in all, failed refunds perhaps included: all that the event
   * {@code charge.refunded} tells, since its charge does not list its refunds (Stripe's changelog
   * of 2022-11-15; {@code refund.created} names each, changelog of 2024-10-28).
   *
   * @param at when that was so
   */
  record RefundedInAll(long units, Instant at) implements ChargeFact {}

  /**
   * How a dispute stands.
   *
   * @param disputeId the processor's, {@code du_…} or {@code dp_…}
   * @param currency of the amount, in lower case; it may be another one than the charge's
   * @param at when it was opened
   */
  record OfDispute(
      String disputeId, long units, String currency, ChargeLedger.DisputeState state, Instant at)
      implements ChargeFact {}
}
