package dev.clockbill.invoice.send;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Logo;
import dev.clockbill.firm.Messages;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.StateRule;
import dev.clockbill.invoice.mail.InvoiceMail;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.mail.Mail;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeEntryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person looks at before an invoice is sent, or mailed again: its mail, and time that
 * overlaps.
 */
public final class MailPreview {
  /** Shown in place of the secret part of a pay link that does not exist yet. */
  private static final String NO_LINK_YET = "…";

  /** More than anybody would look through. */
  private static final int MOST_OVERLAPS = 20;

  private final Table table;
  private final InvoiceStore store;
  private final TimeEntryStore time;
  private final String baseUrl;

  /**
   * Reads this table.
   *
   * @param baseUrl where pay links begin
   */
  public MailPreview(Table table, String baseUrl) {
    this.table = table;
    this.store = new InvoiceStore(table);
    this.time = new TimeEntryStore(table);
    this.baseUrl = baseUrl;
  }

  /**
   * The mail as it would be sent now; for a draft as if Send were pressed, with the next number.
   * For drafts it also lists time of the same people that overlaps with the time on the draft, and
   * what else a person should look at first.
   *
   * @return {@code {"to", "cc", "subject", "text", "html", "wording", "overlaps", "warnings"}}
   * @throws Problem 409 {@code invoice-void}
   */
  public Map<String, Object> of(FirmSettings firm, Invoice invoice) {
    Invoice shown = asIfSent(firm, invoice);
    Wording usual = firms(firm).or(InvoiceMail.usual(firm, shown));
    Map<String, Object> found = new LinkedHashMap<>(saying(firm, invoice, Wording.NONE));
    found.put("wording", Json.object("subject", usual.subject(), "message", usual.message()));
    found.put("overlaps", overlaps(firm.firmId(), invoice));
    found.put(
        "warnings",
        SendWarning.of(table, firm, invoice, shown).stream().map(SendWarning::json).toList());
    return found;
  }

  /**
   * The mail as it would be sent now if its sender said this.
   *
   * @return {@code {"to", "cc", "subject", "text", "html"}}; {@code to} is null where nobody can be
   *     mailed
   * @throws Problem 409 {@code invoice-void}
   */
  public Map<String, Object> saying(FirmSettings firm, Invoice invoice, Wording wording) {
    Invoice shown = asIfSent(firm, invoice);
    Recipients recipients = Recipients.ofInvoice(store, firm.firmId(), invoice);
    Mail mail =
        InvoiceMail.of(firm, shown, baseUrl)
            .mail(
                MailOfInvoice.next(firm.firmId(), invoice),
                firm,
                shown,
                recipients.nobody() ? null : recipients.to(),
                Letter.saying(wording.or(firms(firm))));
    return Json.object(
        "to", mail.to(),
        "cc", recipients.nobody() ? List.of() : recipients.cc(),
        "subject", mail.subject(),
        "text", mail.text(),
        "html", Logo.shownIn(mail.html(), table, firm.firmId()));
  }

  /** What the firm has written for the mails of its invoices. */
  private Wording firms(FirmSettings firm) {
    return Wording.of(Messages.read(table, firm.firmId()).invoice());
  }

  /**
   * An invoice as if Send were pressed now: a draft with the next number, for its customer as they
   * are now.
   *
   * @throws Problem 409 {@code invoice-void}
   */
  public Invoice asIfSent(FirmSettings firm, Invoice invoice) {
    if (invoice.state() == InvoiceState.VOID) {
      StateRule.VOID.allows();
    }
    if (invoice.number() != null) {
      return invoice;
    }
    Invoice billed =
        invoice.state().frozen()
            ? invoice
            : invoice.billedTo(store.customerNow(firm.firmId(), invoice), firm.invoicing().taxes());
    return InvoiceNumber.next(table, firm, billed).on(billed, NO_LINK_YET);
  }

  /** The pairs of time entries of one person that overlap by at least a second. */
  private List<Map<String, Object>> overlaps(String firm, Invoice invoice) {
    if (invoice.state().frozen()) {
      return List.of();
    }
    List<TimeEntry> entries =
        table
            .get(firm, invoice.timeEntryIds().stream().map(TimeEntryItem::key).toList())
            .values()
            .stream()
            .map(TimeEntryItem::of)
            .toList();
    List<Pair> pairs = new ArrayList<>();
    time.overlaps(firm, entries)
        .forEach((id, others) -> others.forEach(other -> pairs.add(new Pair(id, other))));
    List<Pair> shown = pairs.stream().limit(MOST_OVERLAPS).toList();
    Map<String, Item> read =
        table.get(firm, shown.stream().map(pair -> TimeEntryItem.key(pair.other())).toList());
    return shown.stream()
        .filter(pair -> read.containsKey(TimeEntryItem.key(pair.other())))
        .map(
            pair ->
                Json.object(
                    "timeEntryId",
                    pair.timeEntryId(),
                    "other",
                    TimeEntryItem.of(read.get(TimeEntryItem.key(pair.other()))).json()))
        .toList();
  }

  /**
   * Two time entries that overlap.
   *
   * @param timeEntryId the one on the invoice
   */
  private record Pair(String timeEntryId, String other) {}
}
