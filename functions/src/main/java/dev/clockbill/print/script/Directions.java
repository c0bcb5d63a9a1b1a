package dev.clockbill.print.script;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * In which direction text runs, by Unicode's bidirectional algorithm (UAX 9).
 *
 * <p>The page's renderer puts the runs of a paragraph beside one another in the order in which they
 * are read, and does no more. So what is handed to it as one run from right to left is all of a
 * paragraph that is not plainly from left to right, numbers and foreign words in it included: their
 * order within it is found when a line of it is drawn.
 */
final class Directions {
  /** What looks the other way from right to left, of what the fonts have. */
  private static final Map<Character, Character> MIRRORED =
      Map.of(
          '(', ')', ')', '(', '[', ']', ']', '[', '{', '}', '}', '{', '<', '>', '>', '<', '«', '»',
          '»', '«');

  private Directions() {}

  /** The same text, each cluster as a character that has the direction of what it stands for. */
  private static String typical(String text, Clusters clusters) {
    StringBuilder typical = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char first = clusters.text(text.charAt(at)).charAt(0);
      typical.append(clusters.has(text.charAt(at)) && Character.isSurrogate(first) ? '☺' : first);
    }
    return typical.toString();
  }

  /** Finds the runs of a paragraph. */
  static final class Splitter implements BidiSplitter {
    private final Clusters clusters;
    private final List<BidiTextRun> runs = new ArrayList<>();

    Splitter(Clusters clusters) {
      this.clusters = clusters;
    }

    @Override
    public void setParagraph(String paragraph, byte direction) {
      runs.clear();
      if (direction == RTL || paragraph.isEmpty()) {
        runs.add(new BidiTextRun(0, paragraph.length(), direction));
        return;
      }
      Bidi bidi = new Bidi(typical(paragraph, clusters), Bidi.DIRECTION_LEFT_TO_RIGHT);
      int from = 0;
      for (int at = 1; at <= paragraph.length(); at++) {
        boolean ends =
            at == paragraph.length() || (bidi.getLevelAt(at) > 0) != (bidi.getLevelAt(from) > 0);
        if (ends) {
          runs.add(new BidiTextRun(from, at - from, bidi.getLevelAt(from) > 0 ? RTL : LTR));
          from = at;
        }
      }
    }

    @Override
    public int countTextRuns() {
      return runs.size();
    }

    @Override
    public BidiTextRun getVisualRun(int index) {
      return runs.get(index);
    }

    @Override
    public byte getBaseDirection(String paragraph) {
      Bidi bidi = new Bidi(typical(paragraph, clusters), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
      return bidi.baseIsLeftToRight() ? LTR : RTL;
    }
  }

  /** Puts what runs from right to left into the order in which it is drawn. */
  static final class Order implements BidiReorderer {
    private final Clusters clusters;

    Order(Clusters clusters) {
      this.clusters = clusters;
    }

    @Override
    public String reorderRTLTextToLTR(String text) {
      Bidi bidi = new Bidi(typical(text, clusters), Bidi.DIRECTION_RIGHT_TO_LEFT);
      byte[] levels = new byte[text.length()];
      Character[] drawn = new Character[text.length()];
      for (int at = 0; at < text.length(); at++) {
        levels[at] = (byte) bidi.getLevelAt(at);
        char own = text.charAt(at);
        drawn[at] = levels[at] % 2 == 0 ? own : MIRRORED.getOrDefault(own, own);
      }
      Bidi.reorderVisually(levels, 0, drawn, 0, drawn.length);
      StringBuilder line = new StringBuilder(drawn.length);
      for (Character each : drawn) {
        line.append(each.charValue());
      }
      return line.toString();
    }

    /** Nothing: that is done before the page is laid out. */
    @Override
    public String shapeText(String text) {
      return text;
    }

    @Override
    public String deshapeText(String text) {
      return text;
    }

    @Override
    public boolean isLiveImplementation() {
      return true;
    }
  }
}
