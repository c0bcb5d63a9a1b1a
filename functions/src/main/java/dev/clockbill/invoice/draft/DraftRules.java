package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Time;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Rules of drafts: how they are made, and how they gain, follow and lose time entries. */
public final class DraftRules {
  /**
   * An invoice and the answer that is kept of a request that made it are an item of the table each,
   * of at most 400 kB: this much of it may be lines.
   */
  private static final int MOST_BYTES = 350_000;

  private DraftRules() {}

  /**
   * A new draft, with the firm's present taxes, or none for a customer who is exempt.
   *
   * @param currency that of its time, or the firm's where it has none
   * @param execution the workflow's execution that drives it, or null
   * @param links other invoices that belong to it
   */
  public static Invoice opened(
      FirmSettings firm,
      Party customer,
      String currency,
      List<Line> lines,
      String execution,
      Invoice.Links links) {
    return InvoiceBuilder.builder()
        .invoiceId(Ids.next())
        .state(InvoiceState.DRAFT)
        .customer(customer)
        .currency(currency)
        .taxes(TaxAmount.unpriced(customer, firm.invoicing().taxes()))
        .delivery(Delivery.NONE)
        .madeOn(firm.day(Time.now()))
        .grouping(firm.invoicing().grouping())
        .execution(execution)
        .links(links)
        .version(1)
        .build()
        .billing(lines);
  }

  /** Whether an entry's time can be added to a draft. */
  static boolean takes(Invoice draft, TimeEntry entry) {
    return !draft.state().frozen()
        && draft.currency().equals(entry.currency())
        && draft.lines().size() < Invoice.MOST_LINES
        && fits(with(draft.lines(), Line.ofTime(entry)));
  }

  /** A draft with an entry's time as its last line. */
  static Invoice appended(Invoice draft, TimeEntry entry) {
    return draft.billing(with(draft.lines(), Line.ofTime(entry)));
  }

  /** What the history calls an entry. */
  static String words(TimeEntry entry) {
    return entry.serviceName() + ", " + entry.staffName();
  }

  /** Whether lines fit into one invoice. */
  static boolean fits(List<Line> lines) {
    return lines.size() <= Invoice.MOST_LINES
        && lines.stream().mapToLong(InvoiceJson::bytes).sum() <= MOST_BYTES;
  }

  /**
   * Divides time of one customer into what one invoice takes each: by currency, and in the order in
   * which it comes.
   */
  public static List<List<TimeEntry>> portions(List<TimeEntry> time) {
    List<List<TimeEntry>> portions = new ArrayList<>();
    time.stream()
        .collect(
            Collectors.groupingBy(TimeEntry::currency, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(same -> portions.addAll(fitting(same)));
    return portions;
  }

  private static List<List<TimeEntry>> fitting(List<TimeEntry> time) {
    List<List<TimeEntry>> portions = new ArrayList<>();
    List<TimeEntry> portion = new ArrayList<>();
    long bytes = 0;
    for (TimeEntry entry : time) {
      long more = InvoiceJson.bytes(Line.ofTime(entry));
      if (portion.size() == Invoice.MOST_LINES || bytes + more > MOST_BYTES) {
        portions.add(List.copyOf(portion));
        portion.clear();
        bytes = 0;
      }
      portion.add(entry);
      bytes += more;
    }
    portions.add(List.copyOf(portion));
    return portions;
  }

  /**
   * Lets a draft follow a time entry on it that changes: the entry's line changes too, except what
   * a person set on the line itself.
   *
   * @param work the transaction that changes the entry; it fails if the draft changes meanwhile
   * @param entry as it is going to be
   * @param who changes it
   * @param texts the firm's
   * @throws Problem 409 {@code time-billed} if the invoice is no draft any more
   */
  public static void follow(
      UnitOfWork work, Invoice draft, TimeEntry entry, String who, LocalTexts texts) {
    StateRules.in(draft.state()).time().allows();
    Invoice edited =
        draft.billing(
            draft.lines().stream()
                .map(line -> bills(line, entry.timeEntryId()) ? line.following(entry) : line)
                .toList());
    if (edited.equals(draft)) {
      InvoiceChange.requireUnchanged(work, draft);
    } else {
      InvoiceChange.editing(work, draft, edited)
          .history(who, "Time changed: " + EditSummary.words(draft, edited, texts));
    }
  }

  /**
   * Takes a time entry off a draft. A draft may be left without lines.
   *
   * @param work the transaction that removes the entry; it fails if the draft changes meanwhile
   * @param texts the firm's, where it is known
   * @throws Problem 409 {@code time-billed} if the invoice is no draft any more
   */
  public static void remove(
      UnitOfWork work, Invoice draft, String timeEntryId, String who, LocalTexts texts) {
    StateRules.in(draft.state()).time().allows();
    Invoice edited =
        draft.billing(draft.lines().stream().filter(line -> !bills(line, timeEntryId)).toList());
    InvoiceChange.editing(work, draft, edited)
        .history(who, "Time removed: " + EditSummary.words(draft, edited, texts));
  }

  private static boolean bills(Line line, String timeEntryId) {
    return timeEntryId.equals(line.timeEntryId());
  }

  private static List<Line> with(List<Line> lines, Line last) {
    List<Line> more = new ArrayList<>(lines);
    more.add(last);
    return more;
  }
}
