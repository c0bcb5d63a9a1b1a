package dev.clockbill.units;

import dev.clockbill.Project;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What AWS takes for what: {@code prices.csv}, whose head explains its columns. */
record Prices(Map<String, Price> byThing) {
  private static final String FILE = "functions/src/test/resources/prices.csv";

  /**
   * The price of one thing.
   *
   * @param each of one unit, in US dollars
   * @param free units that cost nothing each month
   * @param standing whether AWS's own page was read, another one, or none
   */
  record Price(
      String thing, String unit, BigDecimal each, BigDecimal free, String source, String standing) {

    /** What so many units cost, the free ones included. */
    BigDecimal of(BigDecimal units) {
      return units.multiply(each);
    }

    /** What the free ones of so many units would have cost. */
    BigDecimal allowance(BigDecimal units) {
      return units.min(free).multiply(each);
    }

    private static Price of(String line) {
      String[] columns = line.split("; ");
      return new Price(
          columns[0],
          columns[1],
          new BigDecimal(columns[2]),
          new BigDecimal(columns[3]),
          columns[4],
          columns[5]);
    }
  }

  /** Reads the file. */
  static Prices read() {
    return new Prices(
        Arrays.stream(Project.read(FILE).split("\n"))
            .filter(line -> !line.startsWith("#"))
            .map(Price::of)
            .collect(
                Collectors.toMap(
                    Price::thing, price -> price, (one, other) -> one, LinkedHashMap::new)));
  }

  /** The price of a thing that has one. */
  Price of(String thing) {
    if (!byThing.containsKey(thing)) {
      throw new IllegalArgumentException("no price of " + thing);
    }
    return byThing.get(thing);
  }
}
