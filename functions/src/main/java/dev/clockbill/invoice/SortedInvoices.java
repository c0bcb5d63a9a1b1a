package dev.clockbill.invoice;

import dev.clockbill.http.Problem;
import dev.clockbill.table.WrongCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Invoices in an order that no index has: all that the filters leave are read and sorted, for each
 * page anew, so that the cost of a page grows with them; there may be {@value #MOST} at most. A
 * cursor is the place of the last invoice shown, so that no page repeats or leaves out an invoice
 * that stays where it is.
 */
final class SortedInvoices {
  /** How many invoices are sorted at most. */
  static final int MOST = 2_000;

  private final WantedInvoices wanted;
  private final Supplier<List<Invoice>> read;
  private List<Placed> sorted;

  /** Sorts these, which are read when they are first needed. */
  SortedInvoices(WantedInvoices wanted, Supplier<List<Invoice>> read) {
    this.wanted = wanted;
    this.read = read;
  }

  private record Placed(String place, Invoice invoice) {}

  /** Refuses to sort so many. */
  static Problem tooMany() {
    return Problem.invalid(
        "sort",
        "More than 2,000 invoices would have to be sorted. Choose a state, a customer or a period"
            + " first.");
  }

  /** One page. */
  InvoiceList.Found page(int limit, String cursor) {
    Comparator<String> places = InvoiceOrder.places(wanted.ascending());
    if (sorted == null) {
      sorted =
          read.get().stream()
              .map(each -> new Placed(wanted.order().place(each, wanted.ascending()), each))
              .sorted(Comparator.comparing(Placed::place, places))
              .toList();
    }
    String last = cursor == null ? null : opened(cursor);
    List<Placed> page = new ArrayList<>();
    for (Placed each : sorted) {
      if (last == null || places.compare(each.place(), last) > 0) {
        if (page.size() == limit) {
          return found(page, sealed(page.getLast().place()));
        }
        page.add(each);
      }
    }
    return found(page, null);
  }

  private static InvoiceList.Found found(List<Placed> page, String next) {
    return new InvoiceList.Found(page.stream().map(Placed::invoice).toList(), next);
  }

  private String sealed(String place) {
    String text = wanted.order().word() + " " + place;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String opened(String cursor) {
    String begin = wanted.order().word() + " ";
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(begin)) {
        return text.substring(begin.length());
      }
    } catch (IllegalArgumentException notOurs) {
      throw new WrongCursor();
    }
    throw new WrongCursor();
  }
}
