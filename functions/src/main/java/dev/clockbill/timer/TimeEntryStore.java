package dev.clockbill.timer;

import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds time entries, and which of them overlap. */
public final class TimeEntryStore {
  /** How far back the search for overlaps looks for time that began earlier. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** How many entries with hours that began earlier the search for overlaps looks at. */
  private static final int LAST = 8;

  /**
   * How many it reads at most to find those: time without hours begins at midnight, and a day may
   * have much of it.
   */
  private static final int MOST_BEFORE = 50;

  /** How many of the entries that began within the time it looks at: a busy person's month. */
  private static final int WITHIN = 500;

  private final Table table;
  private final TimeMoves moves;

  /** The time of one person that began in the same seven days. */
  private record PersonsWeek(String staffId, long number) {
    private static final long SECONDS = Duration.ofDays(7).toSeconds();

    static PersonsWeek of(TimeEntry entry) {
      return new PersonsWeek(
          entry.staffId(), Math.floorDiv(entry.startedAt().getEpochSecond(), SECONDS));
    }
  }

  /** Keeps them in this table. */
  public TimeEntryStore(Table table) {
    this.table = table;
    this.moves = new TimeMoves(table);
  }

  /** Reads an entry with strong consistency. */
  public Optional<TimeEntry> find(String firm, String timeEntryId) {
    return moves.settled(
        firm, () -> table.get(firm, TimeEntryItem.key(timeEntryId)).map(TimeEntryItem::of));
  }

  /** Reads entries by their ids with strong consistency; missing ones are absent. */
  public Map<String, TimeEntry> find(String firm, List<String> ids) {
    Map<String, TimeEntry> found = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    List<String> keys = ids.stream().map(TimeEntryItem::key).toList();
    moves
        .settled(firm, () -> table.get(firm, keys))
        .forEach((key, item) -> found.put(TimeEntryItem.id(key), TimeEntryItem.of(item)));
    return found;
  }

  /**
   * Other time of the same person that shares at least a second with an entry, oldest first. It
   * looks at the last few entries that began up to 31 days earlier and the first 500 that began
   * within the entry's time, so that the cost does not grow with history. Time without hours
   * overlaps no other.
   *
   * @return ids of time entries
   */
  public List<String> overlaps(String firm, TimeEntry entry) {
    return entry.byDay()
        ? List.of()
        : overlaps(firm, entry.staffId(), entry.timeEntryId(), entry.span());
  }

  /**
   * Puts time on an invoice, and notes which other time of the same person it overlaps.
   *
   * @param state the time's from then on
   */
  public Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    return InvoicedTime.taken(firm, entry, invoiceId, state).set("overlaps", overlaps(firm, entry));
  }

  /**
   * The same for many entries, each person's week by week: what is far apart would leave much of
   * what began between unread.
   *
   * @return by the id of each entry that has some
   */
  public Map<String, List<String>> overlaps(String firm, List<TimeEntry> entries) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    entries.stream()
        .filter(entry -> !entry.byDay())
        .collect(Collectors.groupingBy(PersonsWeek::of))
        .forEach(
            (week, theirs) -> {
              Instant from = Collections.min(theirs.stream().map(TimeEntry::startedAt).toList());
              Instant until = Collections.max(theirs.stream().map(TimeEntry::stoppedAt).toList());
              List<Item> around = around(firm, week.staffId(), new Span(from, until));
              for (TimeEntry entry : theirs) {
                List<String> others = overlapping(around, entry.timeEntryId(), entry.span());
                if (!others.isEmpty()) {
                  found.put(entry.timeEntryId(), others);
                }
              }
            });
    return found;
  }

  /** The same for an entry whose time is about to change. */
  public List<String> overlaps(String firm, String staffId, String timeEntryId, Span span) {
    return overlapping(around(firm, staffId, span), timeEntryId, span);
  }

  /** The first entries that began within a span, and the last few that began before it. */
  private List<Item> around(String firm, String staffId, Span span) {
    IndexQuery theirs = IndexQuery.of(Index.BY_STAFF, TimeEntryItem.ofStaff(firm, staffId));
    String startedAt = span.startedAt().toString();
    IndexQuery before = theirs.between(span.startedAt().minus(LONGEST).toString(), startedAt);
    List<Item> around = new ArrayList<>(lastTimed(before.reversed()).reversed());
    IndexQuery within = theirs.between(startedAt, span.stoppedAt().toString());
    around.addAll(table.page(within, WITHIN, null).items());
    return around;
  }

  /** The first page is enough, unless much of it has no hours; then one more is read. */
  private List<Item> lastTimed(IndexQuery newestFirst) {
    Page page = table.page(newestFirst, LAST, null);
    List<Item> timed = new ArrayList<>(timed(page));
    if (timed.size() < LAST && page.next() != null) {
      timed.addAll(timed(table.page(newestFirst, MOST_BEFORE - LAST, page.next())));
    }
    return timed.stream().limit(LAST).toList();
  }

  private static List<Item> timed(Page page) {
    return page.items().stream().filter(item -> !TimeEntryItem.byDay(item)).toList();
  }

  private static List<String> overlapping(List<Item> around, String timeEntryId, Span span) {
    return around.stream()
        .filter(other -> other.instant("stoppedAt").isAfter(span.startedAt()))
        .filter(other -> TimeEntryItem.startedAt(other).isBefore(span.stoppedAt()))
        .filter(other -> !TimeEntryItem.byDay(other))
        .map(other -> TimeEntryItem.id(other.key()))
        .filter(other -> !other.equals(timeEntryId))
        .toList();
  }
}
