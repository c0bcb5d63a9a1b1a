package dev.clockbill.invoice;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.SearchText;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a request for a list of invoices asks for.
 *
 * @param state the word of one, or of a {@link InvoiceTrouble}, or null
 * @param customerId or null
 * @param ids only these, or empty
 * @param from the first day, or null
 * @param to the last day, or null
 * @param search folded, or empty: what the number, the customer or the note contains
 * @param order what the list is ordered by
 * @param ascending whether the least comes first
 */
record WantedInvoices(
    String firm,
    String state,
    String customerId,
    List<String> ids,
    LocalDate from,
    LocalDate to,
    String search,
    InvoiceOrder order,
    boolean ascending) {

  private static final int MOST_IDS = 100;

  /**
   * Reads the query.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong state, date, order or search
   */
  static WantedInvoices read(Request request) {
    Fields query = Fields.of(request.query());
    String state =
        query.choice(
            "state",
            Stream.concat(
                    Stream.of(InvoiceState.values()).map(InvoiceState::word),
                    Stream.of(InvoiceTrouble.values()).map(InvoiceTrouble::word))
                .toArray(String[]::new));
    String customerId = query.text("customerId", Fields.NAME);
    List<String> ids = ids(query);
    LocalDate from = query.date("from");
    LocalDate to = query.date("to");
    String search = query.textOrEmpty("search", Fields.NAME);
    InvoiceOrder order = query.choice("sort", InvoiceOrder.values(), InvoiceOrder::word);
    String direction = query.choice("order", "asc", "desc");
    query.names();
    query.check();
    InvoiceOrder by = order == null ? InvoiceOrder.ISSUED_ON : order;
    boolean ascending = direction == null ? by == InvoiceOrder.CUSTOMER : "asc".equals(direction);
    return new WantedInvoices(
        request.caller().firm(),
        state,
        customerId,
        ids,
        from,
        to,
        search == null ? "" : SearchText.of(search),
        by,
        ascending);
  }

  private static List<String> ids(Fields query) {
    String named = query.text("invoiceIds", MOST_IDS * 27);
    List<String> ids = named == null ? List.of() : List.of(named.split(",", -1));
    if (ids.size() > MOST_IDS || !ids.stream().allMatch(Ids::looksLikeOne)) {
      query.refuse("invoiceIds", "This has to be up to 100 ids with commas between them.");
    }
    return ids;
  }

  /**
   * Reads the customer and the period alone.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong date
   */
  static WantedInvoices readPeriod(Request request) {
    Fields query = Fields.of(request.query());
    String customerId = query.text("customerId", Fields.NAME);
    LocalDate from = query.date("from");
    LocalDate to = query.date("to");
    query.names();
    query.check();
    return new WantedInvoices(
        request.caller().firm(),
        null,
        customerId,
        List.of(),
        from,
        to,
        "",
        InvoiceOrder.ISSUED_ON,
        false);
  }

  /** Whether only open invoices are wanted with which something is the matter. */
  boolean troubled() {
    return InvoiceTrouble.of(state).isPresent();
  }

  /**
   * Whether the indexes have the list in its order, so that a page costs the same wherever it is.
   */
  boolean indexed() {
    return ids.isEmpty() && order == InvoiceOrder.ISSUED_ON && !(troubled() && ascending);
  }

  /** A partition of an index within the period, in the list's order. */
  IndexQuery in(Index index, String partition) {
    IndexQuery within = IndexQuery.of(index, partition).onDays(from, to);
    return indexed() && ascending ? within : within.reversed();
  }

  /** The narrowest partition that holds what is wanted; not for trouble in all the firm. */
  IndexQuery selection() {
    if (customerId != null) {
      IndexQuery customers = in(Index.BY_CUSTOMER, InvoiceItem.byCustomer(firm, customerId));
      return state == null || troubled() ? customers : customers.where("state", state);
    }
    return state == null
        ? in(Index.LISTED, InvoiceItem.listed(firm))
        : in(Index.BY_STATE, InvoiceItem.byState(firm, InvoiceState.of(state)));
  }

  /** Whether an invoice is wanted; the indexes may lag behind, so it is asked once more. */
  boolean wants(Invoice invoice, boolean overdueNow) {
    boolean inState =
        InvoiceTrouble.of(state)
            .map(trouble -> trouble.is(invoice, overdueNow))
            .orElse(state == null || state.equals(invoice.state().word()));
    return inState && found(invoice);
  }

  private boolean found(Invoice invoice) {
    return search.isEmpty()
        || Stream.of(
                invoice.number(),
                invoice.customer().name(),
                invoice.customer().email(),
                invoice.note())
            .anyMatch(text -> text != null && SearchText.of(text).contains(search));
  }
}
