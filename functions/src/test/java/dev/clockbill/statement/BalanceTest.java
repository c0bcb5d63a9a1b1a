package dev.clockbill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BalanceTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-30");
  private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY");

  /** An invoice after a random history of payments and refunds, perhaps void. */
  private static Invoice invoice(Random random, int n) {
    long total = random.nextInt(50_000);
    long paid = 0;
    for (int payments = random.nextInt(4); payments > 0; payments--) {
      paid += random.nextLong(total - paid + 1);
      paid -= random.nextBoolean() ? 0 : random.nextLong(paid + 1);
    }
    boolean voided = paid == 0 && random.nextInt(4) == 0;
    return InvoiceBuilder.builder()
        .invoiceId("invoice" + n)
        .currency(CURRENCIES.get(random.nextInt(CURRENCIES.size())))
        .total(total)
        .amountPaid(paid)
        .state(voided ? InvoiceState.VOID : InvoiceState.byPayment(total, paid))
        .dueOn(TODAY.minusDays(random.nextInt(20) - 10))
        .build();
  }

  @Property
  void theBalanceIsWhatWasBilledLessWhatWasPaid(
      @ForAll @IntRange(max = 30) int count, @ForAll Random random) {
    List<Invoice> all = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      all.add(invoice(random, n));
    }
    Map<String, Long> owed = new TreeMap<>();
    all.stream()
        .filter(each -> each.state() != InvoiceState.VOID)
        .forEach(each -> owed.merge(each.currency(), each.total() - each.amountPaid(), Long::sum));
    owed.values().removeIf(sum -> sum == 0);
    List<Balance> balances =
        Balance.of(all.stream().filter(each -> each.state().payable()).toList(), TODAY);
    Map<String, Long> said = new TreeMap<>();
    balances.forEach(balance -> said.put(balance.currency(), balance.due()));
    assertThat(said).isEqualTo(owed);
    assertThat(balances)
        .allSatisfy(balance -> assertThat(balance.overdue()).isBetween(0L, balance.due()));
  }
}
