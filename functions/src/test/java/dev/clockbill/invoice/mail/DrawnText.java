package dev.clockbill.invoice.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The glyphs of a PDF, each with what it stands for and where it is. */
record DrawnText(List<Drawn> glyphs) {

  /**
   * A glyph.
   *
   * @param says what a reader of the document gets for it
   * @param code its number in the font; 0 is drawn for what a font lacks
   * @param x its left edge, in points
   */
  record Drawn(String says, int code, String font, float x, float y, float width) {}

  /** Reads a PDF. */
  static DrawnText of(byte[] pdf) {
    List<Drawn> glyphs = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      new PDFTextStripper() {
        @Override
        protected void processTextPosition(TextPosition text) {
          try {
            int code = text.getCharacterCodes()[0];
            PDType0Font font = (PDType0Font) text.getFont();
            glyphs.add(
                new Drawn(
                    text.getUnicode(),
                    font.codeToGID(code),
                    font.getName(),
                    text.getX(),
                    text.getY() + 10_000 * getCurrentPageNo(),
                    text.getWidth()));
          } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
          }
        }
      }.getText(document);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new DrawnText(glyphs);
  }

  /** The glyphs that a text is drawn with, from left to right. */
  List<Drawn> of(String... pieces) {
    List<String> wanted = List.of(pieces);
    return glyphs.stream()
        .filter(glyph -> wanted.contains(glyph.says()))
        .sorted(Comparator.comparing(Drawn::y).thenComparing(Drawn::x))
        .toList();
  }
}
