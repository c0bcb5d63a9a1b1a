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
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes, edits and deletes drafts by hand. Each adds the draft and the time on it to one unit of
 * work.
 */
public final class DraftEditor {
  /** A transaction holds 100 items; besides time there are the invoice, its history and a key. */
  private static final int MOST_MOVED = 97;

  private final Table table;
  private final InvoiceWorkflow workflow;

  /** Edits the drafts of this table, and pushes new ones on. */
  public DraftEditor(Table table, InvoiceWorkflow workflow) {
    this.table = table;
    this.workflow = workflow;
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
    time.values()
        .forEach(entry -> work.add(InvoicedTime.drafted(work.firm(), entry, draft.invoiceId())));
    return InvoiceChange.making(work, draft)
        .history(request.caller().name(), "Draft created")
        .pushAfterwards(workflow)
        .full();
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
      work.addAll(movedTime(work.firm(), draft, edited, time));
      InvoiceChange.editing(work, draft, edited)
          .history(request.caller().name(), EditSummary.words(draft, edited, firm.texts()));
    }
  }

  /** Deletes a draft; its time then waits for a person to bill it again. */
  public void delete(UnitOfWork work, Invoice draft) {
    InvoiceChange.deleting(work, draft).freeTime();
    OpenDraft.close(work, table, draft);
    workflow.end(work, draft);
  }

  private static List<Write> movedTime(
      String firm, Invoice draft, Invoice edited, Map<String, TimeEntry> time) {
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
    return moved;
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

  /** Refuses time that is on another invoice, in another currency, or another customer's. */
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
