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
import java.util.stream.Stream;

/**
 * Time entries, newest first, a page at a time: found in the index that fits what is asked for, and
 * then read by their keys.
 */
public final class TimeEntryList {
  /** How often an index is read for one page, where filters leave little of what is read. */
  private static final int ROUNDS = 10;

  private final Table table;

  public TimeEntryList(Table table) {
    this.table = table;
  }

  /**
   * What a request asks for; null asks for nothing in particular.
   *
   * @param from the first day of work
   * @param to the last one
   */
  public record Wanted(
      String customerId, String staffId, State state, LocalDate from, LocalDate to) {

    /**
     * Reads the query.
     *
     * @throws dev.clockbill.http.Problem 400 for a wrong state or date
     */
    public static Wanted read(Request request) {
      Fields query = Fields.of(request.query());
      String state =
          query.choice("state", Stream.of(State.values()).map(State::word).toArray(String[]::new));
      Wanted wanted =
          new Wanted(
              query.id("customerId"),
              query.id("staffId"),
              state == null ? null : State.of(state),
              query.date("from"),
              query.date("to"));
      query.names();
      query.check();
      return wanted;
    }

    /**
     * The narrowest index that fits; the other wishes are compared. Nearly all time is billed in
     * the end, so that this says less than whose it is.
     */
    private IndexQuery selection(String firm) {
      boolean whose = customerId != null || staffId != null;
      if (state != null && !(state == State.BILLED && whose)) {
        return compared(in(Index.BY_STATE, firm, state.word()), null, customerId, staffId);
      }
      String billed = state == null ? null : state.word();
      if (customerId != null) {
        return compared(in(Index.BY_CUSTOMER, firm, customerId), billed, null, staffId);
      }
      return staffId != null
          ? compared(in(Index.BY_STAFF, firm, staffId), billed, null, null)
          : in(Index.LISTED, firm);
    }

    private static IndexQuery compared(
        IndexQuery selection, String state, String customerId, String staffId) {
      IndexQuery compared = selection;
      compared = state == null ? compared : compared.where("state", state);
      compared = customerId == null ? compared : compared.where("customerId", customerId);
      return staffId == null ? compared : compared.where("staffId", staffId);
    }

    /**
     * An index is ordered by instants, days are the firm's: a day more on either side holds them in
     * every zone, whatever the firm's was when the day was set.
     */
    private IndexQuery in(Index index, String firm, String... word) {
      return IndexQuery.of(index, TimeEntryStore.partition(firm, word))
          .reversed()
          .onDays(from == null ? null : from.minusDays(1), to == null ? null : to.plusDays(1));
    }

    private boolean day(Item item) {
      LocalDate day = item.date("workedOn");
      return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** An index may lag behind: what is told is true of the entries themselves. */
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
  public record Found(List<TimeEntry> entries, String next) {}

  /**
   * Reads one page.
   *
   * @param limit at most 100
   * @param cursor the {@code next} of the page before, or null for the first
   */
  public Found find(String firm, Wanted wanted, int limit, String cursor) {
    IndexQuery selection = wanted.selection(firm);
    List<String> keys = new ArrayList<>();
    String next = cursor;
    int round = 0;
    do {
      Page page = table.page(selection, limit - keys.size(), next);
      page.items().stream().filter(wanted::day).map(Item::key).forEach(keys::add);
      next = page.next();
      round++;
    } while (next != null && keys.size() < limit && round < ROUNDS);
    Map<String, Item> read = table.get(firm, keys);
    List<TimeEntry> entries =
        keys.stream()
            .map(read::get)
            .filter(Objects::nonNull)
            .map(TimeEntryItem::of)
            .filter(wanted::fits)
            .toList();
    return new Found(entries, next);
  }
}
