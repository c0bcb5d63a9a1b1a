package dev.clockbill.table;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to read from an index, a page at a time.
 *
 * @param index the index
 * @param partition the value of its partition key
 * @param from the least sort key, or null
 * @param upTo the greatest sort key, or null
 * @param equal further attributes and the values they must have
 * @param newestFirst whether the greatest sort keys come first
 */
public record IndexQuery(
    Index index,
    String partition,
    String from,
    String upTo,
    Map<String, String> equal,
    boolean newestFirst) {

  /** Sorts after anything that follows a day in a sort key. */
  private static final String AFTER_A_DAY = "~";

  /** Everything under one value of an index's partition key, oldest first. */
  public static IndexQuery of(Index index, String partition) {
    return new IndexQuery(index, partition, null, null, Map.of(), false);
  }

  /** The same, newest first. */
  public IndexQuery reversed() {
    return new IndexQuery(index, partition, from, upTo, equal, !newestFirst);
  }

  /** The same between two sort keys, both included; null sets no bound. */
  public IndexQuery between(String least, String greatest) {
    return new IndexQuery(index, partition, least, greatest, equal, newestFirst);
  }

  /**
   * The same between two days, both included, where sort keys begin with a day or an instant. Null
   * sets no bound; neither does a last day after the year 9999, which would sort before all others.
   */
  public IndexQuery onDays(LocalDate first, LocalDate last) {
    return between(
        first == null ? null : first.toString(),
        last == null || last.getYear() > 9999 ? null : last + AFTER_A_DAY);
  }

  /** Whether its bounds exclude everything, such as a last day before the first one. */
  boolean holdsNothing() {
    return from != null && upTo != null && from.compareTo(upTo) > 0;
  }

  /** The same where an attribute has a value. */
  public IndexQuery where(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(equal);
    more.put(attribute, value);
    return new IndexQuery(index, partition, from, upTo, more, newestFirst);
  }
}
