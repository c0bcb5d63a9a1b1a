package dev.clockbill.billing;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.TimeMoves;
import dev.clockbill.timer.Timer;
import dev.clockbill.timer.TimerStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run would bill: each customer's unbilled time up to a day, before anything is made. */
final class UnbilledList {
  private final Table table;
  private final UnbilledTime unbilled;
  private final TimeEntryStore time;
  private final TimeMoves moves;

  UnbilledList(Table table) {
    this.table = table;
    this.unbilled = new UnbilledTime(table);
    this.time = new TimeEntryStore(table);
    this.moves = new TimeMoves(table);
  }

  /**
   * Answers {@code GET /billing-runs/unbilled?upTo=}, by the names of customers; without a day, up
   * to today where the firm is.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong date
   */
  Response answer(Request request) {
    String firm = request.caller().firm();
    return moves.settled(firm, () -> answer(firm, request));
  }

  private Response answer(String firm, Request request) {
    FirmSettings settings = FirmItem.read(table, firm);
    Fields query = Fields.of(request.query());
    LocalDate named = query.date("upTo");
    query.names(); // others are ignored
    query.check();
    LocalDate upTo = named == null ? settings.day(Time.now()) : named;
    UnbilledTime.Found found = unbilled.upTo(firm, upTo);
    List<TimeEntry> entries =
        unbilled
            .read(firm, found.byCustomer().values().stream().flatMap(List::stream).toList(), upTo)
            .toList();
    Map<String, List<TimeEntry>> byCustomer =
        entries.stream().collect(Collectors.groupingBy(TimeEntry::customerId));
    Set<String> overlapping = time.overlaps(firm, entries).keySet();
    Set<String> running =
        new TimerStore(table).all(firm).stream().map(Timer::customerId).collect(Collectors.toSet());
    List<Map<String, Object>> shown = new ArrayList<>();
    customers(firm, byCustomer.keySet()).stream()
        .sorted(
            Comparator.comparing(Customer::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Customer::customerId))
        .forEach(
            customer -> {
              List<TimeEntry> theirs = byCustomer.get(customer.customerId());
              shown.add(
                  Json.object(
                      "customerId", customer.customerId(),
                      "customerName", customer.name(),
                      "active", customer.active(),
                      "collects", customer.collects(settings),
                      "entries", theirs.size(),
                      "billedMinutes", theirs.stream().mapToLong(TimeEntry::billedMinutes).sum(),
                      "amounts", amounts(theirs),
                      "unconfirmed", theirs.stream().filter(TimeEntry::needsConfirmation).count(),
                      "overlapping",
                          theirs.stream()
                              .filter(entry -> overlapping.contains(entry.timeEntryId()))
                              .count(),
                      "running", running.contains(customer.customerId()),
                      "since", theirs.getFirst().workedOn().toString()));
            });
    return Response.json(
        200,
        Json.object("upTo", upTo.toString(), "complete", found.complete(), "customers", shown));
  }

  private static List<Map<String, Object>> amounts(List<TimeEntry> entries) {
    Map<String, Long> amounts = new TreeMap<>();
    entries.forEach(entry -> amounts.merge(entry.currency(), entry.amount(), Long::sum));
    return RunView.amounts(amounts);
  }

  private List<Customer> customers(String firm, Set<String> ids) {
    return table.get(firm, ids.stream().map(CustomerItem::key).toList()).values().stream()
        .map(CustomerItem::of)
        .toList();
  }
}
