package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Fields;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Instant;

/** The routes that enter, list and read time entries. */
public final class TimeEntryRoutes {
  private final Table table;
  private final TimeEntryStore entries;
  private final TimeMoves moves;
  private final TimeEntryList list;
  private final IdempotencyKeys keys;
  private final TimeWorkflow workflow;

  /** Answers from this table, and hands time entered by hand to the workflow. */
  public TimeEntryRoutes(Table table, TimeWorkflow workflow) {
    this.table = table;
    this.entries = new TimeEntryStore(table);
    this.moves = new TimeMoves(table);
    this.list = new TimeEntryList(table);
    this.keys = new IdempotencyKeys(table);
    this.workflow = workflow;
  }

  /** What time entered by hand says: from when to when, or how much of which day. */
  private record NewTime(
      Span span,
      DayTime ofDay,
      String customerId,
      String serviceId,
      Long hourlyRate,
      Boolean billable,
      String note) {
    static NewTime read(Fields fields, Instant now) {
      boolean timed = fields.lacks("workedOn") && fields.lacks("minutes");
      DayTime ofDay = DayTime.read(fields);
      Instant startedAt = timed ? fields.requiredInstant("startedAt") : null;
      Instant stoppedAt = timed ? fields.requiredInstant("stoppedAt") : null;
      Span.checkStart(fields, startedAt, now);
      Span.checkStop(fields, startedAt, stoppedAt, now);
      String customerId = fields.requiredId("customerId");
      String serviceId = fields.requiredId("serviceId");
      Long hourlyRate = fields.number("hourlyRate", 0, Fields.MOST);
      Boolean billable = fields.bool("billable");
      String note = fields.textOrEmpty("note", Fields.NOTE);
      fields.check();
      return new NewTime(
          timed ? new Span(startedAt, stoppedAt) : null,
          ofDay,
          customerId,
          serviceId,
          hourlyRate,
          billable,
          note == null ? "" : note);
    }
  }

  /**
   * {@code POST /time-entries}: time by hand, drafted like a stopped timer where it is billable.
   */
  public Response enter(Request request) {
    Instant now = Time.now();
    NewTime time = NewTime.read(request.fields(), now);
    return keys.create(request, () -> creation(request.caller(), time, now));
  }

  private Creation creation(Caller caller, NewTime time, Instant now) {
    String firm = caller.firm();
    Work work = Work.own(table, caller, time.customerId(), time.serviceId()).mustBeActive();
    boolean byDay = time.ofDay() != null;
    Span span = byDay ? time.ofDay().in(work.firm().timeZone(), now) : time.span();
    TimeEntry entry =
        TimeEntry.byHand(
            caller, work, span, byDay, time.hourlyRate(), time.billable(), time.note());
    UnitOfWork creation = table.begin(firm);
    workflow.log(creation, entry, work, now);
    return new Creation(creation, response(201, entry));
  }

  /** {@code GET /time-entries}: the firm's, newest first. */
  public Response list(Request request) {
    String firm = request.caller().firm();
    return moves.settled(firm, () -> list(firm, request));
  }

  private Response list(String firm, Request request) {
    TimeEntryList.Filter filter = TimeEntryList.Filter.read(request);
    if (request.wantsCsv()) {
      return CsvPage.answer(
          request,
          TimeEntryCsv.COLUMNS,
          (limit, cursor) -> {
            TimeEntryList.Found found = list.find(firm, filter, limit, cursor);
            return new CsvPage.Part(
                found.entries().stream().map(TimeEntryCsv::row).toList(), found.next());
          });
    }
    TimeEntryList.Found found =
        list.find(firm, filter, request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "timeEntries",
            found.entries().stream().map(TimeEntry::json).toList(),
            "next",
            found.next()));
  }

  /** {@code GET /time-entries/{timeEntryId}}. */
  public Response read(Request request) {
    return response(200, requested(entries, request));
  }

  /**
   * The entry that a request's path names.
   *
   * @throws Problem 404 {@code time-entry-not-found}
   */
  public static TimeEntry requested(TimeEntryStore entries, Request request) {
    return entries
        .find(request.caller().firm(), request.pathId("timeEntryId", "time-entry"))
        .orElseThrow(() -> Problem.notFound("time-entry"));
  }

  /** The response that shows one entry. */
  public static Response response(int status, TimeEntry entry) {
    return Response.json(status, entry.json()).withVersion(entry.version());
  }
}
