package dev.clockbill.shared;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to read from an index, a page at a time.
 *
 * @param index the index
 * @param partition the value of its partition key
 * @param from the least sort key, or null
 * @param before the sort key that is too great, or null
 * @param equal attributes that have to have these values as well
 * @param newestFirst whether the greatest sort keys come first
 */
public record Selection(
    Index index,
    String partition,
    String from,
    String before,
    Map<String, String> equal,
    boolean newestFirst) {

  /** Everything under one value of an index's partition key, oldest first. */
  public static Selection of(Index index, String partition) {
    return new Selection(index, partition, null, null, Map.of(), false);
  }

  /** The same, newest first. */
  public Selection reversed() {
    return new Selection(index, partition, from, before, equal, !newestFirst);
  }

  /** The same between two sort keys, the second excluded; null sets no bound. */
  public Selection between(String least, String tooGreat) {
    return new Selection(index, partition, least, tooGreat, equal, newestFirst);
  }

  /** Whether its bounds leave no room, such as a last day before the first one. */
  boolean holdsNothing() {
    return from != null && before != null && from.compareTo(before) > 0;
  }

  /** The same where an attribute has a value. */
  public Selection where(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(equal);
    more.put(attribute, value);
    return new Selection(index, partition, from, before, more, newestFirst);
  }
}
