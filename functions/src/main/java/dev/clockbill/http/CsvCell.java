package dev.clockbill.http;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a cell of CSV. Where a spreadsheet would take it, or a part of it, for a formula, an
 * apostrophe is written before that. Read again it is what it was, apostrophes of its own included.
 *
 * <p>A formula begins with {@code = + - @}, in either width. It is one not only at the beginning of
 * a cell: after a separator that is not the file's own a spreadsheet begins another cell, and a
 * quotation mark there opens or closes that cell, and is no part of it. Source: "CSV Injection",
 * OWASP (owasp.org/www-community/attacks/CSV_Injection, as read in November 2026), which names
 * those signs, tab and both line ends, and says that the field separator and quotes have to be
 * taken care of as well: they start a new cell in the middle of a text.
 */
public final class CsvCell {
  /**
   * Where a formula could begin, with the sign that begins one if it does: at the beginning of a
   * cell or after a possible separator, since which one a spreadsheet uses depends on its user's
   * locale; blanks and quotation marks may stand between. After a comma none begins: it is the
   * separator of the file, within which the whole text is quoted. Apostrophes that stand there
   * already count, so that one more can be told from them.
   */
  private static final Pattern BEGINNING =
      Pattern.compile("((?:[;\t\r\n]|^)[\\p{Blank}\"]*+)('*+)(?=([-=+@＝＋－＠])?)");

  private CsvCell() {}

  /** A cell's value as it is written. */
  static Object written(Object value) {
    return value instanceof String text
        ? replaced(text, formula -> formula.group(1) + "'" + formula.group(2))
        : value;
  }

  /** The text that a cell was written for; as it is where another program wrote it. */
  public static String read(String cell) {
    return cell.indexOf('\'') < 0
        ? cell
        : replaced(cell, formula -> formula.group(1) + formula.group(2).replaceFirst("^'", ""));
  }

  private static String replaced(String text, Function<MatchResult, String> formulas) {
    return BEGINNING
        .matcher(text)
        .replaceAll(
            beginning ->
                Matcher.quoteReplacement(
                    beginning.group(3) == null ? beginning.group() : formulas.apply(beginning)));
  }
}
