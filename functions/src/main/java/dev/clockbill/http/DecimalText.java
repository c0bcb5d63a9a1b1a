package dev.clockbill.http;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * A number that requests write as text, so that none of its decimals is lost on the way.
 *
 * @param form how it is written
 * @param wrong what is said of anything else
 * @param most the greatest there may be
 */
public record DecimalText(String form, String wrong, BigDecimal most) {
  /** A percentage with at most four decimals, from 0 to 100. */
  static final DecimalText PERCENT =
      new DecimalText(
          "\\d{1,3}(\\.\\d{1,4})?",
          "This has to be a percentage as text, such as \"8.25\".",
          BigDecimal.valueOf(100));

  /**
   * A number above zero.
   *
   * @param decimals how many it has at most
   */
  public static DecimalText aboveZero(int decimals, BigDecimal most) {
    return new DecimalText(
        "(?!0+(\\.0+)?$)\\d{1,10}(\\.\\d{1," + decimals + "})?",
        "This has to be a number above zero as text, with at most "
            + decimals
            + " decimals, such as \"1.5\".",
        most);
  }

  /**
   * The number that a value of a request is.
   *
   * @param refuse takes what is wrong, and returns null
   */
  BigDecimal read(Object value, Function<String, BigDecimal> refuse) {
    if (!(value instanceof String text) || !text.matches(form)) {
      return refuse.apply(wrong);
    }
    BigDecimal number = new BigDecimal(text);
    return number.compareTo(most) <= 0
        ? number
        : refuse.apply("This may be at most " + most.toPlainString() + ".");
  }
}
