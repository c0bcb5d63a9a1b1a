package dev.clockbill.office;

import dev.clockbill.http.Caller;
import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Fields;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.StateRule;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.timer.LoggedTime;
import dev.clockbill.timer.Span;
import dev.clockbill.timer.TimeCorrection;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryCsv;
import dev.clockbill.timer.TimeEntryList;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.TimeWorkflow;
import dev.clockbill.timer.TimerStore;
import dev.clockbill.timer.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls about time entries: by hand, lists, corrections, deleting. */
final class TimeEntryRoutes {

  private final Table table;
  private final TimeEntryStore entries;
  private final TimeEntryList list;
  private final IdempotencyKeys requests;
  private final TimeWorkflow drafting;

  TimeEntryRoutes(Table table, TimeWorkflow drafting) {
    this.table = table;
    this.entries = new TimeEntryStore(table);
    this.list = new TimeEntryList(table);
    this.requests = new IdempotencyKeys(table);
    this.drafting = drafting;
  }

  /** {@code POST /time-entries}: time by hand, drafted like a stopped timer. */
  Response enter(Request request) {
    Caller caller = request.caller();
    Fields fields = request.fields();
    Instant now = Time.now();
    Instant startedAt = fields.requiredInstant("startedAt");
    Instant stoppedAt = fields.requiredInstant("stoppedAt");
    Span.checkStart(fields, startedAt, now);
    Span.checkStop(fields, startedAt, stoppedAt, now);
    String customerId = fields.requiredId("customerId");
    String serviceId = fields.requiredId("serviceId");
    Long hourlyRate = fields.number("hourlyRate", 0, Fields.MOST);
    String note = fields.textOrEmpty("note", Fields.NOTE);
    fields.check();
    return requests.create(
        request,
        () -> {
          Work work = Work.read(table, caller.firm(), customerId, serviceId).mustBeActive();
          TimeEntry entry =
              LoggedTime.byHand(
                  caller,
                  work,
                  new Span(startedAt, stoppedAt),
                  hourlyRate,
                  note == null ? "" : note);
          return new Creation(
              table
                  .begin(caller.firm())
                  .add(TimeEntryStore.put(caller.firm(), entry, now))
                  .afterwards(
                      () -> drafting.begin(caller.firm(), entry.timeEntryId()),
                      "timeEntryId",
                      entry.timeEntryId()),
              answer(201, entry));
        });
  }

  /** {@code GET /time-entries}: the firm's, newest first. */
  Response list(Request request) {
    String firm = request.caller().firm();
    TimeEntryList.Wanted wanted = TimeEntryList.Wanted.read(request);
    if (request.wantsCsv()) {
      return CsvPage.answer(
          request,
          TimeEntryCsv.COLUMNS,
          (limit, cursor) -> {
            TimeEntryList.Found found = list.find(firm, wanted, limit, cursor);
            return new CsvPage.Part(
                found.entries().stream().map(TimeEntryCsv::row).toList(), found.next());
          });
    }
    TimeEntryList.Found found =
        list.find(firm, wanted, request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "timeEntries",
            found.entries().stream().map(TimeEntry::json).toList(),
            "next",
            found.next()));
  }

  /** {@code GET /time-entries/{timeEntryId}}. */
  Response read(Request request) {
    return answer(200, found(request));
  }

  /** {@code PATCH /time-entries/{timeEntryId}}. */
  Response correct(Request request) {
    return Retry.onConflict(() -> answer(200, corrected(request, changeable(request), Time.now())));
  }

  private TimeEntry corrected(Request request, TimeEntry entry, Instant now) {
    Caller caller = request.caller();
    String firm = caller.firm();
    TimeCorrection correction = TimeCorrection.read(request.fields(), entry, now);
    Work worked = Work.read(table, firm, correction.customerId(), correction.serviceId());
    if (correction.reworks(entry)) {
      worked.mustBeActive();
    }
    if (correction.applied(entry, worked, entry.overlaps(), entry.version()).equals(entry)) {
      return entry;
    }
    List<String> overlaps =
        entries.overlaps(firm, entry.staffId(), entry.timeEntryId(), correction.span());
    TimeEntry after = correction.applied(entry, worked, overlaps, entry.version() + 1);
    Write change = TimeEntryStore.change(firm, entry, after);
    UnitOfWork work = table.begin(firm).add(change);
    Optional<Invoice> draft = draft(firm, entry);
    if (entry.state() == State.DRAFTED && after.state() == State.UNBILLED) {
      TimeEntryStore.draftAnew(change, after, now);
      draft.ifPresent(on -> DraftRules.remove(work, on, after.timeEntryId(), caller.name()));
      work.afterwards(() -> drafting.beginAnew(firm, after), "timeEntryId", after.timeEntryId());
    } else {
      draft.ifPresent(on -> DraftRules.follow(work, on, after, caller.name()));
    }
    work.commit();
    return after;
  }

  /** {@code DELETE /time-entries/{timeEntryId}}: it leaves its draft, if it is on one. */
  Response delete(Request request) {
    Caller caller = request.caller();
    return Retry.onConflict(
        () -> {
          TimeEntry entry = changeable(request);
          UnitOfWork work =
              table.begin(caller.firm()).add(TimeEntryStore.delete(caller.firm(), entry));
          draft(caller.firm(), entry)
              .ifPresent(on -> DraftRules.remove(work, on, entry.timeEntryId(), caller.name()));
          work.commit();
          return Response.noContent();
        });
  }

  private TimeEntry found(Request request) {
    return entries
        .find(request.caller().firm(), request.pathId("timeEntryId", "time-entry"))
        .orElseThrow(() -> Problem.notFound("time-entry"));
  }

  /**
   * The entry asked for, if the caller may change it now.
   *
   * @throws Problem 404, 403 {@code owner-only}, 412 {@code version-changed}, 409 {@code
   *     time-billed}
   */
  private TimeEntry changeable(Request request) {
    TimeEntry entry = found(request);
    TimerStore.mayChange(request.caller(), entry.staffId(), "time");
    if (request.ifMatch().filter(version -> version != entry.version()).isPresent()) {
      throw Problem.versionChanged();
    }
    if (entry.state() == State.BILLED) {
      StateRule.TIME_BILLED.allows();
    }
    return entry;
  }

  /** The draft that an entry is on. If it was just deleted, the entry's own condition will tell. */
  private Optional<Invoice> draft(String firm, TimeEntry entry) {
    return Optional.ofNullable(entry.invoiceId())
        .flatMap(invoiceId -> table.get(firm, InvoiceItem.key(invoiceId)))
        .map(InvoiceItem::of);
  }

  private static Response answer(int status, TimeEntry entry) {
    return Response.json(status, entry.json()).withVersion(entry.version());
  }
}
