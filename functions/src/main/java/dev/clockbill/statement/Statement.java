package dev.clockbill.statement;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Time;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a customer stands with a firm now.
 *
 * @param open the invoices that are to be paid, oldest first
 */
record Statement(FirmSettings firm, Customer customer, List<Invoice> open) {

  /** The firm's day. */
  LocalDate today() {
    return firm.day(Time.now());
  }

  /** What is to be paid, by currency. */
  List<Balance> balances() {
    return Balance.of(open, today());
  }

  /** The same as printed, such as {@code $1,250.00 and €80.00}. */
  String balance() {
    return open.isEmpty()
        ? firm.texts().money(0, firm.currency())
        : balances().stream()
            .map(balance -> firm.texts().money(balance.due(), balance.currency()))
            .collect(Collectors.joining(" and "));
  }
}
