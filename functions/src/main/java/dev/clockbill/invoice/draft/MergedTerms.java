package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Invoice.TaxAmount;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The terms of a draft into which others are merged. Nothing is given away or taken silently: what
 * cannot be said of all lines together is refused.
 *
 * @param taxes those that all drafts have, or else the firm's of now
 * @param discount the percentage that all drafts have, or the sum of their amounts; null for none
 * @param dueOn the earliest day that a person set, or null
 * @param note all notes, one below the other, or null
 */
record MergedTerms(List<TaxAmount> taxes, Discount discount, LocalDate dueOn, String note) {

  /**
   * What becomes of the terms of some drafts.
   *
   * @throws Problem 409 {@code discounts-differ}; 400 where the notes are too long together
   */
  static MergedTerms of(FirmSettings firm, List<Invoice> drafts) {
    return new MergedTerms(
        taxes(firm, drafts),
        discount(drafts),
        drafts.stream()
            .map(Invoice::dueOn)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        note(drafts));
  }

  private static List<TaxAmount> taxes(FirmSettings firm, List<Invoice> drafts) {
    List<List<FirmSettings.Tax>> taxes =
        drafts.stream()
            .map(draft -> draft.taxes().stream().map(TaxAmount::tax).toList())
            .distinct()
            .toList();
    return TaxAmount.unpriced(
        drafts.getFirst().customer(),
        taxes.size() == 1 ? taxes.getFirst() : firm.invoicing().taxes());
  }

  private static Discount discount(List<Invoice> drafts) {
    List<Discount> discounts = drafts.stream().map(Invoice::discount).toList();
    if (discounts.stream().allMatch(each -> each == null || each.percent() == null)) {
      long amount = discounts.stream().filter(Objects::nonNull).mapToLong(Discount::amount).sum();
      return amount == 0 ? null : new Discount(null, amount);
    }
    boolean same =
        discounts.stream()
                .map(each -> each == null || each.percent() == null ? null : each.percent())
                .map(percent -> percent == null ? null : percent.stripTrailingZeros())
                .distinct()
                .count()
            == 1;
    if (!same) {
      throw Problem.of(
          409,
          "discounts-differ",
          "These drafts have different discounts. Give all of them the same percentage, or none,"
              + " and merge them again.");
    }
    return new Discount(discounts.getFirst().percent(), 0);
  }

  private static String note(List<Invoice> drafts) {
    String notes =
        drafts.stream()
            .map(Invoice::note)
            .filter(note -> note != null && !note.isEmpty())
            .distinct()
            .collect(Collectors.joining("\n"));
    if (notes.codePointCount(0, notes.length()) > Fields.NOTE) {
      throw Problem.invalid(
          "invoiceIds", "The notes of these drafts are too long for one invoice. Shorten them.");
    }
    return notes.isEmpty() ? null : notes;
  }
}
