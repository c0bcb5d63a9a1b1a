package dev.clockbill.invoice;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.timer.TimeEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes, edits and deletes drafts by hand, each in one transaction with the time on them. */
final class Editing {
  /** A transaction holds 100 items; besides time there are the invoice, its history and a key. */
  private static final int MOST_MOVED = 97;

  private final Ledger ledger;

  Editing(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A draft made by hand and what makes it.
   *
   * @param whole the invoice as it is going to be
   * @param writes its transaction
   */
  record Made(InvoiceStore.Whole whole, List<Write> writes) {}

  /**
   * Prepares a draft of what a request names.
   *
   * @throws Problem 400, 404 or 409 if it cannot be made
   */
  Made make(Request request, FirmSettings firm) {
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
        Drafts.opened(
            firm, customer(firm, customerId), currency, List.of(), null, Invoice.Links.NONE);
    mayBill(empty, change.addedTime(), time);
    Invoice draft = change.applied(empty, time);
    List<Write> writes = new ArrayList<>();
    writes.add(InvoiceStore.made(firm.firmId(), draft, Time.now().plus(Due.PATIENCE)));
    time.values()
        .forEach(
            entry -> writes.add(TimeOnInvoice.drafted(firm.firmId(), entry, draft.invoiceId())));
    Happening made = Happening.now(request.caller().name(), "Draft made");
    writes.add(made.on(firm.firmId(), draft.invoiceId()));
    return new Made(new InvoiceStore.Whole(draft, List.of(), List.of(made)), writes);
  }

  /**
   * Merges a request into a draft.
   *
   * @throws Problem 400, 404 or 409 if the draft cannot become that; then nothing changes
   */
  void edit(Request request, Invoice draft) {
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
                    .map(id -> TimeOnInvoice.freed(firm, id, draft.invoiceId())),
                after.stream()
                    .filter(id -> !before.contains(id))
                    .map(id -> TimeOnInvoice.drafted(firm, time.get(id), draft.invoiceId())))
            .toList();
    if (moved.size() > MOST_MOVED) {
      throw Problem.invalid("lines", "Move at most " + MOST_MOVED + " entries of time at once.");
    }
    List<Write> writes = new ArrayList<>(moved);
    writes.add(InvoiceStore.edited(firm, draft, edited));
    writes.add(
        Happening.now(
            firm, draft.invoiceId(), request.caller().name(), DraftEdits.words(draft, edited)));
    ledger.write(writes);
  }

  /** Deletes a draft; its time waits for a person then. */
  void delete(String firm, Invoice draft) {
    List<Write> writes = new ArrayList<>();
    writes.add(InvoiceStore.deleted(firm, draft));
    draft
        .timeEntryIds()
        .forEach(id -> writes.add(TimeOnInvoice.freed(firm, id, draft.invoiceId())));
    OpenDraft.closed(ledger, firm, draft).ifPresent(writes::add);
    ledger.write(writes);
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
        .flatMap(id -> ledger.get(firm.firmId(), Customer.key(id)))
        .map(Customer::of)
        .map(Party::of)
        .orElseThrow(() -> Problem.notFound("customer"));
  }

  private Map<String, TimeEntry> time(String firm, List<LineRequest.Time> lines) {
    List<String> ids = lines.stream().map(LineRequest.Time::timeEntryId).toList();
    if (!ids.stream().allMatch(Ids::looksLikeOne)) {
      throw Problem.notFound("time-entry");
    }
    Map<String, Item> read = ledger.get(firm, ids.stream().map(TimeEntry::key).toList());
    Map<String, TimeEntry> time = new LinkedHashMap<>();
    for (String id : ids) {
      Item item = read.get(TimeEntry.key(id));
      if (item == null) {
        throw Problem.notFound("time-entry");
      }
      time.put(id, TimeEntry.of(item));
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
