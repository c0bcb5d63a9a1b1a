package dev.clockbill.print.script;

import dev.clockbill.print.script.HarfBuzz.Glyph;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * What one document shows of other scripts, as a font made for it alone: each cluster, a piece of
 * text whose glyphs belong together, such as a consonant with its vowel signs, is one glyph there,
 * in which its parts have the places that HarfBuzz gave them.
 *
 * <p>In the page each stands as one character, so that whoever lays it out need not know anything
 * of scripts, while readers of the document get the text that it stands for. These characters are
 * those of the block of Hangul syllables: the main font has none of them, and each of them in the
 * page's own text has become a cluster itself, or a box where no font has it.
 */
final class Clusters {
  private static final char FIRST = '\uac00';
  private static final char LAST = '\ud7a3';

  /** For a cluster that has no room any more, and for what would be taken for one. */
  static final char UNKNOWN = '\u25a1';

  /** How many texts a table of a PDF's characters may name at once (ISO 32000-1, 9.10.3). */
  private static final int BLOCK = 100;

  /** A cluster: its text and its looks. */
  private record Cluster(String text, Typeface typeface, List<Glyph> glyphs) {}

  private final Map<Cluster, Character> characters = new HashMap<>();
  private final List<Cluster> clusters = new ArrayList<>();

  /** The character for a cluster, always the same for the same. */
  char character(String text, Typeface typeface, List<Glyph> glyphs) {
    Cluster cluster = new Cluster(text, typeface, glyphs);
    Character known = characters.get(cluster);
    if (known != null) {
      return known;
    }
    if (clusters.size() > LAST - FIRST) {
      return UNKNOWN;
    }
    char character = (char) (FIRST + clusters.size());
    characters.put(cluster, character);
    clusters.add(cluster);
    return character;
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return clusters.isEmpty();
  }

  /** Whether a text has a character by which a page may mean a cluster. */
  static boolean taken(String text) {
    return text.chars().anyMatch(character -> character >= FIRST && character <= LAST);
  }

  /** Whether a character stands for a cluster. */
  boolean has(char character) {
    return character >= FIRST && character < FIRST + clusters.size();
  }

  /** The text that a character stands for: its own, unless it is a cluster's. */
  String text(char character) {
    return has(character) ? clusters.get(character - FIRST).text() : Character.toString(character);
  }

  /** The font, embedded into a document. */
  PDType0Font embed(PDDocument document) throws IOException {
    GlyphFont file = new GlyphFont();
    for (Cluster cluster : clusters) {
      file.add(cluster.typeface(), cluster.glyphs());
    }
    PDType0Font font =
        PDType0Font.load(document, new ByteArrayInputStream(file.bytes(FIRST)), false);
    font.getCOSObject()
        .setItem(
            COSName.TO_UNICODE,
            new PDStream(document, new ByteArrayInputStream(texts()), COSName.FLATE_DECODE));
    return font;
  }

  /** What each glyph says, as PDF readers look it up (ISO 32000-1, 9.10.3). */
  private byte[] texts() {
    StringBuilder map =
        new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <ffff>
            endcodespacerange
            """);
    HexFormat hex = HexFormat.of();
    for (int from = 0; from < clusters.size(); from += BLOCK) {
      int to = Math.min(from + BLOCK, clusters.size());
      map.append(to - from).append(" beginbfchar\n");
      for (int at = from; at < to; at++) {
        map.append('<')
            .append(hex.toHexDigits((short) (at + 1)))
            .append("> <")
            .append(hex.formatHex(clusters.get(at).text().getBytes(StandardCharsets.UTF_16BE)))
            .append(">\n");
      }
      map.append("endbfchar\n");
    }
    map.append(
        """
        endcmap
        CMapName currentdict /CMap defineresource pop
        end
        end
        """);
    return map.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
