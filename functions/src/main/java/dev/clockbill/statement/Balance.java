package dev.clockbill.statement;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a customer has to pay in one currency: a pure sum of what is due of the open invoices. So it
 * is the totals of all invoices that are not void less what was paid of them, as long as nobody has
 * paid more than was due.
 *
 * @param due minor units
 * @param overdue how much of it
 * @param invoices of how many invoices
 */
record Balance(String currency, long due, long overdue, int invoices) {

  /** The balances of open invoices, by the code of the currency; none where nothing is open. */
  static List<Balance> of(List<Invoice> open, LocalDate today) {
    return open.stream()
        .collect(Collectors.groupingBy(Invoice::currency, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(each -> of(each.getKey(), each.getValue(), today))
        .toList();
  }

  private static Balance of(String currency, List<Invoice> open, LocalDate today) {
    return new Balance(
        currency,
        open.stream().mapToLong(Invoice::amountDue).sum(),
        open.stream().filter(each -> each.overdue(today)).mapToLong(Invoice::amountDue).sum(),
        open.size());
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object(
        "currency", currency, "due", due, "overdue", overdue, "openInvoices", invoices);
  }
}
