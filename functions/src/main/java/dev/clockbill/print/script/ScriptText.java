package dev.clockbill.print.script;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import dev.clockbill.print.script.HarfBuzz.Glyph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A page whose text the main font does not have all of: what it lacks is shaped here, before the
 * page is laid out, and stands in the page as {@link Clusters}.
 */
public final class ScriptText {
  /** The name of the font that has what the main one does not, for stylesheets. */
  public static final String FONT = "Scripts";

  private static final Pattern TAG = Pattern.compile("<(?:[^>\"]|\"[^\"]*\")*>");

  /** What a person reads as one character, with all that is put on it. */
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  /** What is not drawn, so that it stays as it is. */
  private static final Set<String> UNSEEN = Set.of("style", "title");

  private static final Set<String> BOLD = Set.of("strong", "h1", "th");

  private final IntPredicate inMain;

  private final Clusters clusters = new Clusters();
  private final Map<Word, String> words = new HashMap<>();
  private boolean inJapan;
  private boolean rightToLeft;

  /**
   * Begins a page.
   *
   * @param inMain whether the main font has a character
   */
  public ScriptText(IntPredicate inMain) {
    this.inMain = inMain;
  }

  /**
   * Whether there is anything in a text that needs this: what the main font lacks, or an accent on
   * a letter that it has no one character for.
   */
  public static boolean isNeeded(String text, IntPredicate inMain) {
    return text.codePoints()
        .anyMatch(
            each -> !inMain.test(each) || Character.getType(each) == Character.NON_SPACING_MARK);
  }

  /**
   * What comes out as a box in place of a text: each character once, with what is put on it, in the
   * order of the text.
   */
  public static Set<String> missing(String text, IntPredicate inMain) {
    Set<String> missing = new LinkedHashSet<>();
    Matcher graphemes = GRAPHEME.matcher(text);
    while (graphemes.find()) {
      String grapheme = graphemes.group();
      if (isNeeded(grapheme, inMain) && Typeface.of(grapheme, false, false).isEmpty()) {
        missing.add(grapheme);
      }
    }
    return missing;
  }

  /** The page with its clusters in place of what they stand for. */
  public String shaped(String page) {
    StringBuilder shaped = new StringBuilder(page.length());
    Matcher tags = TAG.matcher(page);
    int from = 0;
    int bold = 0;
    boolean unseen = false;
    while (tags.find()) {
      String text = page.substring(from, tags.start());
      shaped.append(unseen ? text : text(text, bold > 0)).append(tags.group());
      from = tags.end();
      boolean closes = page.charAt(tags.start() + 1) == '/';
      String name = name(tags.group());
      if (BOLD.contains(name)) {
        bold += closes ? -1 : 1;
      } else if (UNSEEN.contains(name)) {
        unseen = !closes;
      } else if ("html".equals(name)) {
        inJapan = tags.group().contains("-JP\"");
      }
    }
    return shaped.append(page, from, page.length()).toString();
  }

  private static String name(String tag) {
    int from = tag.charAt(1) == '/' ? 2 : 1;
    int to = from;
    while (to < tag.length() && Character.isLetterOrDigit(tag.charAt(to))) {
      to++;
    }
    return tag.substring(from, to);
  }

  /** A text by words: each is shaped once, and blanks are the main font's. */
  private String text(String text, boolean bold) {
    Style style = new Style(bold, inJapan || Typeface.japanese(text));
    StringBuilder shaped = new StringBuilder(text.length());
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) <= ' ' || text.charAt(at) == '\u00a0') {
        if (at > from) {
          String word = text.substring(from, at);
          shaped.append(
              words.computeIfAbsent(
                  new Word(word, style),
                  missing -> isNeeded(word, inMain) ? shaped(missing) : word));
        }
        if (at < text.length()) {
          shaped.append(text.charAt(at));
        }
        from = at + 1;
      }
    }
    return shaped.toString();
  }

  /** How a text looks: Han characters differ between Japan and China. */
  private record Style(boolean bold, boolean japanese) {}

  private record Word(String text, Style style) {}

  /** A piece of a word that one font has, in one direction. */
  private record Run(Typeface typeface, boolean rightToLeft) {}

  private String shaped(Word word) {
    StringBuilder shaped = new StringBuilder(word.text().length());
    StringBuilder pending = new StringBuilder();
    Run run = null;
    Matcher graphemes = GRAPHEME.matcher(word.text());
    while (graphemes.find()) {
      String grapheme = graphemes.group();
      Run own = run(grapheme, run, word.style()).orElse(null);
      if (run != null && !run.equals(own)) {
        shape(pending, run, shaped);
      }
      if (own == null) {
        shaped.append(Clusters.taken(grapheme) ? Clusters.UNKNOWN : grapheme);
      } else {
        pending.append(grapheme);
      }
      run = own;
    }
    if (run != null) {
      shape(pending, run, shaped);
    }
    return shaped.toString();
  }

  /**
   * What a grapheme is shaped with; empty if the main font has it, or none.
   *
   * @param before what the one before it is shaped with; null if that is not
   */
  private Optional<Run> run(String grapheme, Run before, Style style) {
    int first = grapheme.codePointAt(0);
    if (Character.charCount(first) == grapheme.length() && inMain.test(first)) {
      return Optional.empty();
    }
    boolean rtl =
        switch (Character.getDirectionality(first)) {
          case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
              true;
          default -> false;
        };
    rightToLeft |= rtl;
    return Optional.ofNullable(before)
        .map(Run::typeface)
        .filter(typeface -> Typeface.shared(grapheme) && typeface.has(grapheme))
        .or(() -> Typeface.of(grapheme, style.bold(), style.japanese()))
        .map(typeface -> new Run(typeface, rtl));
  }

  /** Shapes what is pending, in the order in which it is read. */
  private void shape(StringBuilder pending, Run run, StringBuilder shaped) {
    String text = pending.toString();
    pending.setLength(0);
    List<Glyph> glyphs = run.typeface().shape(text, run.rightToLeft());
    List<List<Glyph>> parts = new ArrayList<>();
    for (Glyph glyph : run.rightToLeft() ? glyphs.reversed() : glyphs) {
      if (parts.isEmpty() || parts.getLast().getFirst().at() != glyph.at()) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add(glyph);
    }
    for (int at = 0; at < parts.size(); at++) {
      List<Glyph> part = parts.get(at);
      int from = part.getFirst().at();
      int to = at + 1 < parts.size() ? parts.get(at + 1).getFirst().at() : text.length();
      List<Glyph> leftToRight = run.rightToLeft() ? part.reversed() : part;
      shaped.append(
          clusters.character(
              text.substring(from, to),
              run.typeface(),
              leftToRight.stream()
                  .map(each -> new Glyph(each.id(), 0, each.advance(), each.x(), each.y()))
                  .toList()));
    }
  }

  /** Gives the page's renderer the font of its clusters and what it has to know of them. */
  public void use(PdfRendererBuilder builder, PDDocument document, int... weights)
      throws IOException {
    if (!clusters.isEmpty()) {
      PDFontSupplier font = new PDFontSupplier(clusters.embed(document));
      for (int weight : weights) {
        builder.useFont(font, FONT, weight, FontStyle.NORMAL, false);
      }
      builder.useUnicodeLineBreaker(new ScriptBreaks(clusters));
    }
    if (rightToLeft) {
      builder.useUnicodeBidiSplitter(() -> new Directions.Splitter(clusters));
      builder.useUnicodeBidiReorderer(new Directions.Order(clusters));
    }
  }
}
