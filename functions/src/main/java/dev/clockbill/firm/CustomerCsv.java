package dev.clockbill.firm;

import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Customers as CSV, as an import takes them again: with all that it reads, by the names that it
 * knows. Columns are the same on every page: three for each contact that a customer may have, and
 * one for each service that has a name of its own, by name.
 *
 * @param currency of their rates
 * @param rates the columns of rates
 */
public record CustomerCsv(String currency, RateColumns rates) {
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "email",
          "phone",
          "street",
          "street2",
          "city",
          "region",
          "postalCode",
          "country",
          "address",
          "reference",
          "taxId",
          "taxExempt",
          "termsDays",
          "billing",
          "sendAutomatically",
          "note",
          "active",
          "customerId");

  /** That of a firm. */
  public static CustomerCsv of(Table table, String firmId) {
    FirmSettings firm = FirmItem.read(table, firmId);
    return new CustomerCsv(firm.currency(), RateColumns.read(table, firmId, firm.decimals()));
  }

  /**
   * Answers with the customers of a list.
   *
   * @throws dev.clockbill.http.Problem 400 for a wrong limit or cursor
   */
  public Response answer(Request request, CustomerList.Pages list) {
    return CsvPage.answer(
        request,
        columns(),
        (limit, cursor) -> {
          CustomerList.Found found = list.read(limit, cursor);
          return new CsvPage.Part(found.customers().stream().map(this::row).toList(), found.next());
        });
  }

  private List<String> columns() {
    return Stream.of(
            COLUMNS.stream(), ContactColumns.names(Customer.MOST_CONTACTS), rates.headings())
        .flatMap(names -> names)
        .toList();
  }

  private Map<String, Object> row(Customer customer) {
    Map<String, Object> row =
        Json.object(
            "name", customer.name(),
            "email", customer.email(),
            "phone", customer.phone(),
            "address", writtenItself(customer),
            "reference", customer.reference(),
            "taxId", customer.taxId(),
            "taxExempt", customer.taxExempt(),
            "termsDays", customer.termsDays(),
            "billing", customer.billing() == null ? null : customer.billing().word(),
            "sendAutomatically", customer.sendAutomatically(),
            "note", customer.note(),
            "active", customer.active(),
            "customerId", customer.customerId());
    row.putAll(customer.postal().json());
    row.putAll(ContactColumns.cells(customer.contacts()));
    row.putAll(rates.cells(customer.rates(), currency));
    return row;
  }

  /**
   * The address where it is not what its parts make: beside them it would stay as it is when
   * somebody corrects a part of the file.
   */
  private static String writtenItself(Customer customer) {
    String address = customer.address();
    return address == null || address.equals(customer.postal().text()) ? null : address;
  }
}
