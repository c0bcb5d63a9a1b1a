package dev.clockbill.invoice;

import dev.clockbill.shared.SearchText;
import java.util.Comparator;

/**
 * What a list of invoices is ordered by. Each order is that of texts, so that a cursor holds one.
 */
enum InvoiceOrder {
  /** The day of issue, or for drafts the day they were made. */
  ISSUED_ON("issuedOn"),
  /** The day they are due; those without one come last either way. */
  DUE_ON("dueOn"),
  /** The total; currencies come one after the other. */
  TOTAL("total"),
  /** The customer's name as printed. */
  CUSTOMER("customer");

  private static final String LAST = "~";

  private final String word;

  InvoiceOrder(String word) {
    this.word = word;
  }

  /** As requests write it. */
  String word() {
    return word;
  }

  /**
   * The place of an invoice, no two of which are the same.
   *
   * @param ascending what is absent comes last in either direction
   */
  String place(Invoice invoice, boolean ascending) {
    return key(invoice, ascending) + "#" + invoice.invoiceId();
  }

  private String key(Invoice invoice, boolean ascending) {
    return switch (this) {
      case ISSUED_ON ->
          (invoice.issuedOn() == null ? invoice.madeOn() : invoice.issuedOn()).toString();
      case DUE_ON -> invoice.dueOn() == null ? (ascending ? LAST : "") : invoice.dueOn().toString();
      // Totals are never negative.
      case TOTAL -> "%s %019d".formatted(invoice.currency(), invoice.total());
      case CUSTOMER -> SearchText.of(invoice.customer().name());
    };
  }

  /** How places are ordered. */
  static Comparator<String> places(boolean ascending) {
    return ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }
}
