package dev.clockbill.invoice;

import dev.clockbill.http.CsvPage;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Invoices, a page at a time: from the index that fits what is asked for, and then read by their
 * keys. What an index has in the order asked for, newest first unless otherwise asked, costs the
 * same on every page. A search looks at no more than {@value #MOST_LOOKED_AT} invoices for one
 * page, which may be short then. For any other order everything that the filters leave is read
 * through, see {@link SortedInvoices}.
 */
public final class InvoiceList {
  private static final List<InvoiceState> OPEN =
      Stream.of(InvoiceState.values()).filter(InvoiceState::payable).toList();

  /** How many invoices one read takes. */
  private static final int AT_ONCE = 100;

  /** How many invoices a search looks at for one page. */
  private static final int MOST_LOOKED_AT = 1_000;

  private final Table table;

  /** Lists the invoices of this table. */
  public InvoiceList(Table table) {
    this.table = table;
  }

  /**
   * A page of invoices.
   *
   * @param next the cursor of the page after it, or null at the end
   */
  record Found(List<Invoice> invoices, String next) {}

  /** A list that is read one page at a time. */
  @FunctionalInterface
  private interface Pages {
    /**
     * Reads one.
     *
     * @param limit at most 100
     * @param cursor the {@code next} of the page before, or null for the first
     */
    Found read(int limit, String cursor);
  }

  /**
   * Answers {@code GET /invoices}, as JSON or as CSV.
   *
   * @throws Problem 400 for a wrong state, date, order, limit or cursor, and where more would have
   *     to be sorted than {@link SortedInvoices#MOST}
   */
  public Response answer(Request request, InvoiceJson json) {
    Pages pages = pages(WantedInvoices.read(request), json::overdue);
    if (request.wantsCsv()) {
      return CsvPage.answer(
          request,
          InvoiceCsv.COLUMNS,
          (limit, cursor) -> {
            Found found = pages.read(limit, cursor);
            return new CsvPage.Part(
                found.invoices().stream()
                    .map(invoice -> InvoiceCsv.row(invoice, json.overdue(invoice)))
                    .toList(),
                found.next());
          });
    }
    Found found = pages.read(request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "invoices",
            found.invoices().stream().map(json::summary).toList(),
            "next",
            found.next()));
  }

  private Pages pages(WantedInvoices wanted, Predicate<Invoice> overdue) {
    Predicate<Invoice> asked = invoice -> wanted.wants(invoice, overdue.test(invoice));
    if (wanted.indexed()) {
      return wanted.search().isEmpty()
          ? (limit, cursor) -> some(wanted, asked, limit, cursor)
          : (limit, cursor) -> searched(wanted, asked, limit, cursor);
    }
    // A CSV of many pages is read and sorted once.
    SortedInvoices sorted = new SortedInvoices(wanted, () -> all(wanted, asked));
    return sorted::page;
  }

  /** The next ones that the index has, less those that are not wanted after all. */
  private Found some(WantedInvoices wanted, Predicate<Invoice> asked, int limit, String cursor) {
    Page page = page(wanted, limit, cursor);
    return new Found(
        read(wanted, page.items()).values().stream().filter(asked).toList(), page.next());
  }

  /** Looks through the invoices until a page is full, or enough were looked at for one request. */
  private Found searched(
      WantedInvoices wanted, Predicate<Invoice> asked, int limit, String cursor) {
    List<Invoice> found = new ArrayList<>();
    String next = cursor;
    int lookedAt = 0;
    do {
      Page page = page(wanted, AT_ONCE, next);
      Map<String, Invoice> read = read(wanted, page.items());
      for (Item item : page.items()) {
        Invoice invoice = read.get(item.key());
        if (invoice != null && asked.test(invoice)) {
          found.add(invoice);
          if (found.size() == limit) {
            boolean end = page.next() == null && item.key().equals(page.items().getLast().key());
            return new Found(found, end ? null : after(wanted, item));
          }
        }
      }
      lookedAt += page.items().size();
      next = page.next();
    } while (next != null && lookedAt < MOST_LOOKED_AT);
    return new Found(found, next);
  }

  private List<Invoice> all(WantedInvoices wanted, Predicate<Invoice> asked) {
    if (!wanted.ids().isEmpty()) {
      List<String> keys = wanted.ids().stream().map(InvoiceItem::key).toList();
      return table.get(wanted.firm(), keys).values().stream()
          .map(InvoiceItem::of)
          .filter(asked)
          .toList();
    }
    List<Invoice> found = new ArrayList<>();
    String next = null;
    int lookedAt = 0;
    do {
      Page page = page(wanted, AT_ONCE, next);
      lookedAt += page.items().size();
      if (lookedAt > SortedInvoices.MOST) {
        throw SortedInvoices.tooMany();
      }
      read(wanted, page.items()).values().stream().filter(asked).forEach(found::add);
      next = page.next();
    } while (next != null);
    return found;
  }

  private Page page(WantedInvoices wanted, int limit, String cursor) {
    return ofOpen(wanted)
        ? open(wanted, limit, cursor)
        : table.page(wanted.selection(), limit, cursor);
  }

  private String after(WantedInvoices wanted, Item item) {
    return ofOpen(wanted) ? place(item).replace('#', '~') : table.cursor(wanted.selection(), item);
  }

  private static boolean ofOpen(WantedInvoices wanted) {
    return wanted.troubled() && wanted.customerId() == null;
  }

  /**
   * A page of the open invoices, newest first, from the partitions of all open states. Its cursor
   * is the place of its last one.
   */
  private Page open(WantedInvoices wanted, int limit, String cursor) {
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

  /** The invoices by their keys, in the order in which they were listed. */
  private Map<String, Invoice> read(WantedInvoices wanted, List<Item> listed) {
    List<String> keys = listed.stream().map(Item::key).toList();
    Map<String, Item> read = table.get(wanted.firm(), keys);
    Map<String, Invoice> invoices = new LinkedHashMap<>();
    for (String key : keys) {
      if (read.containsKey(key)) {
        invoices.put(key, InvoiceItem.of(read.get(key)));
      }
    }
    return invoices;
  }
}
