package dev.clockbill.statement;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import dev.clockbill.table.WrongCursor;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Reads statements. Open invoices are read whole, so that the balance is right; they cost what is
 * open of the customer. Of all others a page at a time is read, however many there are.
 */
final class StatementStore {
  /** How many invoices' payments are read at once. */
  private static final int AT_ONCE = 16;

  private final Table table;
  private final InvoiceStore invoices;

  StatementStore(Table table) {
    this.table = table;
    this.invoices = new InvoiceStore(table);
  }

  /** How a customer stands. */
  Statement of(FirmSettings firm, Customer customer) {
    return new Statement(firm, customer, invoices.open(firm.firmId(), customer.customerId()));
  }

  /**
   * Invoices that are not to be paid any more, newest first.
   *
   * @param next the cursor of the page after it, or null at the end
   * @param lastNumbered the id of the last invoice that was looked at and has a number, open ones
   *     too: what {@link #closedAfter} goes on from; null at the end, or if there was none
   */
  record Closed(List<Invoice> invoices, String next, String lastNumbered) {}

  /**
   * A page of a customer's paid and void invoices. Drafts, and invoices without a number, are of no
   * interest to customers, so there may be fewer than were looked at.
   *
   * @param from the first day of issue, or null
   * @param to the last, or null
   * @throws WrongCursor if the cursor is none of this customer's
   */
  Closed closed(
      String firm, String customerId, LocalDate from, LocalDate to, int limit, String cursor) {
    return closed(firm, newestFirst(firm, customerId).onDays(from, to), limit, cursor);
  }

  /**
   * A page of them of all days, for who may see none of our keys, such as those in a cursor, and is
   * not to learn of drafts. Pages go on from an invoice that has a number, since such a one is
   * never deleted; so drafts at the end of a page are looked at again by the next, and a page that
   * begins with drafts alone passes them over, however many there are. It costs what there is of
   * them in the index.
   *
   * @param invoiceId the one that the page comes after, or null for the newest
   * @throws WrongCursor if this customer has no such invoice with a number, whether or not somebody
   *     else has
   */
  Closed closedAfter(String firm, String customerId, String invoiceId, int limit) {
    IndexQuery query = newestFirst(firm, customerId);
    Closed page =
        closed(firm, query, limit, invoiceId == null ? null : after(firm, query, invoiceId));
    while (page.lastNumbered() == null && page.next() != null) {
      page = closed(firm, query, limit, page.next());
    }
    return page;
  }

  private static IndexQuery newestFirst(String firm, String customerId) {
    return IndexQuery.of(Index.BY_CUSTOMER, InvoiceItem.byCustomer(firm, customerId)).reversed();
  }

  private String after(String firm, IndexQuery query, String invoiceId) {
    return Optional.of(invoiceId)
        .filter(Ids::looksLikeOne)
        .flatMap(id -> table.glance(firm, InvoiceItem.key(id)))
        .filter(item -> InvoiceItem.of(item).number() != null)
        .map(item -> table.cursor(query, item))
        .orElseThrow(WrongCursor::new);
  }

  private Closed closed(String firm, IndexQuery query, int limit, String cursor) {
    Page page = table.page(query, limit, cursor);
    // What the index has as a draft is none of them, and is not even read.
    List<String> keys =
        page.items().stream()
            .filter(item -> !InvoiceState.DRAFT.word().equals(item.text("state")))
            .map(Item::key)
            .toList();
    Map<String, Item> read = table.get(firm, keys);
    List<Invoice> numbered =
        keys.stream()
            .map(read::get)
            .filter(Objects::nonNull)
            .map(InvoiceItem::of)
            .filter(invoice -> invoice.number() != null)
            .toList();
    boolean last = page.next() == null || numbered.isEmpty();
    return new Closed(
        numbered.stream().filter(StatementStore::closed).toList(),
        page.next(),
        last ? null : numbered.getLast().invoiceId());
  }

  private static boolean closed(Invoice invoice) {
    return switch (invoice.state()) {
      case PAID, VOID -> true;
      case DRAFT, SENDING, SENT, PARTLY_PAID, UNDELIVERABLE -> false;
    };
  }

  /** The payments, refunds and disputes of some invoices, by the invoices' ids. */
  Map<String, List<Payment>> payments(String firm, List<Invoice> of) {
    Map<String, List<Payment>> found = new LinkedHashMap<>();
    of.stream()
        .map(Invoice::invoiceId)
        .gather(Gatherers.mapConcurrent(AT_ONCE, id -> Map.entry(id, invoices.payments(firm, id))))
        .forEach(each -> found.put(each.getKey(), each.getValue()));
    return found;
  }
}
