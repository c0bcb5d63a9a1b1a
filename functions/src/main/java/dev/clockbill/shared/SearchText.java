package dev.clockbill.shared;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.CollationElementIterator;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Text as searches compare it and lists order it: each form of a name is found by any other.
 *
 * <p>Lossy by intent, and so never an identity: that is {@link Text#identity}. It ignores case
 * (NFKC_Casefold, UAX #15), compatibility forms such as ﬁ and Ａ, accents, and blanks that are
 * doubled or invisible. A letter that is another one at the primary strength of Unicode's collation
 * (UTS #10) is that one: ø is o, æ is ae. Every dash is a hyphen, and what looks like an apostrophe
 * or stands for a quotation mark is an apostrophe (UTS #39, confusables).
 */
public final class SearchText {
  private static final String APOSTROPHE = "'";
  private static final String DASH = "-";

  /** Combining classes of points that Hebrew and Arabic may leave out (UAX #44, table 15). */
  private static final int FIRST_POINT = 10;

  private static final int LAST_POINT = 36;

  /** The classes of nuktas and of kana voicing, and the first one of accents. */
  private static final int NUKTA = 7;

  private static final int VOICING = 8;
  private static final int FIRST_ACCENT = 200;

  private SearchText() {}

  /** The folded text; folding it again changes nothing. */
  public static String of(String text) {
    return text.chars().allMatch(each -> each < 128) ? ascii(text) : any(text);
  }

  private static String ascii(String text) {
    return blanks(text.toLowerCase(Locale.ROOT).replace('"', '\'').replace('`', '\''));
  }

  private static String any(String text) {
    StringBuilder signs = new StringBuilder();
    Normalizer2.getNFCInstance()
        .normalize(text)
        .codePoints()
        .forEach(each -> signs.append(sign(each)));
    // Upper case first, so that a dotless i is found as i.
    String upper = UCharacter.toUpperCase(ULocale.ROOT, signs.toString());
    String folded = Normalizer2.getNFKCCasefoldInstance().normalize(upper);
    StringBuilder plain = new StringBuilder();
    Normalizer2.getNFKDInstance()
        .normalize(folded)
        .codePoints()
        .filter(each -> !accent(each))
        .forEach(each -> plain.append(letter(each)));
    String composed = Normalizer2.getNFCInstance().normalize(plain);
    StringBuilder again = new StringBuilder();
    composed.codePoints().forEach(each -> again.append(sign(each)));
    return blanks(again.toString());
  }

  private static String blanks(String text) {
    StringBuilder single = new StringBuilder();
    text.codePoints()
        .filter(each -> !Text.invisible(each))
        .forEach(
            each -> {
              if (!Text.blank(each)) {
                single.appendCodePoint(each);
              } else if (!single.isEmpty() && single.charAt(single.length() - 1) != ' ') {
                single.append(' ');
              }
            });
    return single.toString().stripTrailing();
  }

  private static boolean accent(int character) {
    int combining = UCharacter.getCombiningClass(character);
    return combining == NUKTA
        || combining == VOICING
        || (combining >= FIRST_POINT && combining <= LAST_POINT)
        || combining >= FIRST_ACCENT
        || Character.getType(character) == Character.ENCLOSING_MARK;
  }

  /** A dash, apostrophe or quotation mark as its plain sign; any other character as it is. */
  private static String sign(int character) {
    if (character == '"' || character == '\'' || character == '`') {
      return APOSTROPHE;
    }
    if (character < 128) {
      return Character.toString(character);
    }
    if (UCharacter.hasBinaryProperty(character, UProperty.DASH)) {
      return DASH;
    }
    if (UCharacter.hasBinaryProperty(character, UProperty.QUOTATION_MARK)) {
      return APOSTROPHE;
    }
    return switch (Character.getType(character)) {
      // Letters that are signs: the apostrophe of Ukrainian, the okina of Hawaiian.
      case Character.MODIFIER_LETTER, Character.MODIFIER_SYMBOL, Character.OTHER_PUNCTUATION ->
          Signs.CHECKER.getSkeleton(Character.toString(character)).equals(APOSTROPHE)
              ? APOSTROPHE
              : Character.toString(character);
      default -> Character.toString(character);
    };
  }

  /** A letter as the plain Latin ones that it is at the primary strength of collation. */
  private static String letter(int character) {
    return character > 127
            && UCharacter.isLetter(character)
            && UScript.getScript(character) == UScript.LATIN
        ? Letters.plain(character).orElseGet(() -> Character.toString(character))
        : Character.toString(character);
  }

  /** Read only where a sign is not plain. */
  private static final class Signs {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
  }

  /** Read only where a Latin letter is not plain and has no plain one inside it. */
  private static final class Letters {
    private static final RuleBasedCollator COLLATOR =
        (RuleBasedCollator) Collator.getInstance(ULocale.ROOT);

    private static final Map<Integer, Character> BY_PRIMARY = new HashMap<>();

    static {
      for (char letter = 'a'; letter <= 'z'; letter++) {
        BY_PRIMARY.put(primaries(Character.toString(letter)).getFirst(), letter);
      }
    }

    private static Optional<String> plain(int character) {
      StringBuilder plain = new StringBuilder();
      for (int primary : primaries(Character.toString(character))) {
        Character letter = BY_PRIMARY.get(primary);
        if (letter == null) {
          return Optional.empty();
        }
        plain.append(letter.charValue());
      }
      return plain.isEmpty() ? Optional.empty() : Optional.of(plain.toString());
    }

    private static List<Integer> primaries(String text) {
      List<Integer> primaries = new ArrayList<>();
      CollationElementIterator elements = COLLATOR.getCollationElementIterator(text);
      for (int element = elements.next();
          element != CollationElementIterator.NULLORDER;
          element = elements.next()) {
        int primary = CollationElementIterator.primaryOrder(element);
        if (primary != 0) {
          primaries.add(primary);
        }
      }
      return primaries;
    }
  }
}
