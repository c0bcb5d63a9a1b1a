package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.ChargeLedger.DisputeState;
import dev.clockbill.payment.ChargeLedger.RefundState;
import dev.clockbill.payment.ChargeLedger.Share;
import dev.clockbill.payment.RowChange.News;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Who is told what when refunds and a dispute of one payment for several invoices become known. */
class RowChangeTest {
  private static final Instant AT = Instant.parse("2026-11-25T09:00:00Z");
  private static final String OURS = "01KAP4T7E8R9S0T1V2W3X4Y5Z6";

  /** A charge of some invoices, and what people were told of it. */
  private static final class Charge {
    private final List<Share> shares;
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    private final Map<String, Map<String, Payment>> kept = new HashMap<>();
    private final Map<String, List<Payment>> mails = new TreeMap<>();
    private final Set<String> succeeded = new TreeSet<>();
    private ChargeRows rows = new ChargeRows(ChargeLedger.unknown("pi_1"), Map.of(), "USD");

    Charge(List<Long> amounts) {
      this.shares = new ArrayList<>();
      amounts.forEach(units -> shares.add(new Share("invoice" + shares.size(), units)));
    }

    void book() {
      for (Share share : shares) {
        payments.put(
            share.invoiceId(),
            Payment.inCheckout("cs_1", "pi_1", Payment.Status.SETTLED, share.units(), "card", AT));
      }
      become(rows.ledger().withShares(shares));
    }

    void with(UnaryOperator<ChargeLedger> step) {
      become(step.apply(rows.ledger()));
    }

    private void become(ChargeLedger ledger) {
      ChargeRows before = rows;
      rows = new ChargeRows(ledger, payments.isEmpty() ? Map.of() : payments, "USD");
      Map<String, List<RowChange>> changes = RowChange.between(before, rows);
      changes.forEach((invoiceId, its) -> its.forEach(change -> keep(invoiceId, change)));
      for (String invoiceId : payments.keySet()) {
        assertThat(kept.get(invoiceId).values())
            .containsExactlyInAnyOrderElementsOf(rows.of(invoiceId).all());
      }
      if (before.payment().isPresent()) {
        assertThat(further(changes)).isEqualTo(cameFurther(before.ledger(), ledger));
      }
      if (!payments.isEmpty()) {
        ledger.refunds().stream()
            .filter(refund -> refund.state() == RefundState.SUCCEEDED)
            .forEach(refund -> succeeded.add(refund.rowId()));
      }
    }

    private void keep(String invoiceId, RowChange change) {
      Map<String, Payment> its = kept.computeIfAbsent(invoiceId, id -> new HashMap<>());
      String rowId = change.row().paymentId();
      assertThat(its.get(rowId)).isEqualTo(change.before().orElse(null));
      change.now().ifPresentOrElse(row -> its.put(rowId, row), () -> its.remove(rowId));
      if (change.news() == News.FURTHER && RefundMail.tells(change.row())) {
        mails.computeIfAbsent(invoiceId, id -> new ArrayList<>()).add(change.row());
      }
    }

    private static Set<String> further(Map<String, List<RowChange>> changes) {
      return changes.values().stream()
          .flatMap(List::stream)
          .filter(change -> change.news() == News.FURTHER)
          .map(change -> change.row().paymentId())
          .filter(rowId -> !ChargeSplit.unnamed(rowId))
          .collect(Collectors.toSet());
    }

    /** What stands otherwise than before, by what was told of it alone. */
    private static Set<String> cameFurther(ChargeLedger before, ChargeLedger now) {
      Map<String, Object> were = states(before);
      Map<String, Object> are = states(now);
      return are.keySet().stream()
          .filter(id -> !Objects.equals(were.get(id), are.get(id)))
          .collect(Collectors.toSet());
    }

    private static Map<String, Object> states(ChargeLedger ledger) {
      Map<String, Object> states = new HashMap<>();
      ledger.refunds().forEach(refund -> states.put(refund.rowId(), refund.state()));
      ledger.disputes().stream()
          .filter(dispute -> DisputeState.OPEN.compareTo(dispute.state()) <= 0)
          .forEach(dispute -> states.put(dispute.disputeId(), dispute.state()));
      return states;
    }

    Map<String, Long> mailed() {
      Map<String, Long> sums = new TreeMap<>();
      mails.values().stream()
          .flatMap(List::stream)
          .forEach(row -> sums.merge(row.paymentId(), row.amount(), Long::sum));
      return sums;
    }
  }

  private static UnaryOperator<ChargeLedger> refund(int n, long units, RefundState state) {
    String rowId = n == 9 ? OURS : null;
    // The higher number was made earlier, so that one which comes to be known may be the first.
    ChargeFact fact = new ChargeFact.OfRefund("re_" + n, rowId, units, state, AT.minusSeconds(n));
    return ledger -> ledger.with(fact);
  }

  private static UnaryOperator<ChargeLedger> dispute(long units, DisputeState state) {
    return ledger -> ledger.with(new ChargeFact.OfDispute("du_1", units, "usd", state, AT));
  }

  private static UnaryOperator<ChargeLedger> all(long units) {
    return ledger -> ledger.with(new ChargeFact.RefundedInAll(units, AT));
  }

