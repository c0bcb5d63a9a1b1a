package dev.clockbill.firm;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as lists order it and searches compare it: without case, accents and double blanks. */
public final class FoldedName {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int LONGEST = 200;

  private FoldedName() {}

  /** The folded text; upper case first, so that ß is found as ss. */
  public static String of(String text) {
    String upper = text.toUpperCase(Locale.ROOT).replace("Ø", "O").replace("Ł", "L");
    String plain =
        ACCENTS.matcher(Normalizer.normalize(upper, Normalizer.Form.NFKD)).replaceAll("");
    return BLANKS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /**
   * The text by which something with this name is ordered; the id makes it unique. It is cut so
   * that it fits a sort key's 1,024 bytes in any script. The blank before the id lets a name come
   * before longer ones that begin with it.
   */
  static String sortKey(String name, String id) {
    String folded = of(name);
    int end =
        folded.offsetByCodePoints(0, Math.min(LONGEST, folded.codePointCount(0, folded.length())));
    return folded.substring(0, end) + " #" + id;
  }
}
