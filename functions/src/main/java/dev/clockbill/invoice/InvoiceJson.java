package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invoices as responses show them. */
public final class InvoiceJson {
  private final LocalDate today;
  private final String baseUrl;

  /**
   * Shows invoices as they are today where the firm is.
   *
   * @param baseUrl where pay links begin
   */
  public InvoiceJson(FirmSettings firm, String baseUrl) {
    this.today = firm.day(Time.now());
    this.baseUrl = baseUrl;
  }

  /** Whether it should have been paid by now. */
  boolean overdue(Invoice invoice) {
    return invoice.overdue(today);
  }

  /** An invoice as lists show it. */
  Map<String, Object> summary(Invoice invoice) {
    return shown(invoice, Map.of(), Map.of(), Map.of());
  }

  /** An invoice with its lines, payments and history. */
  public Map<String, Object> full(FullInvoice full) {
    return shown(
        full.invoice(),
        Json.object("lines", full.invoice().lines().stream().map(InvoiceJson::line).toList()),
        Json.object(
            "payments", full.payments().stream().map(InvoiceJson::payment).toList(),
            "history", full.history().stream().map(InvoiceJson::event).toList()),
        underWay(full));
  }

  private Map<String, Object> shown(
      Invoice invoice,
      Map<String, Object> lines,
      Map<String, Object> more,
      Map<String, Object> corrected) {
    Map<String, Object> shown = new LinkedHashMap<>(head(invoice));
    shown.putAll(corrected);
    shown.putAll(lines);
    shown.putAll(sums(invoice));
    shown.putAll(terms(invoice));
    shown.putAll(more);
    return shown;
  }

  /**
   * Payments that were under way before invoices were marked with them carry no mark until they
   * move: where the payments were read, they say it themselves.
   */
  private static Map<String, Object> underWay(FullInvoice full) {
    return full.payments().stream().anyMatch(Payment::underWay)
        ? Map.of("paymentUnderWay", true)
        : Map.of();
  }

  private Map<String, Object> head(Invoice invoice) {
    return Json.object(
        "invoiceId", invoice.invoiceId(),
        "state", invoice.state().word(),
        "overdue", overdue(invoice),
        "flags", flags(invoice),
        "paymentUnderWay", !invoice.marks().underWay().isEmpty(),
        "number", invoice.number(),
        "version", invoice.version(),
        "customer",
            Json.object(
                "customerId", invoice.customer().customerId(),
                "name", invoice.customer().name(),
                "email", invoice.customer().email(),
                "address", invoice.customer().address(),
                "reference", invoice.customer().reference(),
                "taxId", invoice.customer().taxId(),
                "postal", invoice.customer().postal().json(),
                "taxExempt", invoice.customer().taxExempt(),
                "termsDays", invoice.customer().termsDays()),
        "currency", invoice.currency());
  }

  private static Map<String, Object> sums(Invoice invoice) {
    return Json.object(
        "subtotal", invoice.subtotal(),
        "discount", discount(invoice.discount()),
        "taxes", invoice.taxes().stream().map(InvoiceJson::tax).toList(),
        "total", invoice.total(),
        "amountPaid", invoice.amountPaid(),
        "amountDue", invoice.amountDue());
  }

  private Map<String, Object> terms(Invoice invoice) {
    return Json.object(
        "issuedOn", text(invoice.issuedOn()),
        "dueOn", text(invoice.dueOn()),
        "note", invoice.note(),
        "grouping", invoice.grouping() == null ? null : invoice.grouping().word(),
        "payUrl", invoice.payToken() == null ? null : PayLink.url(baseUrl, invoice.payToken()),
        "delivery",
            Json.object(
                "status", invoice.delivery().status().word(),
                "at", text(invoice.delivery().at()),
                "recipients",
                    invoice.delivery().recipients().stream().map(InvoiceJson::recipient).toList()),
        "paper",
            invoice.paper() == null
                ? null
                : Json.object("handedOverAt", text(invoice.paper().handedOverAt())),
        "remindedOn", text(invoice.remindedOn()),
        "revises", invoice.links().revises(),
        "revisedBy", invoice.links().revisedBy());
  }