  /**
   * In whatever order, and however often, the events of two refunds and a dispute come, before the
   * payment is booked or after: of each refund each invoice gets one mail at most, and the mails of
   * a refund add up to all of it, from the moment at which it was known to have succeeded. What
   * does not hold is that the ledger stays as the mails told: a refund may fail afterwards, of
   * which the owner is told, and its parts may move among the invoices, which their histories say.
   */
  @Property
  void failure19_eachRefundIsMailedOnceAnInvoiceAndInFull(
      @ForAll @Size(min = 2, max = 4) List<@LongRange(min = 1, max = 5_000) Long> amounts,
      @ForAll @LongRange(min = 1, max = 9_000) long first,
      @ForAll @LongRange(min = 1, max = 9_000) long second,
      @ForAll @LongRange(min = 1, max = 9_000) long disputed,
      @ForAll Random random) {
    List<UnaryOperator<ChargeLedger>> events = new ArrayList<>();
    for (RefundState state : RefundState.values()) {
      events.add(refund(1, first, state));
      events.add(refund(2, second, state));
    }
    for (DisputeState state : DisputeState.values()) {
      events.add(dispute(disputed, state));
    }
    events.add(all(first));
    events.add(all(first + second));
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, random);
    List<UnaryOperator<ChargeLedger>> told = events.subList(0, random.nextInt(events.size()));
    int booked = random.nextInt(told.size() + 1);
    Charge charge = new Charge(amounts);
    told.subList(0, booked).forEach(charge::with);
    charge.book();
    told.subList(booked, told.size()).forEach(charge::with);
    assertToldOnceAndInFull(charge);
  }

  /** The same where one of the refunds was asked for here, and perhaps refused at first. */
  @Property
  void failure19_aRefundThatWasAskedForIsMailedOnceToo(
      @ForAll @Size(min = 2, max = 4) List<@LongRange(min = 1, max = 5_000) Long> amounts,
      @ForAll @LongRange(min = 1, max = 9_000) long elsewhere,
      @ForAll Random random) {
    Charge charge = new Charge(amounts);
    charge.book();
    int asked = random.nextInt(amounts.size());
    long units = amounts.get(asked);
    charge.with(ledger -> ledger.asking(OURS, "invoice" + asked, units, AT));
    List<UnaryOperator<ChargeLedger>> events = new ArrayList<>();
    for (RefundState state : RefundState.values()) {
      events.add(refund(1, elsewhere, state));
      events.add(refund(9, units, state));
    }
    events.add(ledger -> ledger.refused(OURS));
    events.add(dispute(elsewhere, DisputeState.OPEN));
    events.add(dispute(elsewhere, DisputeState.LOST));
    events.add(all(elsewhere + units));
    Collections.shuffle(events, random);
    events.subList(0, random.nextInt(events.size())).forEach(charge::with);
    assertToldOnceAndInFull(charge);
  }

  private static void assertToldOnceAndInFull(Charge charge) {
    charge
        .mails
        .values()
        .forEach(
            mails -> assertThat(mails.stream().map(Payment::paymentId)).doesNotHaveDuplicates());
    ChargeLedger ledger = charge.rows.ledger();
    Map<String, Long> succeeded = new TreeMap<>();
    ledger.refunds().stream()
        .filter(refund -> charge.succeeded.contains(refund.rowId()))
        .forEach(refund -> succeeded.put(refund.rowId(), refund.units()));
    assertThat(charge.mailed()).isEqualTo(succeeded);
  }

  @Test
  void aShareThatMovesSinceAnotherRefundFailedIsNoNews() {
    Charge charge = new Charge(List.of(6_000L, 4_000L));
    charge.book();
    charge.with(refund(2, 6_000, RefundState.SUCCEEDED));
    charge.with(refund(1, 1_000, RefundState.SUCCEEDED));
    ChargeRows before = charge.rows;
    charge.with(refund(2, 6_000, RefundState.FAILED));
    Map<String, List<String>> changes = new TreeMap<>();
    RowChange.between(before, charge.rows)
        .forEach(
            (invoiceId, its) ->
                changes.put(invoiceId, its.stream().map(RowChangeTest::said).toList()));
    assertThat(changes)
        .isEqualTo(
            Map.of(
                "invoice0", List.of("re_2 FURTHER 0", "re_1 OTHER_SHARE 1000"),
                "invoice1", List.of("re_1 OTHER_SHARE -1000")));
  }

  @Test
  void refundsThatGetTheirNamesAreToldAndTheSumTheyCameFromIsNot() {
    Charge charge = new Charge(List.of(6_000L, 4_000L));
    charge.book();
    charge.with(all(7_000));
    ChargeRows before = charge.rows;
    charge.with(refund(1, 7_000, RefundState.SUCCEEDED));
    assertThat(
            RowChange.between(before, charge.rows).values().stream()
                .flatMap(List::stream)
                .map(RowChangeTest::said))
        .containsExactly(
            "re_1 FURTHER 6000",
            "pi_1-refunded NONE -6000",
            "re_1 FURTHER 1000",
            "pi_1-refunded NONE -1000");
  }

  private static String said(RowChange change) {
    return Stream.of(change.row().paymentId(), change.news(), change.more())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
