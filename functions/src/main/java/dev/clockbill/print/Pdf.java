package dev.clockbill.print;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.clockbill.print.script.ScriptText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * Turns a template's page into a PDF that screen readers can read (PDF/UA): tagged, with its title
 * and language, its fonts embedded as far as they are used.
 *
 * <p>The library behind it is loaded with this class: only functions that print load it, and only
 * when they do.
 */
public final class Pdf {
  private static final String FONT = "Inter";
  private static final int REGULAR = 400;
  private static final int SEMI_BOLD = 600;

  /** Stands for each character that the fonts do not have. */
  private static final String UNKNOWN = "\u25a1";

  /** The main font has all characters below this one that show anything: Latin letters. */
  private static final int LATIN_ENDS = 0x180;

  private static final COSName BACKGROUND = COSName.getPDFName("Background");

  /** How many small parts of a document are compressed together. */
  private static final int OBJECTS_AT_ONCE = 2_000;

  private static final String STYLE = style("pdf.css");

  /** It warns of what the fonts made for one document leave out. */
  private static final Logger FONTS = Logger.getLogger("org.apache.fontbox");

  static {
    FONTS.setLevel(Level.SEVERE);
    // It would log what is printed: names, addresses.
    XRLog.setLoggingEnabled(false);
  }

  private Pdf() {}

  /** The stylesheet of all PDFs, as {@code layout/pdf.jte} embeds it. */
  public static String style() {
    return STYLE;
  }

  /**
   * Prints a page. Nothing is fetched for it: it holds all that is printed.
   *
   * @param name the template, one that wraps itself in {@code layout/pdf.jte}
   * @param model what is printed: the template's one parameter
   */
  public static byte[] of(String name, Object model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      PdfRendererBuilder builder = new PdfRendererBuilder();
      builder.usePDDocument(document);
      builder.usePdfUaAccessibility(true);
      builder.useUriResolver((base, address) -> address.startsWith("data:") ? address : null);
      builder.useReplacementText(UNKNOWN);
      builder.useFont(() -> font("Inter-Regular"), FONT, REGULAR, FontStyle.NORMAL, true);
      builder.useFont(() -> font("Inter-SemiBold"), FONT, SEMI_BOLD, FontStyle.NORMAL, true);
      builder.withProducer("Clockbill");
      String page = printable(Templates.html(name, model));
      if (ScriptText.isNeeded(page, Pdf::inMainFont)) {
        ScriptText scripts = new ScriptText(Pdf::inMainFont);
        page = scripts.shaped(page);
        scripts.use(builder, document, REGULAR, SEMI_BOLD);
      }
      builder.withHtmlContent(page, null);
      try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
        renderer.createPDFWithoutClosing();
        share(document);
        document.save(bytes, new CompressParameters(OBJECTS_AT_ONCE));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return bytes.toByteArray();
  }

  /**
   * What of a text is printed as a box because no font has it: each character once, with what is
   * put on it, in the order of the text.
   */
  public static Set<String> missing(String text) {
    if (text.chars().allMatch(character -> character < LATIN_ENDS)) {
      return Set.of();
    }
    Set<String> missing = new LinkedHashSet<>();
    text.codePoints()
        .filter(character -> !isPrinted(character))
        .forEach(character -> missing.add(Character.toString(character)));
    missing.addAll(ScriptText.missing(printable(text), Pdf::inMainFont));
    return missing;
  }

  /**
   * Writes what says the same of a page's backgrounds once: the renderer does so for each cell of a
   * table, which takes a third of a long invoice.
   */
  private static void share(PDDocument document) {
    Map<String, COSDictionary> shared = new HashMap<>();
    for (PDPage page : document.getPages()) {
      COSDictionary said = page.getResources().getCOSObject().getCOSDictionary(COSName.PROPERTIES);
      if (said != null) {
        for (COSName name : List.copyOf(said.keySet())) {
          COSDictionary one = said.getCOSDictionary(name);
          if (BACKGROUND.equals(one.getCOSName(COSName.TYPE))) {
            said.setItem(
                name, shared.computeIfAbsent(one.getItem(COSName.BBOX).toString(), first -> one));
          }
        }
      }
    }
  }

  /**
   * The same text, each letter with its accents as one character, since the fonts compose nothing;
   * with {@link #UNKNOWN} for what no XML document may hold, and for characters of private use,
   * which mean something in one font alone.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            character -> {
              if (isPrinted(character)) {
                printable.appendCodePoint(character);
              } else {
                printable.append(UNKNOWN);
              }
            });
    return printable.toString();
  }

  private static boolean isPrinted(int character) {
    return inXml(character) && Character.getType(character) != Character.PRIVATE_USE;
  }

  private static boolean inXml(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= ' ' && character < Character.MIN_SURROGATE)
        || (character > Character.MAX_SURROGATE && character < 0xfffe)
        || character >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
  }

  /** Whether the main font has a character, or it is one that shows nothing. */
  private static boolean inMainFont(int character) {
    return character < ' ' || MainFont.CHARACTERS.getGlyphId(character) != 0;
  }

  /** What the main font has, read when it is first asked for. */
  private static final class MainFont {
    private static final CmapLookup CHARACTERS = characters();

    private MainFont() {}

    private static CmapLookup characters() {
      try (InputStream file = font("Inter-Regular")) {
        return new TTFParser().parse(new RandomAccessReadBuffer(file)).getUnicodeCmapLookup();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static InputStream font(String name) {
    return Pdf.class.getResourceAsStream("fonts/" + name + ".ttf");
  }

  private static String style(String name) {
    try (InputStream file = Pdf.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
