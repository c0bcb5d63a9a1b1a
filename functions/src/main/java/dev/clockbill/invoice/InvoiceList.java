package dev.clockbill.invoice;

import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import dev.clockbill.table.WrongCursor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Invoices, newest first, a page at a time: from the index that fits what is asked for, and then
 * read by their keys.
 */
public final class InvoiceList {
  private static final String OVERDUE = "overdue";
  private static final List<InvoiceState> OPEN =
      Stream.of(InvoiceState.values()).filter(InvoiceState::payable).toList();

  private final Table table;

  /** Lists the invoices of this table. */
  public InvoiceList(Table table) {
    this.table = table;
  }

  /**
   * What a request asks for.
   *
   * @param state the word of one, {@code overdue}, or null
   * @param customerId or null
   * @param from the first day, or null
   * @param to the last day, or null
   */
  private record Wanted(
      String firm, String state, String customerId, LocalDate from, LocalDate to) {

    /**
     * Reads the query.
     *
     * @throws Problem 400 for a wrong state or date
     */
    public static Wanted read(Request request) {
      Fields query = Fields.of(request.query());
      String state =
          query.choice(
              "state",
              Stream.concat(
                      Stream.of(InvoiceState.values()).map(InvoiceState::word), Stream.of(OVERDUE))
                  .toArray(String[]::new));
      String customerId = query.text("customerId", Fields.NAME);
      LocalDate from = query.date("from");
      LocalDate to = query.date("to");
      query.names();
      query.check();
      return new Wanted(request.caller().firm(), state, customerId, from, to);
    }

    boolean overdue() {
      return OVERDUE.equals(state);
    }

    IndexQuery in(Index index, String partition) {
      return IndexQuery.of(index, partition).reversed().onDays(from, to);
    }
  }

  /**
   * Answers {@code GET /invoices}, as JSON or as CSV.
   *
   * @throws Problem 400 for a wrong state, date, limit or cursor
   */
  public Response answer(Request request, InvoiceJson json) {
    Wanted wanted = Wanted.read(request);
    if (request.wantsCsv()) {
      return CsvPage.answer(
          request,
          InvoiceCsv.COLUMNS,
          (limit, cursor) -> {
            Found found = find(wanted, json::overdue, limit, cursor);
            return new CsvPage.Part(
                found.invoices().stream()
                    .map(invoice -> InvoiceCsv.row(invoice, json.overdue(invoice)))
                    .toList(),
                found.next());
          });
    }
    Found found =
        find(wanted, json::overdue, request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "invoices",
            found.invoices().stream().map(json::summary).toList(),
            "next",
            found.next()));
  }

  /**
   * A page of invoices.
   *
   * @param next the cursor of the page after it, or null at the end
   */
  private record Found(List<Invoice> invoices, String next) {}

  /**
   * Reads one page.
   *
   * @param overdue whether an invoice should have been paid by now
   * @param limit at most 100
   * @param cursor the {@code next} of the page before, or null for the first
   * @throws Problem 400 for a wrong cursor
   */
  private Found find(Wanted wanted, Predicate<Invoice> overdue, int limit, String cursor) {
    Page page =
        wanted.overdue() && wanted.customerId() == null
            ? open(wanted, limit, cursor)
            : selected(wanted, limit, cursor);
    Predicate<Invoice> asked =
        wanted.overdue()
            ? overdue
            : invoice -> wanted.state() == null || wanted.state().equals(invoice.state().word());
    return new Found(
        read(wanted.firm(), page.items()).stream().filter(asked).toList(), page.next());
  }

  private Page selected(Wanted wanted, int limit, String cursor) {
    String firm = wanted.firm();
    IndexQuery selection;
    if (wanted.customerId() != null) {
      IndexQuery customers =
          wanted.in(Index.BY_CUSTOMER, InvoiceItem.byCustomer(firm, wanted.customerId()));
      selection =
          wanted.state() == null || wanted.overdue()
              ? customers
              : customers.where("state", wanted.state());
    } else if (wanted.state() != null) {
      InvoiceState state = InvoiceState.of(wanted.state());
      selection = wanted.in(Index.BY_STATE, InvoiceItem.byState(firm, state));
    } else {
      selection = wanted.in(Index.LISTED, InvoiceItem.listed(firm));
    }
    return table.page(selection, limit, cursor);
  }

  /**
   * A page of the open invoices, newest first, from the partitions of all open states. Its cursor
   * is the place of its last one.
   */
  private Page open(Wanted wanted, int limit, String cursor) {
    if (cursor != null && !cursor.matches("\\d{4}-\\d\\d-\\d\\d~[0-9A-Z]{26}")) {
      throw new WrongCursor();
    }
    String last = cursor == null ? null : cursor.replace('~', '#');
    List<Item> found = new ArrayList<>();
    for (InvoiceState state : OPEN) {
      IndexQuery all = wanted.in(Index.BY_STATE, InvoiceItem.byState(wanted.firm(), state));
      IndexQuery rest = last == null ? all : all.between(all.from(), last);
      // One more shows whether there is a next page; another one is the cursor's invoice itself.
      found.addAll(table.page(rest, limit + 2, null).items());
    }
    List<Item> page =
        found.stream()
            .filter(item -> !place(item).equals(last))
            .sorted(Comparator.comparing(InvoiceList::place).reversed())
            .limit(limit + 1L)
            .toList();
    if (page.size() <= limit) {
      return new Page(page, null);
    }
    List<Item> kept = page.subList(0, limit);
    return new Page(kept, place(kept.getLast()).replace('#', '~'));
  }

  private static String place(Item item) {
    return item.text(Index.BY_STATE.sort());
  }

  private List<Invoice> read(String firm, List<Item> listed) {
    List<String> keys = listed.stream().map(Item::key).toList();
    Map<String, Item> read = table.get(firm, keys);
    return keys.stream().map(read::get).filter(Objects::nonNull).map(InvoiceItem::of).toList();
  }
}
