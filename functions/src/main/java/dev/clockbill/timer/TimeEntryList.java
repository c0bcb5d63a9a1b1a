package dev.clockbill.timer;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Time entries, newest first, a page at a time: found in the index that fits the filter, then read
 * by their keys.
 */
final class TimeEntryList {
  /** How often an index is read for one page, where filters leave little of what is read. */
  private static final int ROUNDS = 10;

  private final Table table;

  TimeEntryList(Table table) {
    this.table = table;
  }

  /**
   * What a request filters by; null leaves a field open.
   *
   * @param from the first day of work
   * @param to the last one
   */
  record Filter(String customerId, String staffId, State state, LocalDate from, LocalDate to) {

    /**
     * Reads the query.
     *
     * @throws dev.clockbill.http.Problem 400 for a wrong state or date
     */
    static Filter read(Request request) {
      Fields query = Fields.of(request.query());
      State state = query.choice("state", State.values(), State::word);
      Filter filter =
          new Filter(
              query.id("customerId"),
              query.id("staffId"),
              state,
              query.date("from"),
              query.date("to"));
      query.names();
      query.check();
      return filter;
    }

    /**
     * The narrowest index that fits; its items are compared with the rest of the filter. Nearly all
     * time is billed in the end, so the state {@code billed} narrows less than a customer or a
     * person does.
     */
    private IndexQuery query(String firm) {
      boolean byOwner = customerId != null || staffId != null;
      if (state != null && !(state == State.BILLED && byOwner)) {
        return compared(
            in(Index.BY_STATE, TimeEntryItem.inState(firm, state)), null, customerId, staffId);
      }
      String billed = state == null ? null : state.word();
      if (customerId != null) {
        return compared(
            in(Index.BY_CUSTOMER, TimeEntryItem.ofCustomer(firm, customerId)),
            billed,
            null,
            staffId);
      }
      return staffId != null
          ? compared(in(Index.BY_STAFF, TimeEntryItem.ofStaff(firm, staffId)), billed, null, null)
          : in(Index.LISTED, TimeEntryItem.listed(firm));
    }

    private static IndexQuery compared(
        IndexQuery query, String state, String customerId, String staffId) {
      IndexQuery compared = query;
      compared = state == null ? compared : compared.where("state", state);
      compared = customerId == null ? compared : compared.where("customerId", customerId);
      return staffId == null ? compared : compared.where("staffId", staffId);
    }

    /**
     * Indexes are ordered by instants, but days are the firm's: one more day on either side covers
     * them in every time zone, whichever one the firm had when the entry was made.
     */
    private IndexQuery in(Index index, String partition) {
      return IndexQuery.of(index, partition)
          .reversed()
          .onDays(from == null ? null : from.minusDays(1), to == null ? null : to.plusDays(1));
    }

    private boolean day(Item item) {
      LocalDate day = item.date("workedOn");
      return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** Indexes may lag behind, so the entries themselves decide. */
    private boolean fits(TimeEntry entry) {
      return (state == null || entry.state() == state)
          && (customerId == null || entry.customerId().equals(customerId));
    }
  }

  /**
   * A page of entries.
   *
   * @param next the cursor of the page after it, or null at the end
   */
  record Found(List<TimeEntry> entries, String next) {}

  /**
   * Reads one page.
   *
   * @param limit at most 100
   * @param cursor the {@code next} of the page before, or null for the first
   */
  Found find(String firm, Filter filter, int limit, String cursor) {
    IndexQuery query = filter.query(firm);
    List<String> keys = new ArrayList<>();
    String next = cursor;
    int round = 0;
    do {
      Page page = table.page(query, limit - keys.size(), next);
      page.items().stream().filter(filter::day).map(Item::key).forEach(keys::add);
      next = page.next();
      round++;
    } while (next != null && keys.size() < limit && round < ROUNDS);
    Map<String, Item> read = table.get(firm, keys);
    List<TimeEntry> entries =
        keys.stream()
            .map(read::get)
            .filter(Objects::nonNull)
            .map(TimeEntryItem::of)
            .filter(filter::fits)
            .toList();
    return new Found(entries, next);
  }
}
