package dev.clockbill.office;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.StateRule;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeCorrection;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeEntryRoutes;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.TimeWorkflow;
import dev.clockbill.timer.TimerStore;
import dev.clockbill.timer.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The routes that correct and delete time entries. An entry may be on a draft: then both change in
 * one transaction.
 */
final class TimeCorrections {
  private final Table table;
  private final TimeEntryStore entries;
  private final TimeWorkflow workflow;

  TimeCorrections(Table table, TimeWorkflow workflow) {
    this.table = table;
    this.entries = new TimeEntryStore(table);
    this.workflow = workflow;
  }

  /** {@code PATCH /time-entries/{timeEntryId}}. */
  Response correct(Request request) {
    return Retry.onConflict(
        () -> TimeEntryRoutes.response(200, corrected(request, changeable(request), Time.now())));
  }

  private TimeEntry corrected(Request request, TimeEntry entry, Instant now) {
    Caller caller = request.caller();
    String firm = caller.firm();
    TimeCorrection read = TimeCorrection.read(request.fields(), entry, now);
    Work work = Work.read(table, caller, entry.staffId(), read.customerId(), read.serviceId());
    TimeCorrection correction = read.in(work.firm().timeZone(), now);
    if (correction.reworks(entry)) {
      work.mustBeActive();
    }
    if (correction.applied(entry, work, entry.overlaps(), entry.version()).equals(entry)) {
      return entry;
    }
    List<String> overlaps =
        correction.byDay(entry)
            ? List.of()
            : entries.overlaps(firm, entry.staffId(), entry.timeEntryId(), correction.span());
    TimeEntry after = correction.applied(entry, work, overlaps, entry.version() + 1);
    UnitOfWork change = table.begin(firm);
    Optional<Invoice> draft = draft(firm, entry);
    LocalTexts texts = work.firm().texts();
    if (entry.state() == State.DRAFTED && after.state() != State.DRAFTED) {
      workflow.logAgain(change, entry, after, work, now);
      draft.ifPresent(
          on -> DraftRules.remove(change, on, after.timeEntryId(), caller.name(), texts));
    } else {
      change.add(
          work.collected()
              ? TimeEntryItem.changeUndrafted(firm, entry, after)
              : TimeEntryItem.change(firm, entry, after));
      draft.ifPresent(on -> DraftRules.follow(change, on, after, caller.name(), texts));
    }
    change.commit();
    return after;
  }

  /** {@code DELETE /time-entries/{timeEntryId}}: it leaves its draft, if it is on one. */
  Response delete(Request request) {
    return Retry.onConflict(
        () -> {
          String firm = request.caller().firm();
          TimeEntry entry = changeable(request);
          UnitOfWork deletion = table.begin(firm).add(TimeEntryItem.delete(firm, entry));
          String who = request.caller().name();
          draft(firm, entry)
              .ifPresent(
                  on ->
                      DraftRules.remove(
                          deletion, on, entry.timeEntryId(), who, FirmItem.texts(table, firm)));
          deletion.commit();
          return Response.noContent();
        });
  }

  /**
   * The entry that the path names, if the caller may change it now.
   *
   * @throws Problem 404, 403 {@code owner-only}, 412 {@code version-changed}, 409 {@code
   *     time-billed}
   */
  private TimeEntry changeable(Request request) {
    TimeEntry entry = TimeEntryRoutes.requested(entries, request);
    TimerStore.mayChange(request.caller(), entry.staffId(), "time");
    if (request.ifMatch().filter(version -> version != entry.version()).isPresent()) {
      throw Problem.versionChanged();
    }
    if (entry.state() == State.BILLED) {
      StateRule.TIME_BILLED.allows();
    }
    return entry;
  }

  /**
   * The draft of an entry; empty where it is on none. A draft that is gone was deleted or merged
   * since the entry was read, and its time follows: the entry is to be read again.
   */
  private Optional<Invoice> draft(String firm, TimeEntry entry) {
    return Optional.ofNullable(entry.invoiceId())
        .map(
            invoiceId ->
                table
                    .get(firm, InvoiceItem.key(invoiceId))
                    .map(InvoiceItem::of)
                    .orElseThrow(ConditionFailed::outOfDate));
  }
}
