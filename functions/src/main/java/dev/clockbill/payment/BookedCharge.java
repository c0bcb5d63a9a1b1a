package dev.clockbill.payment;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A charge with the invoices that it paid, as they are stored.
 *
 * @param invoices in the order of its shares
 * @param texts how the firm writes money
 */
record BookedCharge(List<Invoice> invoices, ChargeRows rows, LocalTexts texts) {

  /** The keys of what belongs to a payment of invoices. */
  static List<String> keys(List<String> invoiceIds, String paymentId) {
    List<String> keys = new ArrayList<>(List.of(FirmItem.KEY));
    for (String id : invoiceIds) {
      keys.add(InvoiceItem.key(id));
      keys.add(PaymentItem.key(id, paymentId));
    }
    return keys;
  }

  /**
   * A charge of some invoices.
   *
   * @param stored what was found of its {@linkplain #keys keys}; no invoice is missing
   */
  static BookedCharge of(ChargeLedger ledger, List<String> invoiceIds, Map<String, Item> stored) {
    List<Invoice> invoices =
        invoiceIds.stream().map(id -> InvoiceItem.of(stored.get(InvoiceItem.key(id)))).toList();
    Map<String, Payment> payments = new LinkedHashMap<>();
    for (String id : invoiceIds) {
      Item payment = stored.get(PaymentItem.key(id, ledger.paymentId()));
      if (payment != null) {
        payments.put(id, PaymentItem.of(payment));
      }
    }
    return new BookedCharge(
        invoices,
        new ChargeRows(ledger, payments, invoices.getFirst().currency()),
        FirmItem.texts(stored));
  }

  /** Reads the invoices of a charge that is booked. */
  static BookedCharge read(Table table, String firm, ChargeLedger ledger) {
    List<String> invoiceIds = ledger.shares().stream().map(ChargeLedger.Share::invoiceId).toList();
    return of(ledger, invoiceIds, table.get(firm, keys(invoiceIds, ledger.paymentId())));
  }

  /** Reads the other invoices of a charge, of which one was read with its payment. */
  static BookedCharge read(
      Table table, String firm, ChargeLedger ledger, Invoice invoice, Payment payment) {
    List<String> invoiceIds = ledger.shares().stream().map(ChargeLedger.Share::invoiceId).toList();
    List<String> others =
        invoiceIds.stream().filter(id -> !id.equals(invoice.invoiceId())).toList();
    if (others.isEmpty()) {
      return new BookedCharge(
          List.of(invoice),
          new ChargeRows(ledger, Map.of(invoice.invoiceId(), payment), invoice.currency()),
          FirmItem.texts(table, firm));
    }
    BookedCharge rest = of(ledger, others, table.get(firm, keys(others, payment.paymentId())));
    Map<String, Payment> payments = new LinkedHashMap<>(rest.rows.payments());
    payments.put(invoice.invoiceId(), payment);
    return new BookedCharge(
        Stream.concat(Stream.of(invoice), rest.invoices.stream()).toList(),
        new ChargeRows(ledger, payments, invoice.currency()),
        rest.texts);
  }

  /** Its rows after a change of what is known of it. */
  ChargeRows with(UnaryOperator<ChargeLedger> change) {
    return new ChargeRows(change.apply(rows.ledger()), rows.payments(), rows.currency());
  }
}
