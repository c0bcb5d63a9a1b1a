package dev.clockbill.invoice;

import static java.util.Comparator.comparing;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.http.Problem;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds invoices. They are written by {@link InvoiceChange}. */
public final class InvoiceStore {
  private final Table table;

  /** Finds them in this table. */
  public InvoiceStore(Table table) {
    this.table = table;
  }

  /** An invoice, read consistently. */
  public Optional<Invoice> find(String firm, String invoiceId) {
    return table.get(firm, InvoiceItem.key(invoiceId)).map(InvoiceItem::of);
  }

  /** The invoice's item, then those of its payments and its history; empty if it was deleted. */
  public List<Item> family(String firm, String invoiceId) {
    String key = InvoiceItem.key(invoiceId);
    List<Item> family = table.family(firm, key);
    return family.isEmpty() || !family.getFirst().key().equals(key) ? List.of() : family;
  }

  /**
   * The invoice with its payments and its history, in one query.
   *
   * @throws Problem 404 {@code invoice-not-found}
   */
  public FullInvoice full(String firm, String invoiceId) {
    List<Item> family = family(firm, invoiceId);
    if (family.isEmpty()) {
      throw Problem.notFound("invoice");
    }
    return new FullInvoice(
        InvoiceItem.of(family.getFirst()),
        PaymentItem.among(family).stream()
            .sorted(comparing(Payment::at).thenComparing(Payment::kind))
            .toList(),
        family.stream().filter(HistoryEvent::is).map(HistoryEvent::of).toList());
  }

  /** The invoices of a firm that are to be paid, oldest first. */
  public List<Invoice> open(String firm) {
    return open(
        firm,
        Stream.of(InvoiceState.values())
            .filter(InvoiceState::payable)
            .map(state -> IndexQuery.of(Index.BY_STATE, InvoiceItem.byState(firm, state))));
  }

  /** The same of a customer; costs what is open of this customer, and of nobody else. */
  public List<Invoice> open(String firm, String customerId) {
    return open(firm, Stream.of(InvoiceItem.openOf(firm, customerId)));
  }

  private List<Invoice> open(String firm, Stream<IndexQuery> found) {
    List<String> keys = found.flatMap(query -> table.all(query).stream()).map(Item::key).toList();
    // Indexes may lag behind, so the invoices themselves decide.
    return table.get(firm, keys).values().stream()
        .map(InvoiceItem::of)
        .filter(invoice -> invoice.state().payable())
        .sorted(comparing(Invoice::issuedOn).thenComparing(Invoice::invoiceId))
        .toList();
  }

  /** The payments, refunds and disputes of an invoice. */
  public List<Payment> payments(String firm, String invoiceId) {
    return PaymentItem.among(table.family(firm, PaymentItem.prefix(invoiceId))).stream()
        .sorted(comparing(Payment::at).thenComparing(Payment::kind))
        .toList();
  }

  /** The customer of an invoice as they are now; as printed on it if they were deleted. */
  public Invoice.Party customerNow(String firm, Invoice invoice) {
    return customer(firm, invoice).map(Invoice.Party::of).orElseGet(invoice::customer);
  }

  /** The same with what is not printed; empty if they were deleted. */
  public Optional<Customer> customer(String firm, Invoice invoice) {
    return table.get(firm, CustomerItem.key(invoice.customer().customerId())).map(CustomerItem::of);
  }
}
