package dev.clockbill.print.script;

import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.layout.UrlAwareLineBreakIterator;
import java.text.BreakIterator;
import java.util.BitSet;
import java.util.Locale;

/**
 * Where lines may end: as before where the main font has all of the text, else by the rules of the
 * text that the clusters stand for, such as between ideographs, or between the words of Thai, which
 * has no blanks between them.
 */
final class ScriptBreaks implements FSTextBreaker {
  private static final Locale THAI = Locale.of("th");

  private final Clusters clusters;
  private final FSTextBreaker plain =
      new UrlAwareLineBreakIterator(BreakIterator.getLineInstance(Locale.US));
  private final BreakIterator rules = BreakIterator.getLineInstance(THAI);
  private BitSet ends;
  private int at;

  ScriptBreaks(Clusters clusters) {
    this.clusters = clusters;
  }

  @Override
  public void setText(String text) {
    ends = null;
    at = 0;
    if (text.chars().noneMatch(each -> clusters.has((char) each))) {
      plain.setText(text);
      return;
    }
    StringBuilder said = new StringBuilder();
    int[] starts = new int[text.length() + 1];
    for (int index = 0; index < text.length(); index++) {
      starts[index] = said.length();
      said.append(clusters.text(text.charAt(index)));
    }
    starts[text.length()] = said.length();
    rules.setText(said.toString());
    ends = new BitSet();
    for (int index = 1; index <= text.length(); index++) {
      if (rules.isBoundary(starts[index])) {
        ends.set(index);
      }
    }
  }

  @Override
  public int next() {
    if (ends == null) {
      return plain.next();
    }
    at = ends.nextSetBit(at + 1);
    return at < 0 ? BreakIterator.DONE : at;
  }
}