  private static Map<String, Object> recipient(Recipient recipient) {
    return Json.object(
        "email", recipient.email(),
        "status", recipient.status().word(),
        "at", text(recipient.at()),
        "note", recipient.note() == null ? null : recipient.note().word());
  }

  private static List<String> flags(Invoice invoice) {
    List<String> flags = new ArrayList<>();
    if (invoice.state() == InvoiceState.VOID && invoice.amountPaid() > 0) {
      flags.add("paidAfterVoid");
    } else if (invoice.state().frozen() && invoice.amountPaid() > invoice.total()) {
      flags.add("overpaid");
    }
    if (!invoice.marks().disputed().isEmpty()) {
      flags.add("disputed");
    }
    if (!invoice.marks().unmatched().isEmpty()) {
      flags.add("unmatched");
    }
    return flags;
  }

  /** How much of an answer a line takes, in UTF-8; of the table's item it takes less. */
  public static long bytes(Line line) {
    return Json.write(line(line)).getBytes(StandardCharsets.UTF_8).length;
  }

  private static Map<String, Object> line(Line line) {
    return switch (line.kind()) {
      case TIME ->
          Json.object(
              "lineId", line.lineId(),
              "kind", line.kind().word(),
              "description", line.description(),
              "timeEntryId", line.timeEntryId(),
              "serviceId", id(line.service()),
              "serviceName", name(line.service()),
              "staffId", id(line.staff()),
              "staffName", name(line.staff()),
              "workedOn", text(line.workedOn()),
              "measuredSeconds", line.measuredSeconds(),
              "billedMinutes", line.billedMinutes(),
              "hourlyRate", line.hourlyRate(),
              "quantity", null,
              "unitAmount", null,
              "taxable", line.taxable(),
              "amount", line.amount());
      case FIXED ->
          Json.object(
              "lineId", line.lineId(),
              "kind", line.kind().word(),
              "description", line.description(),
              "serviceId", id(line.service()),
              "serviceName", name(line.service()),
              "staffId", null,
              "staffName", null,
              "quantity", line.price() == null ? null : line.price().quantity().toPlainString(),
              "unitAmount", line.price() == null ? null : line.price().unitAmount(),
              "taxable", line.taxable(),
              "amount", line.amount());
    };
  }

  private static String id(Line.Named named) {
    return named == null ? null : named.id();
  }

  private static String name(Line.Named named) {
    return named == null ? null : named.name();
  }

  private static Map<String, Object> discount(Invoice.Discount discount) {
    if (discount == null) {
      return null;
    }
    return discount.percent() == null
        ? Json.object("amount", discount.amount())
        : Json.object("percent", discount.percent().toPlainString(), "amount", discount.amount());
  }

  private static Map<String, Object> tax(Invoice.TaxAmount tax) {
    return Json.object(
        "name", tax.name(),
        "ratePercent", tax.ratePercent().toPlainString(),
        "amount", tax.amount());
  }

  /** A row of an invoice's table. */
  public static Map<String, Object> payment(Payment payment) {
    return Json.object(
        "paymentId", payment.paymentId(),
        "kind", payment.kind().word(),
        "status", payment.status().word(),
        "amount", payment.amount(),
        "method", payment.method(),
        "at", text(payment.at()),
        "byHand", payment.byHand(),
        "reference", payment.reference(),
        "ofPayment", payment.ofPayment());
  }

  private static Map<String, Object> event(HistoryEvent event) {
    return Json.object("at", text(event.at()), "who", event.who(), "what", event.what());
  }

  private static String text(LocalDate date) {
    return date == null ? null : date.toString();
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
