package dev.clockbill.shared;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.function.IntPredicate;

/**
 * Texts that people write: their normal form, in which they are kept, and when two are the same.
 *
 * <p>All of it follows properties of the Unicode Character Database (UAX #44) and no list of
 * letters. Plain ASCII, which most texts are, needs none of the tables.
 */
public final class Text {
  /** From here on a character may combine with the one before it (UAX #15). */
  private static final char FIRST_COMBINING = '\u0300';

  private static final char LAST_ASCII = '\u007f';
  private static final int VIRAMA = 9;

  private Text() {}

  /**
   * The normal form of a text: composed (NFC), and without blanks at its ends, invisible ones
   * included: white space and what is ignored by default, such as U+200B and U+FEFF.
   *
   * <p>Inside a text nothing is cut: joiners shape Persian, Indic and emoji. At its ends remains
   * what belongs to the letter before it (variation selectors, the tags of a flag, a joiner after a
   * virama) and a mark of direction beside a sign that has none of its own, such as a bracket.
   */
  public static String normal(String text) {
    String composed = composed(text);
    int start = 0;
    int end = composed.length();
    while (start < end && blankAtStart(composed, start)) {
      start += Character.charCount(composed.codePointAt(start));
    }
    while (end > start && blankAtEnd(composed, start, end)) {
      end -= Character.charCount(composed.codePointBefore(end));
    }
    // What was cut may have stood between a letter and its accent.
    return start == 0 && end == composed.length()
        ? composed
        : composed(composed.substring(start, end));
  }

  /**
   * What tells one name from another: equal for two texts that are the same in normal form, however
   * they differ in case and blanks. Case is folded in full (UAX #21): ß is ss and ς is σ. Accents
   * count, as does each mark of a script: パス and バス are two.
   */
  public static String identity(String text) {
    String visible = without(normal(text), Text::standsForNothing);
    StringBuilder single = new StringBuilder();
    visible
        .codePoints()
        .forEach(
            each -> {
              if (!blank(each)) {
                single.appendCodePoint(each);
              } else if (!single.isEmpty() && single.charAt(single.length() - 1) != ' ') {
                single.append(' ');
              }
            });
    return composed(folded(composed(single.toString().strip())));
  }

  /** Whether a character is white space. */
  static boolean blank(int character) {
    return character <= LAST_ASCII
        ? Character.isWhitespace(character)
        : UCharacter.isUWhiteSpace(character);
  }

  /** Whether a character is shown as nothing at all. */
  static boolean invisible(int character) {
    return character > LAST_ASCII
        && UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  /** A text without the characters that fit a condition. */
  public static String without(String text, IntPredicate condition) {
    if (text.codePoints().noneMatch(condition)) {
      return text;
    }
    StringBuilder rest = new StringBuilder();
    text.codePoints().filter(condition.negate()).forEach(rest::appendCodePoint);
    return rest.toString();
  }

  /** Whether a character is white space or invisible. */
  public static boolean blankOrInvisible(int character) {
    return blank(character) || invisible(character);
  }

  private static String composed(String text) {
    return text.chars().allMatch(each -> each < FIRST_COMBINING)
        ? text
        : Normalizer2.getNFCInstance().normalize(text);
  }

  /** Full case folding; Turkish texts fold as all others do, since nobody says which are. */
  private static String folded(String text) {
    return UCharacter.foldCase(text, true);
  }

  /** Invisible and without a meaning of its own: joiners and variation selectors have one. */
  private static boolean standsForNothing(int character) {
    return invisible(character)
        && !UCharacter.hasBinaryProperty(character, UProperty.JOIN_CONTROL)
        && !extending(character);
  }

  private static boolean blankAtStart(String text, int at) {
    int character = text.codePointAt(at);
    if (blank(character)) {
      return true;
    }
    int next = at + Character.charCount(character);
    return invisible(character)
        && !(turning(character)
            && next < text.length()
            && withoutDirection(text.codePointAt(next)));
  }

  private static boolean blankAtEnd(String text, int start, int end) {
    int character = text.codePointBefore(end);
    if (blank(character)) {
      return true;
    }
    if (!invisible(character)) {
      return false;
    }
    int before = end - Character.charCount(character);
    if (before == start) {
      return true;
    }
    int previous = text.codePointBefore(before);
    if (turning(character)) {
      return !withoutDirection(previous);
    }
    if (UCharacter.hasBinaryProperty(character, UProperty.JOIN_CONTROL)) {
      return UCharacter.getCombiningClass(previous) != VIRAMA;
    }
    // A variation selector, or the end of a flag's tags.
    return !extending(character) || blankAtEnd(text, start, before);
  }

  /** Whether a character belongs to the one before it. */
  private static boolean extending(int character) {
    return UCharacter.hasBinaryProperty(character, UProperty.GRAPHEME_EXTEND)
        && !UCharacter.hasBinaryProperty(character, UProperty.JOIN_CONTROL);
  }

  private static boolean turning(int character) {
    return UCharacter.hasBinaryProperty(character, UProperty.BIDI_CONTROL);
  }

  private static boolean withoutDirection(int character) {
    return !blankOrInvisible(character)
        && switch (Character.getDirectionality(character)) {
          case Character.DIRECTIONALITY_LEFT_TO_RIGHT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
              false;
          default -> true;
        };
  }
}
