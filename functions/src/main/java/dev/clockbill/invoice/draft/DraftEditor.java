package dev.clockbill.invoice.draft;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes, edits and deletes drafts by hand. Each adds the draft and the time on it to one unit of
 * work.
 */
public final class DraftEditor {
  private final Table table;
  private final InvoiceWorkflow workflow;
  private final TimeEntryStore entries;
  private final InvoicedTime invoiced;

  /** Edits the drafts of this table, and pushes new ones on. */
  public DraftEditor(Table table, InvoiceWorkflow workflow) {
    this.table = table;
    this.workflow = workflow;
    this.entries = new TimeEntryStore(table);
    this.invoiced = new InvoicedTime(table);
  }

  /**
   * Makes the draft that a request describes.
   *
   * @throws Problem 400, 404 or 409 if it cannot be made
   */
  public FullInvoice make(UnitOfWork work, Request request, FirmSettings firm) {
    Fields fields = request.fields();
    String customerId = fields.requiredId("customerId");
    Set<String> named = new HashSet<>();
    List<LineRequest> lines = new ArrayList<>(timeLines(fields, named));
    Map<String, Service> services = services(request, List.of());
    lines.addAll(LineRequest.read(fields, List.of(), named, services).orElse(List.of()));
    fields.check();
    DraftChange wanted = new DraftChange(lines, null, null, null, firm.invoicing().grouping());
    Map<String, TimeEntry> time = time(work.firm(), wanted.addedTime());
    String currency =
        time.values().stream().findFirst().map(TimeEntry::currency).orElse(firm.currency());
    Invoice empty =
        DraftRules.opened(
            firm, customer(firm, customerId), currency, List.of(), null, Invoice.Links.NONE);
    mustBeBillable(empty, wanted.addedTime(), time);
    mustBeInCurrency(firm, empty, wanted);
    Invoice draft = wanted.applied(empty, time);
    InvoiceChange made =
        InvoiceChange.making(work, draft)
            .history(request.caller().name(), "Draft created")
            .pushAfterwards(workflow);
    invoiced.draft(work, time.values(), draft.invoiceId());
    return made.full();
  }

  /**
   * Merges a request into a draft.
   *
   * @throws Problem 400, 404 or 409 if the draft cannot become that; then nothing changes
   */
  public void edit(UnitOfWork work, Request request, FirmSettings firm, Invoice draft) {
    DraftChange wanted =
        DraftChange.read(
            request.fields(), draft, services(request, draft.lines()), () -> firm.day(Time.now()));
    Map<String, TimeEntry> time = time(work.firm(), wanted.addedTime());
    mustBeBillable(draft, wanted.addedTime(), time);
    mustBeInCurrency(firm, draft, wanted);
    Invoice edited = wanted.applied(draft, time);
    if (!edited.equals(draft)) {
      InvoiceChange.editing(work, draft, edited)
          .history(request.caller().name(), EditSummary.words(draft, edited, firm.texts()));
      moveTime(work, draft, edited, time);
    }
  }

  /** Deletes a draft; its time then waits for a person to bill it again. */
  public void delete(UnitOfWork work, Invoice draft) {
    InvoiceChange.deleting(work, draft);
    invoiced.free(work, draft.timeEntryIds(), draft.invoiceId());
    OpenDraft.close(work, table, draft);
    workflow.end(work, draft);
  }

  private void moveTime(
      UnitOfWork work, Invoice draft, Invoice edited, Map<String, TimeEntry> added) {
    Set<String> before = new LinkedHashSet<>(draft.timeEntryIds());
    Set<String> after = new LinkedHashSet<>(edited.timeEntryIds());
    List<String> takenOff = before.stream().filter(id -> !after.contains(id)).toList();
    List<TimeEntry> putOn =
        after.stream().filter(id -> !before.contains(id)).map(added::get).toList();
    invoiced.free(work, takenOff, draft.invoiceId());
    invoiced.draft(work, putOn, draft.invoiceId());
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

  /**
   * The services that lines of a request newly name, by their ids; those that do not exist lack.
   */
  private Map<String, Service> services(Request request, List<Line> present) {
    String firm = request.caller().firm();
    Set<String> ids = LineRequest.serviceIds(request.fields(), present);
    return table.get(firm, ids.stream().map(ServiceItem::key).toList()).values().stream()
        .map(ServiceItem::of)
        .collect(Collectors.toMap(Service::serviceId, Function.identity()));
  }

  private Map<String, TimeEntry> time(String firm, List<LineRequest.Time> lines) {
    List<String> ids = lines.stream().map(LineRequest.Time::timeEntryId).toList();
    if (!ids.stream().allMatch(Ids::looksLikeOne)) {
      throw Problem.notFound("time-entry");
    }
    Map<String, TimeEntry> time = entries.find(firm, ids);
    if (time.size() < ids.size()) {
      throw Problem.notFound("time-entry");
    }
    return time;
  }

  /** Refuses a price that nobody stated where it is in another currency than the draft. */
  private static void mustBeInCurrency(FirmSettings firm, Invoice draft, DraftChange wanted) {
    if (wanted.usualPrices() && !firm.currency().equals(draft.currency())) {
      throw Problem.of(
          409,
          "currency-differs",
          "The price of this service is in %s, the invoice in %s. Say what one costs."
              .formatted(firm.currency(), draft.currency()));
    }
  }

  /**
   * Refuses time that is on another invoice, not billable, in another currency, or another
   * customer's.
   */
  private static void mustBeBillable(
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
      if (entry.state() == State.NON_BILLABLE) {
        throw Problem.of(
                409,
                "time-not-billable",
                "Some of this time is not billable. Make it billable first, under Time.")
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
