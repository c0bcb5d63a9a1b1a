package dev.clockbill.print.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A font for what the main one does not have. Each is read when a text first needs it, and stays
 * read.
 */
final class Typeface {
  /** The main font with its tables of where accents go, for letters that it has only in parts. */
  private static final String MAIN = "Inter";

  private static final String EMOJI = "NotoEmoji";
  private static final String IDEOGRAPHS = "DroidSansFallback";

  /** Kana, and Han characters as they are written in Japan. */
  private static final String JAPANESE = "NotoSansJP";

  private static final Map<UnicodeScript, String> BY_SCRIPT =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(UnicodeScript.ARABIC, "NotoSansArabic"),
              Map.entry(UnicodeScript.ARMENIAN, "NotoSansArmenian"),
              Map.entry(UnicodeScript.BENGALI, "NotoSansBengali"),
              Map.entry(UnicodeScript.DEVANAGARI, "NotoSansDevanagari"),
              Map.entry(UnicodeScript.ETHIOPIC, "NotoSansEthiopic"),
              Map.entry(UnicodeScript.GEORGIAN, "NotoSansGeorgian"),
              Map.entry(UnicodeScript.GUJARATI, "NotoSansGujarati"),
              Map.entry(UnicodeScript.GURMUKHI, "NotoSansGurmukhi"),
              Map.entry(UnicodeScript.HEBREW, "NotoSansHebrew"),
              Map.entry(UnicodeScript.HIRAGANA, JAPANESE),
              Map.entry(UnicodeScript.KANNADA, "NotoSansKannada"),
              Map.entry(UnicodeScript.KATAKANA, JAPANESE),
              Map.entry(UnicodeScript.KHMER, "NotoSansKhmer"),
              Map.entry(UnicodeScript.LAO, "NotoSansLao"),
              Map.entry(UnicodeScript.MALAYALAM, "NotoSansMalayalam"),
              Map.entry(UnicodeScript.MYANMAR, "NotoSansMyanmar"),
              Map.entry(UnicodeScript.ORIYA, "NotoSansOriya"),
              Map.entry(UnicodeScript.SINHALA, "NotoSansSinhala"),
              Map.entry(UnicodeScript.TAMIL, "NotoSansTamil"),
              Map.entry(UnicodeScript.TELUGU, "NotoSansTelugu"),
              Map.entry(UnicodeScript.THAI, "NotoSansThai")));

  private static final Set<UnicodeScript> OF_EAST_ASIA =
      EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.BOPOMOFO);

  private static final Set<UnicodeScript> OF_MAIN =
      EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

  private static final Set<UnicodeScript> OF_ALL =
      EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);

  /** Of these there is one weight alone. */
  private static final List<String> REGULAR_ONLY = List.of(EMOJI, IDEOGRAPHS, JAPANESE);

  private static final Map<String, Typeface> READ = new ConcurrentHashMap<>();

  private final TrueTypeFont file;
  private final CmapLookup characters;
  private final int number;
  private final int unitsPerEm;

  private Typeface(byte[] bytes) {
    try {
      this.file = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
      this.characters = file.getUnicodeCmapLookup();
      this.unitsPerEm = file.getUnitsPerEm();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    this.number = HarfBuzz.instance().font(bytes);
  }

  /** Whether a text has letters that only Japanese is written with. */
  static boolean japanese(String text) {
    return text.codePoints()
        .mapToObj(UnicodeScript::of)
        .anyMatch(each -> each == UnicodeScript.HIRAGANA || each == UnicodeScript.KATAKANA);
  }

  /**
   * The font that has a piece of text which is read as one character; empty if none has all of it.
   *
   * @param text a character with what is put on it
   * @param japanese whether Han characters are written as in Japan
   */
  static Optional<Typeface> of(String text, boolean bold, boolean japanese) {
    return candidates(text, japanese).stream()
        .map(name -> named(name, bold))
        .filter(each -> each.has(text))
        .findFirst();
  }

  /** The names of the fonts that may have a text, the likeliest first; none for some scripts. */
  private static List<String> candidates(String text, boolean japanese) {
    int first = text.codePointAt(0);
    UnicodeScript script = UnicodeScript.of(first);
    List<String> ideographs = japanese ? List.of(JAPANESE, IDEOGRAPHS) : List.of(IDEOGRAPHS);
    if (BY_SCRIPT.containsKey(script)) {
      return List.of(BY_SCRIPT.get(script), IDEOGRAPHS);
    }
    if (OF_EAST_ASIA.contains(script)) {
      return ideographs;
    }
    if (OF_MAIN.contains(script)) {
      return List.of(MAIN);
    }
    return OF_ALL.contains(script) ? ofAllScripts(first, ideographs) : List.of();
  }

  /** The same for signs that no script has for itself: punctuation, symbols, emoji. */
  private static List<String> ofAllScripts(int first, List<String> ideographs) {
    List<String> any = new ArrayList<>(List.of(MAIN));
    if (isEmoji(first)) {
      any.add(EMOJI);
    }
    any.addAll(ideographs);
    any.add(EMOJI);
    any.addAll(BY_SCRIPT.values());
    return any;
  }

  /** Whether a text is a sign that many scripts use, and looks in each as the rest of it does. */
  static boolean shared(String text) {
    int first = text.codePointAt(0);
    return OF_ALL.contains(UnicodeScript.of(first)) && !isEmoji(first);
  }

  private static boolean isEmoji(int character) {
    return Character.isEmoji(character) || Character.isExtendedPictographic(character);
  }

  private static Typeface named(String name, boolean bold) {
    return read(name + weight(bold && !REGULAR_ONLY.contains(name)));
  }

  private static String weight(boolean bold) {
    return bold ? "-SemiBold" : "-Regular";
  }

  private static Typeface read(String name) {
    return READ.computeIfAbsent(name, missing -> new Typeface(bytes(missing + ".ttf")));
  }

  private static byte[] bytes(String name) {
    try (InputStream file = Typeface.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether it has all of a text; what only tells how others are shown needs no glyph. */
  boolean has(String text) {
    return text.codePoints().allMatch(each -> invisible(each) || has(each));
  }

  /** Whether it has a character. */
  boolean has(int character) {
    return characters.getGlyphId(character) != 0;
  }

  /** Joiners, selectors of variants and tags: HarfBuzz heeds them and draws nothing for them. */
  private static boolean invisible(int character) {
    return Character.getType(character) == Character.FORMAT
        || (character >= 0xfe00 && character <= 0xfe0f)
        || (character >= 0xe0100 && character <= 0xe01ef);
  }

  /** The glyphs of a text that it has, from left to right. */
  List<HarfBuzz.Glyph> shape(String text, boolean rightToLeft) {
    return HarfBuzz.instance().shape(number, text, rightToLeft);
  }

  /** How many of its units make the size of its letters. */
  int unitsPerEm() {
    return unitsPerEm;
  }

  /** The outline of a glyph; empty for one that shows nothing, as a blank's. */
  Optional<GlyphData> outline(int glyph) {
    try {
      return Optional.ofNullable(file.getGlyph().getGlyph(glyph))
          .filter(data -> data.getDescription() != null && data.getNumberOfContours() != 0);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
