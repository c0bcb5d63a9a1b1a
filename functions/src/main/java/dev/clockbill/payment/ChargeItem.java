package dev.clockbill.payment;

import dev.clockbill.payment.ChargeLedger.Dispute;
import dev.clockbill.payment.ChargeLedger.DisputeState;
import dev.clockbill.payment.ChargeLedger.Refund;
import dev.clockbill.payment.ChargeLedger.RefundState;
import dev.clockbill.payment.ChargeLedger.Share;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A charge as the table keeps it. It leads from a payment at the processor to its invoices, since
 * refunds and disputes name nothing else of ours, and holds what was told of them, perhaps before
 * the payment itself.
 */
final class ChargeItem {
  /** Charges that are not ours are forgotten after the time for which Stripe delivers an event. */
  private static final Duration KEPT = Duration.ofDays(60);

  private ChargeItem() {}

  /** The key of a charge's item. */
  static String key(String paymentId) {
    return "CHARGE#" + paymentId;
  }

  /** Reads a charge; nothing is known of one that is not stored. */
  static ChargeLedger of(String paymentId, Optional<Item> stored) {
    return stored.map(item -> read(paymentId, item)).orElse(ChargeLedger.unknown(paymentId));
  }

  private static ChargeLedger read(String paymentId, Item item) {
    return new ChargeLedger(
        paymentId,
        shares(item),
        item.objects("refunds").stream().map(ChargeItem::refund).toList(),
        item.objects("disputes").stream().map(ChargeItem::dispute).toList(),
        item.number("refundedInAll", 0),
        item.instant("refundedAt"),
        item.number("revision", 0));
  }

  /** One that was kept before charges had shares paid one invoice. */
  private static List<Share> shares(Item item) {
    return item.has("invoiceId")
        ? List.of(new Share(item.text("invoiceId"), 0))
        : item.objects("shares").stream().map(ChargeItem::share).toList();
  }

  private static Share share(Item item) {
    return new Share(item.text("invoiceId"), item.number("units"));
  }

  private static Map<String, Object> share(Share share) {
    return Json.object("invoiceId", share.invoiceId(), "units", share.units());
  }

  private static Refund refund(Item item) {
    return new Refund(
        item.text("rowId"),
        item.text("refundId"),
        item.text("invoiceId"),
        item.number("units"),
        RefundState.of(item.text("state")),
        item.instant("at"));
  }

  private static Dispute dispute(Item item) {
    return new Dispute(
        item.text("disputeId"),
        item.number("units"),
        item.text("currency"),
        DisputeState.of(item.text("state")),
        item.instant("at"));
  }

  /** Keeps a charge, if it has not changed since it was read. */
  static Write kept(String firm, ChargeLedger now) {
    return Write.put(
            firm,
            key(now.paymentId()),
            Json.object(
                "shares", now.shares().stream().map(ChargeItem::share).toList(),
                "refunds", now.refunds().stream().map(ChargeItem::refund).toList(),
                "disputes", now.disputes().stream().map(ChargeItem::dispute).toList(),
                "refundedInAll", now.refundedInAll(),
                "refundedAt", now.refundedAt(),
                "revision", now.revision() + 1,
                "expiresAt", now.booked() ? null : Time.now().plus(KEPT).getEpochSecond()))
        .ifEquals("revision", now.revision() == 0 ? null : now.revision());
  }

  private static Map<String, Object> refund(Refund refund) {
    return Json.object(
        "rowId", refund.rowId(),
        "refundId", refund.refundId(),
        "invoiceId", refund.invoiceId(),
        "units", refund.units(),
        "state", refund.state().word(),
        "at", refund.at());
  }

  private static Map<String, Object> dispute(Dispute dispute) {
    return Json.object(
        "disputeId", dispute.disputeId(),
        "units", dispute.units(),
        "currency", dispute.currency(),
        "state", dispute.state().word(),
        "at", dispute.at());
  }
}
