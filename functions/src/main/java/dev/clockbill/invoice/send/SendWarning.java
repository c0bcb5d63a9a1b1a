package dev.clockbill.invoice.send;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.mail.InvoicePdf;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person should look at before an invoice goes out. Nothing of it is refused: whoever
 * presses Send has seen it. What is sent automatically nobody has seen, so an {@linkplain #unusual
 * unusual} amount waits for a person there.
 *
 * @param kind what it is about
 * @param text what is the matter, in words
 */
record SendWarning(Kind kind, String text) {
  /** How many times the largest of the latest invoices an amount has to be to be unusual. */
  private static final int TIMES = 10;

  /** Fewer invoices than this say nothing about what is usual. */
  private static final int FEWEST = 5;

  /** How many invoices are looked at, of each of the two states. */
  private static final int LATEST = 5;

  /** A later due date than so many days from now is likely to be a slip of the finger. */
  private static final int LATEST_DUE_DAYS = 366;

  /** So many characters that cannot be printed are named. */
  private static final int MOST_NAMED = 10;

  /** What a warning is about. */
  enum Kind {
    /** The firm has no address. */
    FIRM_ADDRESS("firm-address-missing"),
    /** The customer has no address. */
    CUSTOMER_ADDRESS("customer-address-missing"),
    /** The customer became exempt from taxes, or is no longer, since the draft was made. */
    EXEMPTION_CHANGED("tax-exemption-changed"),
    /** The due date has passed: Send refuses it. */
    DUE_DATE_PASSED("due-date-passed"),
    /** The due date is more than a year away. */
    DUE_DATE_FAR("due-date-far"),
    /** The PDF shows some characters as boxes. */
    UNPRINTABLE("text-unprintable"),
    /** The amount is out of all proportion to the firm's usual ones. */
    AMOUNT_UNUSUAL("amount-unusual");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As responses show it. */
    String word() {
      return word;
    }
  }

  /**
   * What is to be looked at before an invoice is sent, or mailed again.
   *
   * @param invoice as it is
   * @param shown the invoice as if it were sent now
   */
  static List<SendWarning> of(Table table, FirmSettings firm, Invoice invoice, Invoice shown) {
    List<SendWarning> found = new ArrayList<>();
    if (isBlank(firm.address())) {
      found.add(
          new SendWarning(
              Kind.FIRM_ADDRESS,
              "Your firm\u2019s address is missing. It belongs on every invoice."));
    }
    if (isBlank(shown.customer().address())) {
      found.add(
          new SendWarning(
              Kind.CUSTOMER_ADDRESS, "The address of " + shown.customer().name() + " is missing."));
    }
    unprintable(firm, shown).ifPresent(found::add);
    if (shown.state() == InvoiceState.DRAFT) {
      exemption(firm, invoice, shown).ifPresent(found::add);
      dueDate(firm, shown).ifPresent(found::add);
      unusual(table, firm, shown).ifPresent(found::add);
    }
    return found;
  }

  /** Whether the PDF has boxes in place of characters that no font of ours has. */
  static Optional<SendWarning> unprintable(FirmSettings firm, Invoice invoice) {
    Set<String> missing = InvoicePdf.missing(firm, invoice, "");
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SendWarning(
                Kind.UNPRINTABLE,
                "The PDF shows an empty box in place of "
                    + missing.stream().limit(MOST_NAMED).collect(Collectors.joining(" "))
                    + (missing.size() > MOST_NAMED ? " and others" : "")
                    + ". The email and the payment page show the text as it is."));
  }

  private static Optional<SendWarning> exemption(
      FirmSettings firm, Invoice invoice, Invoice shown) {
    if (invoice.total() == shown.total()) {
      return Optional.empty();
    }
    String total = firm.texts().money(shown.total(), shown.currency());
    return Optional.of(
        new SendWarning(
            Kind.EXEMPTION_CHANGED,
            shown.customer().taxExempt()
                ? shown.customer().name()
                    + " is tax exempt now. The invoice goes out without taxes, over "
                    + total
                    + "."
                : shown.customer().name()
                    + " is no longer tax exempt. The invoice goes out with taxes, over "
                    + total
                    + "."));
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static Optional<SendWarning> dueDate(FirmSettings firm, Invoice shown) {
    String day = firm.texts().date(shown.dueOn());
    if (shown.dueOn().isBefore(shown.issuedOn())) {
      return Optional.of(
          new SendWarning(
              Kind.DUE_DATE_PASSED, "The due date, " + day + ", has passed. Choose a later one."));
    }
    return shown.dueOn().isAfter(shown.issuedOn().plusDays(LATEST_DUE_DAYS))
        ? Optional.of(
            new SendWarning(
                Kind.DUE_DATE_FAR, "The due date, " + day + ", is more than a year away."))
        : Optional.empty();
  }

  /**
   * Whether an amount is out of all proportion: more than ten times the largest of the firm's
   * latest invoices in the same currency, the last five that are paid and the last five that are
   * sent. Fewer than five say nothing.
   */
  static Optional<SendWarning> unusual(Table table, FirmSettings firm, Invoice draft) {
    List<String> keys =
        Stream.of(InvoiceState.SENT, InvoiceState.PAID)
            .map(
                state ->
                    IndexQuery.of(Index.BY_STATE, InvoiceItem.byState(firm.firmId(), state))
                        .reversed())
            .flatMap(query -> table.page(query, LATEST, null).items().stream())
            .map(Item::key)
            .toList();
    List<Long> totals =
        table.get(firm.firmId(), keys).values().stream()
            .map(InvoiceItem::of)
            .filter(each -> each.currency().equals(draft.currency()))
            .map(Invoice::total)
            .toList();
    long largest = totals.stream().max(Long::compare).orElse(0L);
    return totals.size() < FEWEST || largest == 0 || draft.total() / TIMES < largest
        ? Optional.empty()
        : Optional.of(
            new SendWarning(
                Kind.AMOUNT_UNUSUAL,
                firm.texts().money(draft.total(), draft.currency())
                    + " is at least "
                    + TIMES
                    + " times as much as any of your latest invoices. The largest of them was "
                    + firm.texts().money(largest, draft.currency())
                    + "."));
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object("kind", kind.word(), "text", text);
  }
}
