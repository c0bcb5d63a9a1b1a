package dev.clockbill.report;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * How customers stand: unbilled time, what is still due of invoices, how much of it is overdue, and
 * when something last happened. Sums are in the firm's currency, others apart. What they cost grows
 * with what is unbilled and open in the firm, and not with what is done.
 */
public final class CustomerSums {
  /** How many customers' latest activity is looked up at once. */
  private static final int AT_ONCE = 16;

  private final Table table;
  private final ReportStore store;

  /** Adds up what is in this table. */
  public CustomerSums(Table table) {
    this.table = table;
    this.store = new ReportStore(table);
  }

  private record Sum(long unbilled, long open, long overdue) {
    private Map<String, Object> json() {
      return Json.object("unbilled", unbilled, "open", open, "overdue", overdue);
    }
  }

  /** A customer with their sums, as responses show them. */
  public Map<String, Object> shown(String firm, Customer customer) {
    return shown(
        store.firm(firm),
        customer,
        store.unbilled(firm, customer.customerId()),
        store.open(firm, customer.customerId()),
        lastActivity(firm, customer.customerId()));
  }

  /** A customer who is only made: there is nothing to add up. */
  public Map<String, Object> ofNew(String firm, Customer customer) {
    return shown(store.firm(firm), customer, List.of(), List.of(), null);
  }

  /** The same for a page of customers, from one reading of what is unbilled and open. */
  public List<Map<String, Object>> shown(String firm, List<Customer> customers) {
    FirmSettings settings = store.firm(firm);
    Map<String, List<TimeEntry>> unbilled =
        store.unbilled(firm).stream().collect(Collectors.groupingBy(TimeEntry::customerId));
    Map<String, List<Invoice>> open =
        store.open(firm).stream()
            .collect(Collectors.groupingBy(invoice -> invoice.customer().customerId()));
    return customers.stream()
        .gather(
            Gatherers.mapConcurrent(
                AT_ONCE,
                customer ->
                    shown(
                        settings,
                        customer,
                        unbilled.getOrDefault(customer.customerId(), List.of()),
                        open.getOrDefault(customer.customerId(), List.of()),
                        lastActivity(firm, customer.customerId()))))
        .toList();
  }

  private static Map<String, Object> shown(
      FirmSettings firm,
      Customer customer,
      List<TimeEntry> unbilled,
      List<Invoice> open,
      Instant lastActivity) {
    LocalDate today = firm.day(Time.now());
    TreeSet<String> currencies = new TreeSet<>();
    unbilled.forEach(entry -> currencies.add(entry.currency()));
    open.forEach(invoice -> currencies.add(invoice.currency()));
    currencies.remove(firm.currency());
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put("currency", firm.currency());
    sums.putAll(sum(firm.currency(), today, unbilled, open).json());
    sums.put("lastActivityAt", lastActivity == null ? null : lastActivity.toString());
    sums.put(
        "others",
        currencies.stream()
            .map(
                currency -> {
                  Map<String, Object> other = Json.object("currency", currency);
                  other.putAll(sum(currency, today, unbilled, open).json());
                  return other;
                })
            .toList());
    Map<String, Object> shown = new LinkedHashMap<>(customer.json());
    shown.put("sums", sums);
    return shown;
  }

  private static Sum sum(
      String currency, LocalDate today, List<TimeEntry> unbilled, List<Invoice> open) {
    List<Invoice> due =
        open.stream().filter(invoice -> invoice.currency().equals(currency)).toList();
    return new Sum(
        unbilled.stream()
            .filter(entry -> entry.currency().equals(currency))
            .mapToLong(TimeEntry::amount)
            .sum(),
        due.stream().mapToLong(Invoice::amountDue).sum(),
        due.stream().filter(invoice -> invoice.overdue(today)).mapToLong(Invoice::amountDue).sum());
  }

  /** When the newest time began or the newest invoice was made; null where there is neither. */
  private Instant lastActivity(String firm, String customerId) {
    Stream<Instant> time =
        newest(TimeEntryItem.ofCustomer(firm, customerId))
            .map(item -> Instant.parse(item.text(Index.BY_CUSTOMER.sort()).split("#")[0]));
    Stream<Instant> invoices =
        newest(InvoiceItem.byCustomer(firm, customerId))
            .map(item -> Ids.madeAt(InvoiceItem.id(item.key())));
    return Stream.concat(time, invoices).max(Comparator.naturalOrder()).orElse(null);
  }

  private Stream<Item> newest(String partition) {
    return table
        .page(IndexQuery.of(Index.BY_CUSTOMER, partition).reversed(), 1, null)
        .items()
        .stream();
  }
}
