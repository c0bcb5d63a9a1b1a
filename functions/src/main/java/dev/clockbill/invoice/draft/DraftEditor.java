package dev.clockbill.invoice.draft;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes, edits and deletes drafts by hand, each in one transaction with the time on them. */
public final class DraftEditor {
  /** A transaction holds 100 items; besides time there are the invoice, its history and a key. */
  private static final int MOST_MOVED = 97;

  private final Table table;

  public DraftEditor(Table table) {
    this.table = table;
  }

  /**
   * A draft made by hand and what makes it.
   *
   * @param whole the invoice as it is going to be
   * @param writes its transaction
   */
  public record Made(InvoiceStore.Whole whole, List<Write> writes) {}

  /**
   * Prepares a draft of what a request names.
   *
   * @throws Problem 400, 404 or 409 if it cannot be made
   */
  public Made make(Request request, FirmSettings firm) {
    Fields fields = request.fields();
    String customerId = fields.requiredId("customerId");
    Set<String> named = new HashSet<>();
    List<LineRequest> lines = new ArrayList<>(timeLines(fields, named));
    lines.addAll(LineRequest.read(fields, List.of(), named).orElse(List.of()));
    fields.check();
    DraftChange change = new DraftChange(lines, null, null, null);
    Map<String, TimeEntry> time = time(firm.firmId(), change.addedTime());
    String currency =
        time.values().stream().findFirst().map(TimeEntry::currency).orElse(firm.currency());
    Invoice empty =
        DraftRules.opened(
            firm, customer(firm, customerId), currency, List.of(), null, Invoice.Links.NONE);
    mayBill(empty, change.addedTime(), time);
    Invoice draft = change.applied(empty, time);
    List<Write> writes = new ArrayList<>();
    writes.add(InvoiceStore.made(firm.firmId(), draft, Time.now().plus(DueQueue.PATIENCE)));
    time.values()
        .forEach(
            entry -> writes.add(InvoicedTime.drafted(firm.firmId(), entry, draft.invoiceId())));
    HistoryEvent made = HistoryEvent.now(request.caller().name(), "Draft made");
    writes.add(made.on(firm.firmId(), draft.invoiceId()));
    return new Made(new InvoiceStore.Whole(draft, List.of(), List.of(made)), writes);
  }

  /**
   * Merges a request into a draft.
   *
   * @throws Problem 400, 404 or 409 if the draft cannot become that; then nothing changes
   */
  public void edit(Request request, Invoice draft) {
    String firm = request.caller().firm();
    DraftChange change = DraftChange.read(request.fields(), draft);
    Map<String, TimeEntry> time = time(firm, change.addedTime());
    mayBill(draft, change.addedTime(), time);
    Invoice edited = change.applied(draft, time);
    if (edited.equals(draft)) {
      return;
    }
    Set<String> before = new HashSet<>(draft.timeEntryIds());
    Set<String> after = new HashSet<>(edited.timeEntryIds());
    List<Write> moved =
        Stream.concat(
                before.stream()
                    .filter(id -> !after.contains(id))
                    .map(id -> InvoicedTime.freed(firm, id, draft.invoiceId())),
                after.stream()
                    .filter(id -> !before.contains(id))
                    .map(id -> InvoicedTime.drafted(firm, time.get(id), draft.invoiceId())))
            .toList();
    if (moved.size() > MOST_MOVED) {
      throw Problem.invalid("lines", "Move at most " + MOST_MOVED + " entries of time at once.");
    }
    List<Write> writes = new ArrayList<>(moved);
    writes.add(InvoiceStore.edited(firm, draft, edited));
    writes.add(
        HistoryEvent.now(
            firm, draft.invoiceId(), request.caller().name(), EditSummary.words(draft, edited)));
    table.write(writes);
  }

  /** Deletes a draft; its time waits for a person then. */
  public void delete(String firm, Invoice draft) {
    List<Write> writes = new ArrayList<>();
    writes.add(InvoiceStore.deleted(firm, draft));
    draft.timeEntryIds().forEach(id -> writes.add(InvoicedTime.freed(firm, id, draft.invoiceId())));
    OpenDraft.closed(table, firm, draft).ifPresent(writes::add);
    table.write(writes);
  }

  private static List<LineRequest> timeLines(Fields fields, Set<String> named) {
    List<LineRequest> lines = new ArrayList<>();
    List<Object> ids = fields.list("timeEntryIds", Invoice.MOST_LINES).orElse(List.of());
    for (int at = 0; at < ids.size(); at++) {
      String field = "timeEntryIds[" + at + "]";
      if (ids.get(at) instanceof String id && named.add(id)) {
        lines.add(new LineRequest.Time(id, field));
      } else {
        fields.refuse(field, "This has to be an id, named once.");
      }
    }
    return lines;
  }

  private Party customer(FirmSettings firm, String customerId) {
    return Optional.of(customerId)
        .filter(Ids::looksLikeOne)
        .flatMap(id -> table.get(firm.firmId(), CustomerItem.key(id)))
        .map(CustomerItem::of)
        .map(Party::of)
        .orElseThrow(() -> Problem.notFound("customer"));
  }

  private Map<String, TimeEntry> time(String firm, List<LineRequest.Time> lines) {
    List<String> ids = lines.stream().map(LineRequest.Time::timeEntryId).toList();
    if (!ids.stream().allMatch(Ids::looksLikeOne)) {
      throw Problem.notFound("time-entry");
    }
    Map<String, Item> read = table.get(firm, ids.stream().map(TimeEntryItem::key).toList());
    Map<String, TimeEntry> time = new LinkedHashMap<>();
    for (String id : ids) {
      Item item = read.get(TimeEntryItem.key(id));
      if (item == null) {
        throw Problem.notFound("time-entry");
      }
      time.put(id, TimeEntryItem.of(item));
    }
    return time;
  }

  /** Refuses time that is billed elsewhere, in another currency, or to somebody else. */
  private static void mayBill(
      Invoice draft, List<LineRequest.Time> lines, Map<String, TimeEntry> time) {
    for (LineRequest.Time line : lines) {
      TimeEntry entry = time.get(line.timeEntryId());
      if (entry.invoiceId() != null && !entry.invoiceId().equals(draft.invoiceId())) {
        throw Problem.of(
                409,
                "time-billed",
                "Some of this time is on another invoice. Take it off there first.")
            .with("timeEntryId", entry.timeEntryId());
      }
      if (!entry.customerId().equals(draft.customer().customerId())) {
        throw Problem.invalid(line.field(), "This time is another customer's.");
      }
      if (!entry.currency().equals(draft.currency())) {
        throw Problem.of(
            409,
            "currency-differs",
            "This time is in " + entry.currency() + ", the invoice in " + draft.currency() + ".");
      }
    }
  }
}
