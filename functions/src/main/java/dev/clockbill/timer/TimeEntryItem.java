package dev.clockbill.timer;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.Original;
import dev.clockbill.timer.TimeEntry.RateSource;
import dev.clockbill.timer.TimeEntry.State;
import java.time.Instant;
import java.util.Map;

/** How the table keeps a time entry: its key, its attributes, its writes and its index entries. */
public final class TimeEntryItem {
  private static final String PREFIX = "TIME#";

  /** Ends the sort key of time without hours, so that indexes tell it from other time. */
  private static final String BY_DAY = "#day";

  private TimeEntryItem() {}

  /** The key of an entry's item. */
  public static String key(String timeEntryId) {
    return PREFIX + timeEntryId;
  }

  /** Whether a key is that of a time entry. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /** The id of the entry with this key, or with this key in an index. */
  public static String id(String key) {
    return key.substring(PREFIX.length());
  }

  /** The partition of {@code Listed} that holds all of a firm's time. */
  public static String listed(String firm) {
    return firm + "#TIME";
  }

  /** The partition of {@code ByState} that holds a firm's time in one state. */
  public static String inState(String firm, State state) {
    return firm + "#TIME#" + state.word();
  }

  /** The partition of {@code ByCustomer} that holds the time for one customer. */
  public static String ofCustomer(String firm, String customerId) {
    return firm + "#TIME#" + customerId;
  }

  /** The partition of {@code ByStaff} that holds the time of one member of staff. */
  static String ofStaff(String firm, String staffId) {
    return firm + "#TIME#" + staffId;
  }

  /** When an entry began, read from an item of {@code ByStaff}: its sort key begins with it. */
  static Instant startedAt(Item indexItem) {
    return Instant.parse(indexItem.text(Index.BY_STAFF.sort()).split("#")[0]);
  }

  /** Whether an item of {@code ByStaff} is of time that was entered as so many minutes of a day. */
  static boolean byDay(Item indexItem) {
    return indexItem.text(Index.BY_STAFF.sort()).endsWith(BY_DAY);
  }

  /** Reads an entry's item. */
  public static TimeEntry of(Item item) {
    return TimeEntryBuilder.builder()
        .timeEntryId(id(item.key()))
        .customerId(item.text("customerId"))
        .customerName(item.text("customerName"))
        .serviceId(item.text("serviceId"))
        .serviceName(item.text("serviceName"))
        .staffId(item.text("staffId"))
        .staffName(item.text("staffName"))
        .startedAt(item.instant("startedAt"))
        .stoppedAt(item.instant("stoppedAt"))
        .workedOn(item.date("workedOn"))
        .measuredSeconds(item.number("measuredSeconds"))
        .billedMinutes(item.number("billedMinutes"))
        .hourlyRate(item.number("hourlyRate"))
        .rateSource(RateSource.of(item.text("rateSource")))
        .currency(item.text("currency"))
        .amount(item.number("amount"))
        .note(item.text("note"))
        .billable(BillableItem.of(item))
        .needsConfirmation(item.bool("needsConfirmation"))
        .byDay(item.bool("byDay"))
        .original(item.has("original") ? original(item.object("original")) : null)
        .overlaps(item.texts("overlaps"))
        .invoiceId(item.text("invoiceId"))
        .state(State.of(item.text("state")))
        .rule(FirmItem.billing(item.object("rule")))
        .version(item.number("version"))
        .build();
  }

  /** Writes the item of a new entry, which waits to be drafted. */
  static Write create(String firm, TimeEntry entry, Instant now) {
    return waiting(createUndrafted(firm, entry), entry, now);
  }

  /** The same for an entry that nothing drafts by itself: it waits for a person. */
  static Write createUndrafted(String firm, TimeEntry entry) {
    return Write.put(firm, key(entry.timeEntryId()), attributes(firm, entry)).ifAbsent();
  }

  /**
   * Changes an entry, unless somebody else changed it or its draft was sent meanwhile. If it waits
   * to be drafted, it keeps waiting, unless it is not billable any more.
   */
  public static Write change(String firm, TimeEntry before, TimeEntry after) {
    return after.state() == State.NON_BILLABLE
        ? changeUndrafted(firm, before, after)
        : changed(firm, before, after);
  }

