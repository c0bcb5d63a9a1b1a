package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.ChargeLedger.DisputeState;
import dev.clockbill.payment.ChargeLedger.RefundState;
import dev.clockbill.payment.ChargeLedger.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChargeLedgerTest {
  private static final long PAID = 10_000;
  private static final Instant AT = Instant.parse("2026-11-25T09:00:00Z");
  private static final String OURS = "01KAP4T7E8R9S0T1V2W3X4Y5Z6";
  private static final String INVOICE = "01KAP4T7E8R9S0T1V2W3X4Y5Z7";
  private static final List<Share> SOLE = List.of(new Share(INVOICE, PAID));
  private static final ChargeLedger NOTHING = ChargeLedger.unknown("pi_1");

  private static ChargeFact refund(String id, long units, RefundState state) {
    return new ChargeFact.OfRefund(id, null, units, state, AT);
  }

  private static ChargeFact ours(String id, long units, RefundState state) {
    return new ChargeFact.OfRefund(id, OURS, units, state, AT);
  }

  private static ChargeFact all(long units) {
    return new ChargeFact.RefundedInAll(units, AT);
  }

  private static ChargeFact dispute(long units, DisputeState state) {
    return new ChargeFact.OfDispute("du_1", units, "usd", state, AT);
  }

  private static ChargeLedger told(ChargeLedger ledger, ChargeFact... facts) {
    return told(ledger, List.of(facts));
  }

  private static ChargeLedger told(ChargeLedger ledger, List<ChargeFact> facts) {
    ChargeLedger now = ledger;
    for (ChargeFact fact : facts) {
      now = now.with(fact);
    }
    return now;
  }

  private static ChargeRows.OfInvoice rows(ChargeLedger ledger) {
    return charge(ledger).of(INVOICE);
  }

  private static ChargeRows charge(ChargeLedger ledger) {
    Payment payment = Payment.inCheckout("cs_1", "pi_1", Payment.Status.SETTLED, PAID, "card", AT);
    return new ChargeRows(ledger.withShares(SOLE), Map.of(INVOICE, payment), "USD");
  }

  private static List<String> shown(ChargeLedger ledger) {
    return rows(ledger).takenBack().stream()
        .map(row -> row.paymentId() + " " + row.status().word() + " " + row.amount())
        .toList();
  }

  @Test
  void aSumWithoutNamesIsARowUntilItsRefundsAreNamed() {
    ChargeLedger told = told(NOTHING, all(3_000));
    assertThat(shown(told)).containsExactly("pi_1-refunded settled 3000");
    told = told(told, refund("re_1", 1_000, RefundState.SUCCEEDED));
    assertThat(shown(told)).containsExactly("re_1 settled 1000", "pi_1-refunded settled 2000");
    told = told(told, refund("re_2", 2_000, RefundState.PENDING));
    assertThat(shown(told)).containsExactly("re_1 settled 1000", "re_2 processing 2000");
  }

  @Test
  void lateNewsOfARefundThatFailedInventsNothing() {
    ChargeLedger told = told(NOTHING, refund("re_1", 3_000, RefundState.FAILED), all(3_000));
    assertThat(shown(told)).containsExactly("re_1 failed 3000");
    assertThat(rows(told).paid()).isEqualTo(PAID);
    assertThat(rows(told).refundable()).isEqualTo(PAID);
  }

  @Test
  void whatWeAskedForIsOneRowUnderOurOwnId() {
    ChargeLedger asked = NOTHING.asking(OURS, INVOICE, 3_000, AT);
    assertThat(shown(told(asked, all(3_000)))).containsExactly(OURS + " processing 3000");
    ChargeLedger told = told(asked, all(3_000), ours("re_1", 3_000, RefundState.SUCCEEDED));
    assertThat(shown(told)).containsExactly(OURS + " settled 3000");
    assertThat(told(told, refund("re_1", 3_000, RefundState.FAILED)).refunds())
        .singleElement()
        .satisfies(refund -> assertThat(refund.state()).isEqualTo(RefundState.FAILED));
  }

  @Test
  void aSecondRefundThatBearsOurIdIsARowOfItsOwn() {
    ChargeLedger told =
        told(
            NOTHING.asking(OURS, INVOICE, 3_000, AT),
            ours("re_1", 3_000, RefundState.SUCCEEDED),
            ours("re_2", 3_000, RefundState.SUCCEEDED));
    assertThat(shown(told)).containsExactly(OURS + " settled 3000", "re_2 settled 3000");
  }

  @Test
  void anIdOfOursThatNobodyAskedUnderNamesNoRowOfOurs() {
    assertThat(shown(told(NOTHING, ours("re_1", 3_000, RefundState.SUCCEEDED))))
        .containsExactly("re_1 settled 3000");
  }

  @Test
  void aRefusalDoesNotUndoWhatWasTold() {
    ChargeLedger asked = NOTHING.asking(OURS, INVOICE, 3_000, AT);
    assertThat(shown(asked.refused(OURS))).containsExactly(OURS + " failed 3000");
    assertThat(rows(asked.refused(OURS)).refundable()).isEqualTo(PAID);
    ChargeLedger told = told(asked, ours("re_1", 3_000, RefundState.SUCCEEDED));
    assertThat(told.refused(OURS)).isEqualTo(told);
    // What was refused was never made, so a sum that is told later is of others.
    assertThat(shown(told(asked.refused(OURS), all(3_000))))
        .containsExactly(OURS + " failed 3000", "pi_1-refunded settled 3000");
  }

  @Test
  void aDisputeGoesFromInquiryToItsEndAndMayBeWonAfterAll() {
    assertThat(shown(told(NOTHING, dispute(PAID, DisputeState.INQUIRY)))).isEmpty();
    ChargeLedger open = told(NOTHING, dispute(PAID, DisputeState.OPEN));
    assertThat(rows(open).disputed()).isTrue();
    assertThat(charge(open).disputeOpen()).isTrue();
    assertThat(rows(open).paid()).isEqualTo(PAID);
    ChargeLedger lost = told(open, dispute(PAID, DisputeState.LOST));
    assertThat(rows(lost).paid()).isZero();
    assertThat(told(lost, dispute(PAID, DisputeState.OPEN))).isEqualTo(lost);
    ChargeLedger won = told(lost, dispute(PAID, DisputeState.WON));
    assertThat(rows(won).disputed()).isFalse();
    assertThat(rows(won).paid()).isEqualTo(PAID);
  }

  @Test
  void nothingHasRowsBeforeThePaymentIsBooked() {
    ChargeLedger told = told(NOTHING, all(3_000), dispute(PAID, DisputeState.LOST));
    ChargeRows.OfInvoice unbooked = new ChargeRows(told, Map.of(), "USD").of(INVOICE);
    assertThat(unbooked.all()).isEmpty();
    assertThat(unbooked.paid()).isZero();
    assertThat(unbooked.refundable()).isZero();
  }

  @Property
  void failure13_anyOrderAndAnyRepetitionGiveTheSame(
      @ForAll @Size(min = 1, max = 12) List<@From("facts") ChargeFact> facts,
      @ForAll Random random) {
    ChargeLedger asked = NOTHING.asking(OURS, INVOICE, 1_000, AT);
    List<ChargeFact> again = new ArrayList<>(facts);
    facts.stream().filter(fact -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(told(asked, again)).isEqualTo(told(asked, facts));
  }

  /** The first try may have had no answer, so that another one was refused. */
  @Property
  void failure13_aRefusalAmongTheFactsUndoesNoneOfThem(
      @ForAll @Size(max = 8) List<@From("facts") ChargeFact> facts, @ForAll Random random) {
    ChargeLedger asked = NOTHING.asking(OURS, INVOICE, 1_000, AT);
    List<ChargeFact> shuffled = new ArrayList<>(facts);
    Collections.shuffle(shuffled, random);
    int at = random.nextInt(facts.size() + 1);
    ChargeLedger refusedAmong = told(asked, shuffled.subList(0, at)).refused(OURS);
    assertThat(told(refusedAmong, shuffled.subList(at, facts.size())))
        .isEqualTo(told(asked, facts).refused(OURS));
  }

  @Property
  void theSumsStayBetweenNothingAndWhatWasPaid(
      @ForAll @Size(max = 12) List<@From("facts") ChargeFact> facts) {
    ChargeRows.OfInvoice rows = rows(told(NOTHING, facts));
    assertThat(rows.paid()).isBetween(0L, PAID);
    assertThat(rows.refundable()).isBetween(0L, rows.paid());
    assertThat(rows.all().stream().map(Payment::paymentId)).doesNotHaveDuplicates();
  }

  /** Whatever was told, each refund and dispute is shared by the invoices without a rest. */
  @Property
  void failure19_theSharesOfInvoicesPaidAtOnceAddUpToTheCharge(
      @ForAll @Size(max = 12) List<@From("facts") ChargeFact> facts,
      @ForAll @Size(min = 2, max = 5) List<@LongRange(min = 1, max = 5_000) Long> amounts,
      @ForAll Random random) {
    List<Share> shares = new ArrayList<>();
    amounts.forEach(units -> shares.add(new Share("invoice" + shares.size(), units)));
    String own = shares.get(random.nextInt(shares.size())).invoiceId();
    ChargeLedger asked = NOTHING.withShares(shares).asking(OURS, own, 1, AT);
    ChargeLedger ledger = told(asked, facts);
    Map<String, Long> parts = new TreeMap<>();
    ChargeSplit.of(ledger, "USD").values().stream()
        .flatMap(List::stream)
        .forEach(part -> parts.merge(part.rowId(), part.units(), Long::sum));
    Map<String, Long> whole = new TreeMap<>();
    ledger.refunds().forEach(refund -> whole.put(refund.rowId(), refund.units()));
    ledger.disputes().stream()
        .filter(dispute -> DisputeState.OPEN.compareTo(dispute.state()) <= 0)
        .forEach(dispute -> whole.put(dispute.disputeId(), dispute.units()));
    if (ledger.unnamed() > 0) {
      whole.put("pi_1-refunded", ledger.unnamed());
    }
    assertThat(parts).isEqualTo(whole);
    List<ChargeFact> shuffled = new ArrayList<>(facts);
    Collections.shuffle(shuffled, random);
    assertThat(ChargeSplit.of(told(asked, shuffled), "USD"))
        .isEqualTo(ChargeSplit.of(ledger, "USD"));
  }

  @Test
  void whatWasRefundedElsewhereIsTakenOffTheSharesInTheirOrder() {
    ChargeLedger two = NOTHING.withShares(List.of(new Share("a", 6_000), new Share("b", 4_000)));
    ChargeLedger told =
        told(
            two.asking(OURS, "b", 500, AT),
            refund("re_1", 7_000, RefundState.SUCCEEDED),
            dispute(2_500, DisputeState.LOST));
    assertThat(parts(told, "a")).containsExactly("re_1 6000");
    assertThat(parts(told, "b")).containsExactly(OURS + " 500", "re_1 1000", "du_1 2500");
  }

  private static List<String> parts(ChargeLedger ledger, String invoiceId) {
    return ChargeSplit.of(ledger, "USD").get(invoiceId).stream()
        .map(part -> part.rowId() + " " + part.units())
        .toList();
  }

  /** Refunds have the amount that their id says, as at the processor, where it never changes. */
  @Provide
  static Arbitrary<ChargeFact> facts() {
    Arbitrary<ChargeFact> refunds =
        Combinators.combine(Arbitraries.of(1, 2, 3), Arbitraries.of(RefundState.class))
            .as((n, state) -> refund("re_" + n, n * 1_000L, state));
    Arbitrary<ChargeFact> asked =
        Arbitraries.of(RefundState.class).map(state -> ours("re_9", 1_000, state));
    Arbitrary<ChargeFact> sums = Arbitraries.longs().between(0, PAID).map(ChargeLedgerTest::all);
    Arbitrary<ChargeFact> disputes =
        Combinators.combine(Arbitraries.of(2_000L, PAID), Arbitraries.of(DisputeState.class))
            .as(ChargeLedgerTest::dispute);
    return Arbitraries.oneOf(Stream.of(refunds, asked, sums, disputes).toList());
  }
}
