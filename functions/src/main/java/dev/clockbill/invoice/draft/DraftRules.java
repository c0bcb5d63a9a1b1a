package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Delivery;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rules of drafts: how they come about, take up time, follow it when it changes, and let it go. */
public final class DraftRules {
  /** Lines have to fit into the table's item of 400 kB, beside everything else. */
  private static final int MOST_BYTES = 250_000;

  private DraftRules() {}

  /**
   * A new draft. Its taxes are the firm's now.
   *
   * @param currency that of its time, or the firm's where it has none
   * @param execution the workflow's execution that drives it, or null
   * @param links what it hangs together with
   */
  public static Invoice opened(
      FirmSettings firm,
      Party customer,
      String currency,
      List<Line> lines,
      String execution,
      Invoice.Links links) {
    Instant now = Time.now();
    return new Invoice(
            Ids.next(),
            InvoiceState.DRAFT,
            null,
            customer,
            currency,
            List.of(),
            0,
            null,
            firm.invoicing().taxes().stream()
                .map(tax -> new TaxAmount(tax.name(), tax.ratePercent(), 0))
                .toList(),
            0,
            0,
            null,
            null,
            null,
            null,
            Delivery.NONE,
            firm.day(now),
            0,
            null,
            execution,
            0,
            links,
            1)
        .withLines(lines);
  }

  /** Whether a draft can take up an entry's time. */
  static boolean takes(Invoice draft, TimeEntry entry) {
    return !draft.state().frozen()
        && draft.currency().equals(entry.currency())
        && draft.lines().size() < Invoice.MOST_LINES
        && fits(with(draft.lines(), Line.ofTime(entry)));
  }

  /** A draft with an entry's time as its last line. */
  static Invoice appended(Invoice draft, TimeEntry entry) {
    return draft.withLines(with(draft.lines(), Line.ofTime(entry)));
  }

  /** Whether lines fit into one invoice. */
  static boolean fits(List<Line> lines) {
    return lines.size() <= Invoice.MOST_LINES
        && lines.stream().mapToLong(DraftRules::bytes).sum() <= MOST_BYTES;
  }

  /**
   * What changes on a draft when an entry on it changes: its line follows, except what a person set
   * on the line itself.
   *
   * @param draft as it was read
   * @param entry as it is going to be
   * @param who changes it
   * @return writes for the transaction that changes the entry; they hold only for the draft as read
   * @throws Problem 409 {@code time-billed} if the invoice is no draft any more
   */
  public static List<Write> follow(String firm, Invoice draft, TimeEntry entry, String who) {
    StateRules.in(draft.state()).time().allows();
    Invoice edited =
        draft.withLines(
            draft.lines().stream()
                .map(line -> bills(line, entry.timeEntryId()) ? line.following(entry) : line)
                .toList());
    return edited.equals(draft)
        ? List.of(
            Write.check(firm, InvoiceItem.key(draft.invoiceId()))
                .ifEquals("version", draft.version())
                .ifEquals("state", InvoiceState.DRAFT.word()))
        : List.of(
            InvoiceStore.edited(firm, draft, edited),
            HistoryEvent.now(
                firm, draft.invoiceId(), who, "Time changed: " + EditSummary.words(draft, edited)));
  }

  /**
   * What changes on a draft when an entry on it goes: its line goes too. A draft may stay without
   * lines.
   *
   * @param draft as it was read
   * @return writes for the transaction that removes the entry; they hold only for the draft as read
   * @throws Problem 409 {@code time-billed} if the invoice is no draft any more
   */
  public static List<Write> remove(String firm, Invoice draft, String timeEntryId, String who) {
    StateRules.in(draft.state()).time().allows();
    Invoice edited =
        draft.withLines(draft.lines().stream().filter(line -> !bills(line, timeEntryId)).toList());
    return List.of(
        InvoiceStore.edited(firm, draft, edited),
        HistoryEvent.now(
            firm, draft.invoiceId(), who, "Time removed: " + EditSummary.words(draft, edited)));
  }

  private static boolean bills(Line line, String timeEntryId) {
    return timeEntryId.equals(line.timeEntryId());
  }

  private static List<Line> with(List<Line> lines, Line last) {
    List<Line> more = new ArrayList<>(lines);
    more.add(last);
    return more;
  }

  private static long bytes(Line line) {
    return line.description().getBytes(StandardCharsets.UTF_8).length;
  }
}