  /** The same for an entry that nothing drafts by itself any more. */
  public static Write changeUndrafted(String firm, TimeEntry before, TimeEntry after) {
    return changed(firm, before, after).remove("redrafts").notDue();
  }

  private static Write changed(String firm, TimeEntry before, TimeEntry after) {
    Write write = Write.update(firm, key(after.timeEntryId())).setAll(attributes(firm, after));
    return ifUnchanged(write, before);
  }

  /** The same for an entry that leaves its draft and waits to be drafted again. */
  static Write changeAndDraftAgain(String firm, TimeEntry before, TimeEntry after, Instant now) {
    return waiting(change(firm, before, after), after, now);
  }

  /** Deletes an entry, unless somebody else changed it or its draft was sent meanwhile. */
  public static Write delete(String firm, TimeEntry entry) {
    return ifUnchanged(Write.delete(firm, key(entry.timeEntryId())), entry);
  }

  /** Moves an entry to another state, and nothing else of it. */
  static Write move(String firm, String timeEntryId, State state) {
    return Write.update(firm, key(timeEntryId))
        .set("state", state.word())
        .set(Index.BY_STATE.partition(), inState(firm, state));
  }

  private static Write waiting(Write write, TimeEntry entry, Instant now) {
    return write.due(DueQueue.PUSHES, entry.timeEntryId(), now.plus(DueQueue.PATIENCE));
  }

  /** Being drafted does not move the version, so invoice and state are compared as well. */
  private static Write ifUnchanged(Write write, TimeEntry entry) {
    return InvoicedTime.unclaimed(
        write
            .ifEquals("version", entry.version())
            .ifEquals("invoiceId", entry.invoiceId())
            .ifEquals("state", entry.state().word()));
  }

  private static Map<String, Object> attributes(String firm, TimeEntry entry) {
    Map<String, Object> attributes =
        Json.object(
            "customerId",
            entry.customerId(),
            "customerName",
            entry.customerName(),
            "serviceId",
            entry.serviceId(),
            "serviceName",
            entry.serviceName(),
            "staffId",
            entry.staffId(),
            "staffName",
            entry.staffName(),
            "startedAt",
            entry.startedAt(),
            "stoppedAt",
            entry.stoppedAt(),
            "workedOn",
            entry.workedOn(),
            "measuredSeconds",
            entry.measuredSeconds(),
            "billedMinutes",
            entry.billedMinutes(),
            "hourlyRate",
            entry.hourlyRate(),
            "rateSource",
            entry.rateSource().word(),
            "currency",
            entry.currency(),
            "amount",
            entry.amount(),
            "note",
            entry.note(),
            BillableItem.NOT,
            BillableItem.not(entry.billable()),
            BillableItem.CHOSEN,
            BillableItem.chosen(entry.billable()),
            "needsConfirmation",
            entry.needsConfirmation(),
            "byDay",
            entry.byDay(),
            "original",
            entry.original() == null ? null : attributes(entry.original()),
            "overlaps",
            entry.overlaps(),
            "invoiceId",
            entry.invoiceId(),
            "state",
            entry.state().word(),
            "rule",
            FirmItem.attributes(entry.rule()),
            "version",
            entry.version());
    attributes.put(Index.LISTED.partition(), listed(firm));
    attributes.put(Index.BY_STATE.partition(), inState(firm, entry.state()));
    attributes.put(Index.BY_CUSTOMER.partition(), ofCustomer(firm, entry.customerId()));
    attributes.put(Index.BY_STAFF.partition(), ofStaff(firm, entry.staffId()));
    // All four indexes are sorted by the same attribute.
    String sort = entry.startedAt() + "#" + entry.timeEntryId();
    attributes.put(Index.BY_STAFF.sort(), entry.byDay() ? sort + BY_DAY : sort);
    return attributes;
  }

  private static Original original(Item item) {
    return new Original(
        item.instant("startedAt"), item.instant("stoppedAt"), item.number("measuredSeconds"));
  }

  private static Map<String, Object> attributes(Original original) {
    return Json.object(
        "startedAt", original.startedAt(),
        "stoppedAt", original.stoppedAt(),
        "measuredSeconds", original.measuredSeconds());
  }
}
