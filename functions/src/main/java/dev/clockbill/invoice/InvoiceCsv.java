package dev.clockbill.invoice;

import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Invoices as CSV: the fields of a summary except lists, with each amount a second time in decimal
 * notation, in a column that ends in {@code Decimal}. New columns come last, so that whoever reads
 * them by their places finds the others where they were.
 */
final class InvoiceCsv {
  static final List<String> COLUMNS =
      List.of(
          "number",
          "state",
          "overdue",
          "issuedOn",
          "dueOn",
          "customerName",
          "customerEmail",
          "currency",
          "subtotal",
          "subtotalDecimal",
          "discount",
          "discountDecimal",
          "tax",
          "taxDecimal",
          "total",
          "totalDecimal",
          "amountPaid",
          "amountPaidDecimal",
          "amountDue",
          "amountDueDecimal",
          "note",
          "delivery",
          "invoiceId",
          "customerId",
          "customerReference",
          "customerTaxId",
          "customerTaxExempt",
          "onPaper",
          "handedOverAt");

  private InvoiceCsv() {}

  static Map<String, Object> row(Invoice invoice, boolean overdue) {
    Map<String, Object> row =
        Json.object(
            "number", invoice.number(),
            "state", invoice.state().word(),
            "overdue", overdue,
            "issuedOn", invoice.issuedOn(),
            "dueOn", invoice.dueOn(),
            "customerName", invoice.customer().name(),
            "customerEmail", invoice.customer().email(),
            "currency", invoice.currency(),
            "note", invoice.note(),
            "delivery", invoice.delivery().status().word(),
            "invoiceId", invoice.invoiceId(),
            "customerId", invoice.customer().customerId(),
            "customerReference", invoice.customer().reference(),
            "customerTaxId", invoice.customer().taxId(),
            "customerTaxExempt", invoice.customer().taxExempt(),
            "onPaper", invoice.paper() != null,
            "handedOverAt", invoice.paper() == null ? null : invoice.paper().handedOverAt());
    amounts(invoice)
        .forEach(
            (column, amount) -> {
              row.put(column, amount);
              row.put(column + "Decimal", Money.decimal(amount, invoice.currency()));
            });
    return row;
  }

  private static Map<String, Long> amounts(Invoice invoice) {
    Map<String, Long> amounts = new LinkedHashMap<>();
    amounts.put("subtotal", invoice.subtotal());
    amounts.put("discount", invoice.discount() == null ? 0 : invoice.discount().amount());
    amounts.put("tax", invoice.taxes().stream().mapToLong(TaxAmount::amount).sum());
    amounts.put("total", invoice.total());
    amounts.put("amountPaid", invoice.amountPaid());
    amounts.put("amountDue", invoice.amountDue());
    return amounts;
  }
}
