package dev.clockbill.billing;

import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeEntryStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A firm's unbilled time up to a day: found in the index of time by state, so that it costs what is
 * unbilled and not what was ever worked.
 */
final class UnbilledTime {
  /** How much of it is looked at, oldest first: years of a firm of 25 who bill every month. */
  static final int MOST = 20_000;

  private static final int AT_ONCE = 1_000;

  private final Table table;
  private final TimeEntryStore entries;

  UnbilledTime(Table table) {
    this.table = table;
    this.entries = new TimeEntryStore(table);
  }

  /**
   * What was found.
   *
   * @param byCustomer the ids of time entries by customer, oldest first
   * @param complete whether that is all
   */
  record Found(Map<String, List<String>> byCustomer, boolean complete) {}

  /** The ids of all unbilled time that was worked on this day or before, in the firm's zone. */
  Found upTo(String firm, LocalDate day) {
    // The index is in order of the instants: where the firm is, a day may begin and end elsewhere.
    IndexQuery wanted =
        IndexQuery.of(Index.BY_STATE, TimeEntryItem.inState(firm, State.UNBILLED))
            .onDays(null, day.plusDays(1));
    Map<String, List<String>> found = new LinkedHashMap<>();
    int lookedAt = 0;
    String next = null;
    do {
      Page page = table.page(wanted, AT_ONCE, next);
      for (Item item : page.items()) {
        if (!item.date("workedOn").isAfter(day)) {
          found
              .computeIfAbsent(item.text("customerId"), customer -> new ArrayList<>())
              .add(TimeEntryItem.id(item.key()));
        }
      }
      lookedAt += page.items().size();
      next = page.next();
    } while (next != null && lookedAt < MOST);
    return new Found(found, next == null);
  }

  /** Those of some entries that are still to be billed to anybody by that day. */
  Stream<TimeEntry> read(String firm, List<String> timeEntryIds, LocalDate day) {
    Map<String, TimeEntry> found = entries.find(firm, timeEntryIds);
    return timeEntryIds.stream()
        .filter(found::containsKey)
        .map(found::get)
        .filter(entry -> entry.state() == State.UNBILLED && !entry.workedOn().isAfter(day));
  }
}
