package dev.clockbill.report;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeMoves;
import dev.clockbill.timer.TimerStore;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the data of reports: found in the indexes, then read by their keys, so that the cost grows
 * with the period of the report and not with the firm's history.
 */
final class ReportStore {
  private final Table table;
  private final InvoiceStore invoices;
  private final TimeMoves moves;

  ReportStore(Table table) {
    this.table = table;
    this.invoices = new InvoiceStore(table);
    this.moves = new TimeMoves(table);
  }

  /** A firm's settings. */
  FirmSettings firm(String firm) {
    return FirmItem.read(table, firm);
  }

  /** How many timers run in the firm. */
  int runningTimers(String firm) {
    return new TimerStore(table).all(firm).size();
  }

  /** Drafts and what is to be paid, however old, and everything issued since a day. */
  List<Invoice> openOrSince(String firm, LocalDate from) {
    Stream<IndexQuery> open =
        Stream.of(InvoiceState.values())
            .filter(state -> state == InvoiceState.DRAFT || state.payable())
            .map(state -> IndexQuery.of(Index.BY_STATE, InvoiceItem.byState(firm, state)));
    IndexQuery since = IndexQuery.of(Index.LISTED, InvoiceItem.listed(firm)).onDays(from, null);
    return read(firm, keys(Stream.concat(open, Stream.of(since)))).map(InvoiceItem::of).toList();
  }

  /** Invoices that are to be paid. */
  List<Invoice> open(String firm) {
    return invoices.open(firm);
  }

  /** The same of one customer. */
  List<Invoice> open(String firm, String customerId) {
    return invoices.open(firm, customerId);
  }

  /** Invoices by their ids. */
  List<Invoice> invoices(String firm, Collection<String> invoiceIds) {
    return read(firm, invoiceIds.stream().map(InvoiceItem::key)).map(InvoiceItem::of).toList();
  }

  /** Time that is on no living invoice. */
  List<TimeEntry> unbilled(String firm) {
    return time(
        firm,
        IndexQuery.of(Index.BY_STATE, TimeEntryItem.inState(firm, State.UNBILLED)),
        entry -> entry.state() == State.UNBILLED);
  }

  /** The same of one customer. */
  List<TimeEntry> unbilled(String firm, String customerId) {
    return time(
        firm,
        IndexQuery.of(Index.BY_STATE, TimeEntryItem.inState(firm, State.UNBILLED))
            .where("customerId", customerId),
        entry -> entry.state() == State.UNBILLED);
  }

  /** All time worked between two days, both included. */
  List<TimeEntry> worked(String firm, LocalDate from, LocalDate to) {
    IndexQuery around =
        IndexQuery.of(Index.LISTED, TimeEntryItem.listed(firm))
            .onDays(from.minusDays(1), to.plusDays(1));
    Period period = new Period(from, to);
    return time(firm, around, entry -> period.holds(entry.workedOn()));
  }

  /** Time worked between two days, both included, that is on frozen invoices. */
  List<TimeEntry> billed(String firm, LocalDate from, LocalDate to) {
    return worked(firm, State.BILLED, from, to);
  }

  /** Time worked between two days, both included, that is kept and not billed. */
  List<TimeEntry> notBilled(String firm, LocalDate from, LocalDate to) {
    return worked(firm, State.NON_BILLABLE, from, to);
  }

  private List<TimeEntry> worked(String firm, State state, LocalDate from, LocalDate to) {
    // The index is ordered by instants, but days are the firm's: one more day on either side.
    IndexQuery around =
        IndexQuery.of(Index.BY_STATE, TimeEntryItem.inState(firm, state))
            .onDays(from.minusDays(1), to.plusDays(1));
    Period period = new Period(from, to);
    return time(firm, around, entry -> entry.state() == state && period.holds(entry.workedOn()));
  }

  /** Invoices that were issued between two days, both included, and are not void. */
  List<Invoice> issued(String firm, LocalDate from, LocalDate to) {
    IndexQuery listed = IndexQuery.of(Index.LISTED, InvoiceItem.listed(firm)).onDays(from, to);
    Period period = new Period(from, to);
    return read(firm, keys(Stream.of(listed)))
        .map(InvoiceItem::of)
        .filter(invoice -> invoice.issuedOn() != null && period.holds(invoice.issuedOn()))
        .toList();
  }

  /** Which of the services of some time are billed by a fixed price today: their ids. */
  Set<String> fixedPriced(String firm, Collection<TimeEntry> entries) {
    return read(firm, entries.stream().map(TimeEntry::serviceId).distinct().map(ServiceItem::key))
        .map(ServiceItem::of)
        .filter(service -> service.kind() == Service.Kind.FIXED)
        .map(Service::serviceId)
        .collect(Collectors.toSet());
  }

  /** Payments, refunds and disputes since a day. */
  List<Received> receivedSince(String firm, LocalDate from) {
    IndexQuery since =
        IndexQuery.of(Index.LISTED, PaymentItem.listed(firm)).onDays(from.minusDays(1), null);
    return read(firm, keys(Stream.of(since))).map(Received::of).toList();
  }

  /** Today's names of customers, services or staff, by their ids. */
  Map<String, String> names(String firm, Realisation.By by, Collection<String> ids) {
    Map<String, String> names = new LinkedHashMap<>();
    read(firm, ids.stream().map(by::key))
        .forEach(item -> names.put(item.key().substring(by.key("").length()), item.text("name")));
    return names;
  }

  /** Indexes may lag behind, so the entries themselves decide. */
  private List<TimeEntry> time(String firm, IndexQuery query, Predicate<TimeEntry> wanted) {
    return moves.settled(
        firm,
        () -> read(firm, keys(Stream.of(query))).map(TimeEntryItem::of).filter(wanted).toList());
  }

  private Stream<String> keys(Stream<IndexQuery> querys) {
    return querys.flatMap(query -> table.all(query).stream()).map(Item::key);
  }

  private Stream<Item> read(String firm, Stream<String> keys) {
    return table.get(firm, keys.toList()).values().stream();
  }
}
