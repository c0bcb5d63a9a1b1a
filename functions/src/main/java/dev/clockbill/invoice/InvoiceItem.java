package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.firm.Postal;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Invoice.Links;
import dev.clockbill.invoice.Invoice.Marks;
import dev.clockbill.invoice.Invoice.Paper;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.invoice.Line.Named;
import dev.clockbill.invoice.Line.Price;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * An invoice as the table keeps it: its key, its index entries, the item to and from the record,
 * and the writes of single attributes. A new field of {@link Invoice} is added here and nowhere
 * else.
 */
public final class InvoiceItem {
  private static final String PREFIX = "INVOICE#";

  private InvoiceItem() {}

  /** The key of an invoice's item. */
  public static String key(String invoiceId) {
    return PREFIX + invoiceId;
  }

  /** Whether a key is that of an invoice. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /** The id of the invoice with this key. */
  public static String id(String key) {
    return key.substring(PREFIX.length());
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
  public static String byCustomer(String firm, String customerId) {
    return firm + "#INVOICE#" + customerId;
  }

  /** What a customer has to pay: invoices are under the customer here only while payable. */
  static IndexQuery openOf(String firm, String customerId) {
    return IndexQuery.of(Index.BY_STAFF, firm + "#OPEN#" + customerId);
  }

  /** What invoices are ordered by: the day of issue, or for drafts the day they were made. */
  private static String orderedBy(LocalDate day, String invoiceId) {
    return day + "#" + invoiceId;
  }

  /** Reads an invoice's item. */
  public static Invoice of(Item item) {
    return InvoiceBuilder.builder()
        .invoiceId(id(item.key()))
        .state(InvoiceState.of(item.text("state")))
        .number(item.text("number"))
        .customer(party(item.object("customer")))
        .currency(item.text("currency"))
        .lines(item.objects("lines").stream().map(InvoiceItem::line).toList())
        .subtotal(item.number("subtotal"))
        .discount(item.has("discount") ? discount(item.object("discount")) : null)
        .taxes(item.objects("taxes").stream().map(InvoiceItem::tax).toList())
        .total(item.number("total"))
        .amountPaid(item.number("amountPaid", 0))
        .issuedOn(item.date("issuedOn"))
        .dueOn(item.date("dueOn"))
        .note(item.text("note"))
        .payToken(item.text("payToken"))
        .delivery(item.has("delivery") ? delivery(item) : Delivery.NONE)
        .paper(item.bool("paper") ? new Paper(item.instant("handedOverAt")) : null)
        .madeOn(item.date("madeOn"))
        .mails(item.number("mails", 0))
        .remindedOn(item.date("remindedOn"))
        .token(item.text("token"))
        .execution(item.text("execution"))
        .restarts(item.number("restarts", 0))
        .grouping(Grouping.of(item.text("grouping")))
        .links(new Links(item.text("revises"), item.text("revisedBy"), item.text("checkout")))
        .marks(new Marks(item.texts("disputed"), item.texts("unmatched"), item.texts("underWay")))
        .version(item.number("version"))
        .build();
  }

  /** Writes a new invoice. */
  static Write put(String firm, Invoice invoice) {
    Write write =
        Write.put(
                firm,
                key(invoice.invoiceId()),
                Json.object(
                    "currency", invoice.currency(),
                    "amountPaid", invoice.amountPaid(),
                    "madeOn", invoice.madeOn(),
                    "mails", invoice.mails(),
                    "execution", invoice.execution(),
                    "restarts", invoice.restarts(),
                    "revises", invoice.links().revises(),
                    "customerId", invoice.customer().customerId(),
                    "version", invoice.version()))
            .ifAbsent();
    write.set(Index.LISTED.partition(), listed(firm));
    write.set(Index.LISTED.sort(), orderedBy(invoice.madeOn(), invoice.invoiceId()));
    write.set(Index.BY_CUSTOMER.partition(), byCustomer(firm, invoice.customer().customerId()));
    state(write, firm, invoice.customer().customerId(), invoice.state());
    customer(write, invoice.customer());
    delivery(write, invoice.delivery());
    return contents(write, invoice);
  }

  /**
   * Changes an invoice in a way that a person can see, if it still has the version that was read.
   */
  static Write update(String firm, Invoice before) {
    return Write.update(firm, key(before.invoiceId()))
        .add("version", 1)
        .ifEquals("version", before.version());
  }

  /** Deletes a draft, if it has not changed and no other workflow step has begun to wait for it. */
  static Write delete(String firm, Invoice before) {
    return onlyIn(Write.delete(firm, key(before.invoiceId())), InvoiceState.DRAFT)
        .ifEquals("version", before.version())
        .ifEquals("token", before.token());
  }

  /** Changes nothing, but only holds while a draft has the version that was read. */
  static Write unchanged(String firm, Invoice draft) {
    return onlyIn(Write.check(firm, key(draft.invoiceId())), InvoiceState.DRAFT)
        .ifEquals("version", draft.version());
  }

  /** Adds the condition that the invoice is in a state. */
  static Write onlyIn(Write write, InvoiceState state) {
    return write.ifEquals("state", state.word());
  }

  /** Sets the state, and with it whether the invoice is in {@link #openOf}. */
  static Write state(Write write, String firm, String customerId, InvoiceState state) {
    IndexQuery open = openOf(firm, customerId);
    return write
        .set("state", state.word())
        .set(Index.BY_STATE.partition(), byState(firm, state))
        .set(open.index().partition(), state.payable() ? open.partition() : null);
  }

  /** Sets the customer as printed. */
  static Write customer(Write write, Party customer) {
    return write.set("customer", party(customer));
  }

  /** Sets how the latest mail is going. */
  static Write delivery(Write write, Delivery delivery) {
    return write.set(
        "delivery",
        Json.object(
            "status", delivery.status().word(),
            "at", delivery.at(),
            "recipients", delivery.recipients().stream().map(InvoiceItem::recipient).toList()));
  }

  /** Sets whether it goes on paper, and when it was handed over; null where it is mailed. */
  static Write paper(Write write, Paper paper) {
    return paper == null
        ? write.remove("paper").remove("handedOverAt")
        : write.set("paper", true).set("handedOverAt", paper.handedOverAt());
  }

  /** Sets how many mails were asked for. */
  static Write mails(Write write, long mails) {
    return write.set("mails", mails);
  }

  /** Sets what is to be known of its money. */
  static Write marks(Write write, Marks marks) {
    return write
        .set("disputed", marks.disputed().isEmpty() ? null : marks.disputed())
        .set("unmatched", marks.unmatched().isEmpty() ? null : marks.unmatched())
        .set("underWay", marks.underWay().isEmpty() ? null : marks.underWay());
  }

  /** Sets which draft replaces the invoice. */
  static Write revisedBy(Write write, String draftId) {
    return write.set("revisedBy", draftId);
  }

  /** Sets what an invoice gets with its number, if it has none yet. */
  static Write numbered(Write write, Invoice numbered) {
    return write
        .set("number", numbered.number())
        .set("issuedOn", numbered.issuedOn())
        .set("dueOn", numbered.dueOn())
        .set("payToken", numbered.payToken())
        .set(Index.LISTED.sort(), orderedBy(numbered.issuedOn(), numbered.invoiceId()))
        .ifEquals("number", null);
  }

  /** Sets lines, sums and terms. */
  static Write contents(Write write, Invoice invoice) {
    return write.setAll(
        Json.object(
            "lines", invoice.lines().stream().map(InvoiceItem::line).toList(),
            "subtotal", invoice.subtotal(),
            "discount", discount(invoice.discount()),
            "taxes", invoice.taxes().stream().map(InvoiceItem::tax).toList(),
            "total", invoice.total(),
            "dueOn", invoice.dueOn(),
            "note", invoice.note(),
            "grouping", invoice.grouping() == null ? null : invoice.grouping().word()));
  }

  /** Keeps the token of a step that begins to wait, if the invoice is in one of these states. */
  static Write waits(
      String firm, String invoiceId, String token, String execution, List<InvoiceState> states) {
    return Write.update(firm, key(invoiceId))
        .set("token", token)
        .set("execution", execution)
        .remove("failedIn")
        .remove("failures")
        .ifOneOf("state", states.stream().map(InvoiceState::word).toList());
  }

  /** Takes a void invoice out of the due queue, with the token of the step that waited for it. */
  static Write ended(String firm, Invoice invoice) {
    return onlyIn(Write.update(firm, key(invoice.invoiceId())), InvoiceState.VOID)
        .remove("token")
        .notDue();
  }

  /** Has the schedule push the invoice on at a time, while it is in the state that was read. */
  public static Write pushAt(String firm, Invoice invoice, Instant when) {
    return onlyIn(Write.update(firm, key(invoice.invoiceId())), invoice.state())
        .due(DueQueue.PUSHES, invoice.invoiceId(), when);
  }

  /** Counts another execution; fails if another one was counted meanwhile. */
  public static Write restarted(String firm, Invoice invoice) {
    return Write.update(firm, key(invoice.invoiceId()))
        .set("restarts", invoice.restarts() + 1)
        .ifEquals("restarts", invoice.restarts());
  }

  private static Delivery delivery(Item invoice) {
    Item item = invoice.object("delivery");
    DeliveryStatus status = DeliveryStatus.of(item.text("status"));
    Instant at = item.instant("at");
    // Mails that were queued before recipients were kept went to the customer as printed.
    return !item.has("recipients") && status != DeliveryStatus.NONE
        ? Delivery.queued(party(invoice.object("customer")).email(), at).all(status, at)
        : new Delivery(
            status, at, item.objects("recipients").stream().map(InvoiceItem::recipient).toList());
  }

  private static Recipient recipient(Item item) {
    return new Recipient(
        item.text("email"),
        DeliveryStatus.of(item.text("status")),
        item.instant("at"),
        Recipient.Note.of(item.text("note")));
  }

  private static Map<String, Object> recipient(Recipient recipient) {
    return Json.object(
        "email", recipient.email(),
        "status", recipient.status().word(),
        "at", recipient.at(),
        "note", recipient.note() == null ? null : recipient.note().word());
  }

  private static Party party(Item item) {
    return new Party(
        item.text("customerId"),
        item.text("name"),
        item.text("email"),
        item.text("address"),
        item.text("reference"),
        item.text("taxId"),
        Postal.of(item.object("postal")),
        item.bool("taxExempt"),
        item.whole("termsDays"));
  }

  private static Map<String, Object> party(Party party) {
    return Json.object(
        "customerId", party.customerId(),
        "name", party.name(),
        "email", party.email(),
        "address", party.address(),
        "reference", party.reference(),
        "taxId", party.taxId(),
        "postal", party.postal().kept(),
        "taxExempt", party.taxExempt() ? true : null,
        "termsDays", party.termsDays());
  }

  private static TaxAmount tax(Item item) {
    return new TaxAmount(
        item.text("name"), new BigDecimal(item.text("ratePercent")), item.number("amount"));
  }

  private static Map<String, Object> tax(TaxAmount tax) {
    return Json.object(
        "name", tax.name(),
        "ratePercent", tax.ratePercent().toPlainString(),
        "amount", tax.amount());
  }

  private static Discount discount(Item item) {
    String percent = item.text("percent");
    long amount = item.number("amount");
    return new Discount(
        percent == null ? null : new BigDecimal(percent), item.number("asked", amount), amount);
  }

  private static Map<String, Object> discount(Discount discount) {
    return discount == null
        ? null
        : Json.object(
            "percent", discount.percent() == null ? null : discount.percent().toPlainString(),
            "asked", discount.asked(),
            "amount", discount.amount());
  }

  private static Line line(Item item) {
    return LineBuilder.builder()
        .lineId(item.text("lineId"))
        .kind(Line.Kind.of(item.text("kind")))
        .description(item.text("description"))
        .timeEntryId(item.text("timeEntryId"))
        .service(named(item, "service"))
        .staff(named(item, "staff"))
        .workedOn(item.date("workedOn"))
        .measuredSeconds(item.number("measuredSeconds"))
        .billedMinutes(item.number("billedMinutes"))
        .hourlyRate(item.number("hourlyRate"))
        .price(price(item))
        .taxable(item.bool("taxable"))
        .amount(item.number("amount"))
        .edited(item.texts("edited"))
        .build();
  }

  private static Named named(Item item, String what) {
    String id = item.text(what + "Id");
    return id == null ? null : new Named(id, item.text(what + "Name"));
  }

  private static Price price(Item item) {
    String quantity = item.text("quantity");
    return quantity == null ? null : new Price(new BigDecimal(quantity), item.number("unitAmount"));
  }

  private static Map<String, Object> line(Line line) {
    Named service = line.service();
    Named staff = line.staff();
    Price price = line.price();
    return Json.object(
        "lineId", line.lineId(),
        "kind", line.kind().word(),
        "description", line.description(),
        "timeEntryId", line.timeEntryId(),
        "serviceId", service == null ? null : service.id(),
        "serviceName", service == null ? null : service.name(),
        "staffId", staff == null ? null : staff.id(),
        "staffName", staff == null ? null : staff.name(),
        "workedOn", line.workedOn(),
        "measuredSeconds", line.measuredSeconds(),
        "billedMinutes", line.billedMinutes(),
        "hourlyRate", line.hourlyRate(),
        "quantity", price == null ? null : price.quantity().toPlainString(),
        "unitAmount", price == null ? null : price.unitAmount(),
        "taxable", line.taxable(),
        "amount", line.amount(),
        "edited", line.edited());
  }
}
