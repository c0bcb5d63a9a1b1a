package dev.clockbill.invoice;

import static java.util.Comparator.comparing;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps invoices: how they are found, and the writes by which they come about and change. */
public final class InvoiceStore {
  private final Table table;

  /** Keeps them in this table. */
  public InvoiceStore(Table table) {
    this.table = table;
  }

  /**
   * An invoice with what hangs on it.
   *
   * @param payments oldest first
   * @param history oldest first
   */
  public record Whole(Invoice invoice, List<Payment> payments, List<HistoryEvent> history) {}

  /** The invoice, as the last write left it. */
  public Optional<Invoice> find(String firm, String invoiceId) {
    return table.get(firm, InvoiceItem.key(invoiceId)).map(InvoiceItem::of);
  }

  /** The invoice's item and those of its payments and its history behind it; none if it is gone. */
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
  public Whole whole(String firm, String invoiceId) {
    List<Item> family = family(firm, invoiceId);
    if (family.isEmpty()) {
      throw Problem.notFound("invoice");
    }
    return new Whole(
        InvoiceItem.of(family.getFirst()),
        PaymentItem.among(family).stream().sorted(comparing(Payment::at)).toList(),
        family.stream().filter(HistoryEvent::is).map(HistoryEvent::of).toList());
  }

  /** The customer of an invoice as they are now; as they stand on it where they are gone. */
  public Invoice.Party customerNow(String firm, Invoice invoice) {
    return table
        .get(firm, CustomerItem.key(invoice.customer().customerId()))
        .map(CustomerItem::of)
        .map(Invoice.Party::of)
        .orElseGet(invoice::customer);
  }

  /** Keeps a new invoice, which is pushed on if nothing took it up by an instant. */
  public static Write made(String firm, Invoice invoice, Instant pushAt) {
    Map<String, Object> attributes = new LinkedHashMap<>(contents(invoice));
    attributes.putAll(
        Json.object(
            "state",
            invoice.state().word(),
            "byState",
            byState(firm, invoice.state()),
            "listed",
            listed(firm),
            "byCustomer",
            byCustomer(firm, invoice.customer().customerId()),
            "customerId",
            invoice.customer().customerId(),
            "orderedBy",
            orderedBy(invoice.madeOn(), invoice.invoiceId()),
            "customer",
            party(invoice.customer()),
            "currency",
            invoice.currency(),
            "amountPaid",
            invoice.amountPaid(),
            "delivery",
            Json.object("status", invoice.delivery().status().word()),
            "madeOn",
            invoice.madeOn(),
            "mails",
            invoice.mails(),
            "execution",
            invoice.execution(),
            "restarts",
            invoice.restarts(),
            "revises",
            invoice.links().revises(),
            "version",
            invoice.version()));
    return Write.put(firm, InvoiceItem.key(invoice.invoiceId()), attributes)
        .due(DueQueue.PUSHES, invoice.invoiceId(), pushAt)
        .ifAbsent();
  }

  /** Changes an invoice in a way that a person can see, as it was read. */
  public static Write changed(String firm, Invoice asRead) {
    return Write.update(firm, InvoiceItem.key(asRead.invoiceId()))
        .add("version", 1)
        .ifEquals("version", asRead.version());
  }

  /** Changes a draft's lines, sums and terms, as it was read. */
  public static Write edited(String firm, Invoice asRead, Invoice edited) {
    Write write = changed(firm, asRead).ifEquals("state", InvoiceState.DRAFT.word());
    contents(edited).forEach(write::set);
    return write;
  }

  /** Adds the move to another state to a write of an invoice. */
  public static Write state(Write write, String firm, InvoiceState state) {
    return write.set("state", state.word()).set("byState", byState(firm, state));
  }

  /** Adds the customer, as printed, to a write of an invoice. */
  public static Write customer(Write write, Invoice.Party customer) {
    return write.set("customer", party(customer));
  }

  /** Adds how the mail fared to a write of an invoice. */
  public static Write delivery(Write write, DeliveryStatus status, Instant at) {
    return write.set("delivery", Json.object("status", status.word(), "at", at));
  }

  /** Deletes a draft, as it was read: nobody has begun to wait for it meanwhile either. */
  public static Write deleted(String firm, Invoice asRead) {
    return Write.delete(firm, InvoiceItem.key(asRead.invoiceId()))
        .ifEquals("version", asRead.version())
        .ifEquals("token", asRead.token())
        .ifEquals("state", InvoiceState.DRAFT.word());
  }

  /** The partition of a firm's invoices. */
  public static String listed(String firm) {
    return firm + "#INVOICE";
  }

  /** The partition of a firm's invoices in one state. */
  public static String byState(String firm, InvoiceState state) {
    return firm + "#INVOICE#" + state.word();
  }

  /** The partition of a customer's invoices. */
  static String byCustomer(String firm, String customerId) {
    return firm + "#INVOICE#" + customerId;
  }

  /** What invoices are listed by: the day of issue, or of making. */
  public static String orderedBy(LocalDate day, String invoiceId) {
    return day + "#" + invoiceId;
  }

  private static Map<String, Object> contents(Invoice invoice) {
    return Json.object(
        "lines", invoice.lines().stream().map(Line::attributes).toList(),
        "subtotal", invoice.subtotal(),
        "discount", discount(invoice.discount()),
        "taxes", invoice.taxes().stream().map(InvoiceStore::tax).toList(),
        "total", invoice.total(),
        "dueOn", invoice.dueOn(),
        "note", invoice.note());
  }

  private static Map<String, Object> discount(Invoice.Discount discount) {
    return discount == null
        ? null
        : Json.object(
            "percent",
            discount.percent() == null ? null : discount.percent().toPlainString(),
            "asked",
            discount.asked(),
            "amount",
            discount.amount());
  }

  private static Map<String, Object> tax(Invoice.TaxAmount tax) {
    return Json.object(
        "name", tax.name(),
        "ratePercent", tax.ratePercent().toPlainString(),
        "amount", tax.amount());
  }

  private static Map<String, Object> party(Invoice.Party party) {
    return Json.object(
        "customerId", party.customerId(),
        "name", party.name(),
        "email", party.email(),
        "address", party.address());
  }
}
