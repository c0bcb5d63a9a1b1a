package dev.clockbill.print.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  /** The main font, for accents that it has and no letter of its own comes with. */
  private static final String MAIN = "/dev/clockbill/print/fonts/Inter";

  private static final String EMOJI = "NotoEmoji";
  private static final String IDEOGRAPHS = "DroidSansFallback";

  private static final Map<UnicodeScript, String> BY_SCRIPT =
      Map.of(
          UnicodeScript.ARABIC, "NotoSansArabic",
          UnicodeScript.ARMENIAN, "NotoSansArmenian",
          UnicodeScript.DEVANAGARI, "NotoSansDevanagari",
          UnicodeScript.GEORGIAN, "NotoSansGeorgian",
          UnicodeScript.HEBREW, "NotoSansHebrew",
          UnicodeScript.THAI, "NotoSansThai");

  /** Of these there is one weight alone. */
  private static final List<String> REGULAR_ONLY = List.of(EMOJI, IDEOGRAPHS);

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

  /** The main font. */
  static Typeface main(boolean bold) {
    return read(MAIN + weight(bold));
  }

  /**
   * The font that has a piece of text which is read as one character; empty if none has all of it.
   *
   * @param text a character with what is put on it
   */
  static Optional<Typeface> of(String text, boolean bold) {
    int first = text.codePointAt(0);
    String byScript = BY_SCRIPT.get(UnicodeScript.of(first));
    if (byScript != null) {
      return Optional.of(named(byScript, bold)).filter(each -> each.has(text));
    }
    if (text.codePointCount(0, text.length()) > 1 && main(bold).has(text)) {
      return Optional.of(main(bold));
    }
    List<String> others =
        Character.isEmoji(first) || Character.isExtendedPictographic(first)
            ? List.of(EMOJI, IDEOGRAPHS)
            : List.of(IDEOGRAPHS, EMOJI);
    return others.stream()
        .map(name -> named(name, bold))
        .filter(each -> each.has(text))
        .findFirst()
        .or(
            () ->
                BY_SCRIPT.values().stream()
                    .map(name -> named(name, bold))
                    .filter(each -> each.has(text))
                    .findFirst());
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
