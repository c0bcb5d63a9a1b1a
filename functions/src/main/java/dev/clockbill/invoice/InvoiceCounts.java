package dev.clockbill.invoice;

import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many invoices there are in each state, within the filters of the list. At most {@value #MOST}
 * are counted of each state, or in all where it is one customer's, so that the cost does not grow
 * with history: that number stands for itself and for any more. What may be the matter with open
 * ones is asked of these themselves, each read once.
 */
public final class InvoiceCounts {
  private static final int MOST = 1_000;
  private static final int AT_ONCE = 100;

  private final Table table;

  /** Counts the invoices of this table. */
  public InvoiceCounts(Table table) {
    this.table = table;
  }

  /**
   * Answers {@code GET /invoices/counts}.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong date
   */
  public Response answer(Request request, InvoiceJson json) {
    WantedInvoices wanted = WantedInvoices.readPeriod(request);
    Map<String, Object> counts = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    long all = 0;
    Map<InvoiceState, List<String>> found = keys(wanted);
    for (InvoiceState state : InvoiceState.values()) {
      List<String> keys = found.getOrDefault(state, List.of());
      counts.put(state.word(), (long) keys.size());
      all += keys.size();
      if (state.payable()) {
        open.addAll(keys);
      }
    }
    troubles(wanted.firm(), open, json)
        .forEach((trouble, count) -> counts.put(trouble.word(), Math.min(MOST, count)));
    counts.put("all", Math.min(MOST, all));
    return Response.json(200, Json.object("counts", counts, "most", (long) MOST));
  }

  private Map<InvoiceState, List<String>> keys(WantedInvoices wanted) {
    Stream<IndexQuery> queries =
        wanted.customerId() == null
            ? Stream.of(InvoiceState.values())
                .map(state -> InvoiceItem.byState(wanted.firm(), state))
                .map(partition -> wanted.in(Index.BY_STATE, partition))
            : Stream.of(wanted.selection());
    return queries
        .flatMap(query -> table.page(query, MOST, null).items().stream())
        .collect(
            Collectors.groupingBy(
                item -> InvoiceState.of(item.text("state")),
                Collectors.mapping(Item::key, Collectors.toList())));
  }

  private Map<InvoiceTrouble, Long> troubles(String firm, List<String> open, InvoiceJson json) {
    Map<InvoiceTrouble, Long> troubles = new EnumMap<>(InvoiceTrouble.class);
    for (InvoiceTrouble trouble : InvoiceTrouble.values()) {
      troubles.put(trouble, 0L);
    }
    for (int at = 0; at < open.size(); at += AT_ONCE) {
      List<String> some = open.subList(at, Math.min(open.size(), at + AT_ONCE));
      for (Item item : table.get(firm, some).values()) {
        Invoice invoice = InvoiceItem.of(item);
        boolean overdue = json.overdue(invoice);
        Stream.of(InvoiceTrouble.values())
            .filter(trouble -> trouble.is(invoice, overdue))
            .forEach(trouble -> troubles.merge(trouble, 1L, Long::sum));
      }
    }
    return troubles;
  }
}
