package dev.clockbill.timer;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps time entries: how they are found, and the writes by which they come about and change. */
public final class TimeEntryStore {
  /** How much earlier time may have begun that is still looked at for overlaps. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** How many entries that began earlier are looked at for overlaps. */
  private static final int LAST = 8;

  /** How many entries that began within its time are looked at: a month's of a busy person. */
  private static final int WITHIN = 500;

  private final Table table;

  /** Keeps them in this table. */
  public TimeEntryStore(Table table) {
    this.table = table;
  }

  /** The entry, as the last write left it. */
  public Optional<TimeEntry> find(String firm, String timeEntryId) {
    return table.get(firm, TimeEntryItem.key(timeEntryId)).map(TimeEntryItem::of);
  }

  /**
   * Other time of the same person that shares at least a second with an entry, oldest first. Of
   * time that began earlier only the last few entries of 31 days are looked at, of time that began
   * within it the first 500, so that this does not grow with history.
   *
   * @return ids of time entries
   */
  public List<String> overlaps(String firm, TimeEntry entry) {
    return overlaps(firm, entry.staffId(), entry.timeEntryId(), entry.span());
  }

  /**
   * The same for many entries, in one query for each person.
   *
   * @return by the id of each entry that has some
   */
  public Map<String, List<String>> overlaps(String firm, List<TimeEntry> entries) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    entries.stream()
        .collect(Collectors.groupingBy(TimeEntry::staffId))
        .forEach(
            (staffId, theirs) -> {
              Instant from = Collections.min(theirs.stream().map(TimeEntry::startedAt).toList());
              Instant until = Collections.max(theirs.stream().map(TimeEntry::stoppedAt).toList());
              List<Item> around = around(firm, staffId, new Span(from, until));
              for (TimeEntry entry : theirs) {
                List<String> others = overlapping(around, entry.timeEntryId(), entry.span());
                if (!others.isEmpty()) {
                  found.put(entry.timeEntryId(), others);
                }
              }
            });
    return found;
  }

  /** The same for an entry that is going to have other time. */
  public List<String> overlaps(String firm, String staffId, String timeEntryId, Span span) {
    return overlapping(around(firm, staffId, span), timeEntryId, span);
  }

  /** The first that began within a span, and the last few entries that began before it. */
  private List<Item> around(String firm, String staffId, Span span) {
    IndexQuery theirs = IndexQuery.of(Index.BY_STAFF, partition(firm, staffId));
    String startedAt = span.startedAt().toString();
    IndexQuery before = theirs.between(span.startedAt().minus(LONGEST).toString(), startedAt);
    List<Item> around =
        new ArrayList<>(table.page(before.reversed(), LAST, null).items().reversed());
    IndexQuery within = theirs.between(startedAt, span.stoppedAt().toString());
    around.addAll(table.page(within, WITHIN, null).items());
    return around;
  }

  private static List<String> overlapping(List<Item> around, String timeEntryId, Span span) {
    return around.stream()
        .filter(other -> other.instant("stoppedAt").isAfter(span.startedAt()))
        .filter(other -> startedAt(other).isBefore(span.stoppedAt()))
        .map(TimeEntryStore::id)
        .filter(other -> !other.equals(timeEntryId))
        .toList();
  }

  /** An index has it before the id in what it is ordered by. */
  private static Instant startedAt(Item item) {
    return Instant.parse(item.text(Index.BY_STAFF.sort()).split("#")[0]);
  }

  /** Keeps a new entry, which waits to be drafted. */
  public static Write put(String firm, TimeEntry entry, Instant now) {
    Map<String, Object> attributes = attributes(firm, entry);
    return Write.put(firm, TimeEntryItem.key(entry.timeEntryId()), attributes)
        .due(DueQueue.PUSHES, entry.timeEntryId(), now.plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /** Changes an entry that is still as it was read; whether it waits to be drafted stays. */
  public static Write change(String firm, TimeEntry before, TimeEntry after) {
    Write write = Write.update(firm, TimeEntryItem.key(after.timeEntryId()));
    attributes(firm, after).forEach(write::set);
    return asRead(write, before);
  }

  /** Deletes an entry that is still as it was read. */
  public static Write delete(String firm, TimeEntry entry) {
    return asRead(Write.delete(firm, TimeEntryItem.key(entry.timeEntryId())), entry);
  }

  /** Lets an entry that changes wait to be drafted anew. */
  public static Write draftAnew(Write change, TimeEntry entry, Instant now) {
    return change.due(DueQueue.PUSHES, entry.timeEntryId(), now.plus(DueQueue.PATIENCE));
  }

  /** Being drafted leaves the version as it is, so that alone does not tell. */
  private static Write asRead(Write write, TimeEntry entry) {
    return write
        .ifEquals("version", entry.version())
        .ifEquals("invoiceId", entry.invoiceId())
        .ifEquals("state", entry.state().word());
  }

  /** The value of an index's partition key for all of a firm's time, or that of one word. */
  public static String partition(String firm, String... word) {
    return firm + "#TIME" + (word.length == 0 ? "" : "#" + word[0]);
  }

  /** The id of the entry that an item of an index stands for. */
  static String id(Item item) {
    return item.key().substring(TimeEntryItem.key("").length());
  }

  private static Map<String, Object> attributes(String firm, TimeEntry entry) {
    Map<String, Object> attributes =
        Json.object(
            "customerId", entry.customerId(),
            "customerName", entry.customerName(),
            "serviceId", entry.serviceId(),
            "serviceName", entry.serviceName(),
            "staffId", entry.staffId(),
            "staffName", entry.staffName(),
            "startedAt", entry.startedAt(),
            "stoppedAt", entry.stoppedAt(),
            "workedOn", entry.workedOn(),
            "measuredSeconds", entry.measuredSeconds(),
            "billedMinutes", entry.billedMinutes(),
            "hourlyRate", entry.hourlyRate(),
            "rateSource", entry.rateSource().word(),
            "currency", entry.currency(),
            "amount", entry.amount(),
            "note", entry.note(),
            "needsConfirmation", entry.needsConfirmation(),
            "original", original(entry.original()),
            "overlaps", entry.overlaps(),
            "invoiceId", entry.invoiceId(),
            "state", entry.state().word(),
            "version", entry.version());
    attributes.put(
        "rule",
        Json.object(
            "incrementMinutes", entry.rule().incrementMinutes(),
            "rounding", entry.rule().rounding().word(),
            "minimumMinutes", entry.rule().minimumMinutes()));
    attributes.put(Index.LISTED.partition(), partition(firm));
    attributes.put(Index.BY_STATE.partition(), partition(firm, entry.state().word()));
    attributes.put(Index.BY_CUSTOMER.partition(), partition(firm, entry.customerId()));
    attributes.put(Index.BY_STAFF.partition(), partition(firm, entry.staffId()));
    attributes.put(Index.BY_STAFF.sort(), entry.startedAt() + "#" + entry.timeEntryId());
    return attributes;
  }

  private static Map<String, Object> original(TimeEntry.Original original) {
    return original == null
        ? null
        : Json.object(
            "startedAt", original.startedAt(),
            "stoppedAt", original.stoppedAt(),
            "measuredSeconds", original.measuredSeconds());
  }
}
