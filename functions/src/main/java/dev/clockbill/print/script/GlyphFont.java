package dev.clockbill.print.script;

import dev.clockbill.print.script.HarfBuzz.Glyph;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.fontbox.ttf.GlyphDescription;

/**
 * Writes a TrueType font of glyphs that are composed of other fonts' glyphs: no more of it than
 * what a PDF needs (OpenType 1.9, "OpenType font file" and the pages of the tables).
 */
final class GlyphFont {
  private static final int UNITS_PER_EM = 1_000;
  private static final int ASCENT = 969;
  private static final int DESCENT = -242;

  private static final int ON_CURVE = 0x01;
  private static final int SHORT_X = 0x02;
  private static final int SHORT_Y = 0x04;
  private static final int SAME_OR_POSITIVE_X = 0x10;
  private static final int SAME_OR_POSITIVE_Y = 0x20;

  /** The six letters before the plus sign say that it is a part of a font (ISO 32000-1, 9.6.4). */
  private static final String NAME = "CLOCKB+Scripts";

  /** A point of an outline. */
  private record Point(int x, int y, boolean onCurve, boolean ends) {}

  private final ByteArrayOutputStream outlines = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>(List.of(0));
  private final List<Integer> advances = new ArrayList<>();
  private final List<Integer> lefts = new ArrayList<>();
  private int mostPoints;
  private int mostContours;

  /** A font with the glyph for what is missing, which shows nothing. */
  GlyphFont() {
    add(List.of(), UNITS_PER_EM / 2);
  }

  /** Adds a glyph: the next one in order, the first being 1. */
  void add(Typeface typeface, List<Glyph> parts) {
    double scale = (double) UNITS_PER_EM / typeface.unitsPerEm();
    List<Point> points = new ArrayList<>();
    int pen = 0;
    for (Glyph part : parts) {
      int x = pen + part.x();
      typeface
          .outline(part.id())
          .ifPresent(outline -> append(points, outline.getDescription(), x, part.y(), scale));
      pen += part.advance();
    }
    add(points, Math.max(0, (int) Math.round(pen * scale)));
  }

  private static void append(
      List<Point> points, GlyphDescription outline, int x, int y, double scale) {
    int contour = 0;
    for (int at = 0; at < outline.getPointCount(); at++) {
      boolean ends = outline.getEndPtOfContours(contour) == at;
      points.add(
          new Point(
              (int) Math.round((outline.getXCoordinate(at) + x) * scale),
              (int) Math.round((outline.getYCoordinate(at) + y) * scale),
              (outline.getFlags(at) & ON_CURVE) != 0,
              ends));
      if (ends) {
        contour++;
      }
    }
  }

  private void add(List<Point> points, int advance) {
    advances.add(advance);
    lefts.add(points.stream().mapToInt(Point::x).min().orElse(0));
    if (!points.isEmpty()) {
      outlines.writeBytes(outline(points));
      if (outlines.size() % 2 != 0) {
        outlines.write(0);
      }
    }
    offsets.add(outlines.size());
  }

  private byte[] outline(List<Point> points) {
    int contours = (int) points.stream().filter(Point::ends).count();
    mostPoints = Math.max(mostPoints, points.size());
    mostContours = Math.max(mostContours, contours);
    ByteBuffer out = ByteBuffer.allocate(12 + contours * 2 + points.size() * 5);
    out.putShort((short) contours);
    out.putShort((short) points.stream().mapToInt(Point::x).min().orElse(0));
    out.putShort((short) points.stream().mapToInt(Point::y).min().orElse(0));
    out.putShort((short) points.stream().mapToInt(Point::x).max().orElse(0));
    out.putShort((short) points.stream().mapToInt(Point::y).max().orElse(0));
    for (int at = 0; at < points.size(); at++) {
      if (points.get(at).ends()) {
        out.putShort((short) at);
      }
    }
    out.putShort((short) 0);
    ByteBuffer xs = ByteBuffer.allocate(points.size() * 2);
    ByteBuffer ys = ByteBuffer.allocate(points.size() * 2);
    int x = 0;
    int y = 0;
    for (Point point : points) {
      int flags = point.onCurve() ? ON_CURVE : 0;
      flags |= step(xs, point.x() - x, SHORT_X, SAME_OR_POSITIVE_X);
      flags |= step(ys, point.y() - y, SHORT_Y, SAME_OR_POSITIVE_Y);
      out.put((byte) flags);
      x = point.x();
      y = point.y();
    }
    out.put(xs.flip()).put(ys.flip());
    return written(out);
  }

  /** One coordinate of a point, from the one before it, in as few bytes as it takes. */
  private static int step(ByteBuffer out, int by, int isShort, int sameOrPositive) {
    if (by == 0) {
      return sameOrPositive;
    }
    if (Math.abs(by) < 256) {
      out.put((byte) Math.abs(by));
      return by > 0 ? isShort | sameOrPositive : isShort;
    }
    out.putShort((short) by);
    return 0;
  }

  /**
   * The file.
   *
   * @param first the character of the first glyph; those of the others follow it in order
   */
  byte[] bytes(char first) {
    Map<String, byte[]> tables = new TreeMap<>();
    tables.put("OS/2", os2(first));
    tables.put("cmap", cmap(first));
    tables.put("glyf", outlines.toByteArray());
    tables.put("head", head());
    tables.put("hhea", hhea());
    tables.put("hmtx", hmtx());
    tables.put("loca", loca());
    tables.put("maxp", maxp());
    tables.put("name", name());
    tables.put("post", post());
    int offset = 12 + 16 * tables.size();
    int size = offset;
    for (byte[] table : tables.values()) {
      size += padded(table.length);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    int power = Integer.highestOneBit(tables.size());
    out.putInt(0x00010000);
    shorts(
        out,
        tables.size(),
        power * 16,
        Integer.numberOfTrailingZeros(power),
        (tables.size() - power) * 16);
    for (Map.Entry<String, byte[]> table : tables.entrySet()) {
      out.put(table.getKey().getBytes(StandardCharsets.US_ASCII));
      out.putInt(checksum(table.getValue())).putInt(offset).putInt(table.getValue().length);
      offset += padded(table.getValue().length);
    }
    for (byte[] table : tables.values()) {
      out.put(table);
      out.position(padded(out.position()));
    }
    return out.array();
  }

  private int glyphs() {
    return advances.size();
  }

  private int widest() {
    return advances.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static byte[] head() {
    ByteBuffer out = ByteBuffer.allocate(54);
    out.putInt(0x00010000).putInt(0x00010000).putInt(0).putInt(0x5f0f3cf5);
    shorts(out, 0, UNITS_PER_EM);
    out.putLong(0).putLong(0);
    shorts(out, 0, DESCENT, UNITS_PER_EM, ASCENT, 0, 8, 2, 1, 0);
    return out.array();
  }

  private byte[] hhea() {
    ByteBuffer out = ByteBuffer.allocate(36);
    out.putInt(0x00010000);
    shorts(out, ASCENT, DESCENT, 0, widest(), 0, 0, widest(), 1, 0, 0, 0, 0, 0, 0, 0, glyphs());
    return out.array();
  }

  private byte[] hmtx() {
    ByteBuffer out = ByteBuffer.allocate(4 * glyphs());
    for (int glyph = 0; glyph < glyphs(); glyph++) {
      shorts(out, advances.get(glyph), lefts.get(glyph));
    }
    return out.array();
  }

  private byte[] loca() {
    ByteBuffer out = ByteBuffer.allocate(4 * offsets.size());
    offsets.forEach(out::putInt);
    return out.array();
  }

  private byte[] maxp() {
    ByteBuffer out = ByteBuffer.allocate(32);
    out.putInt(0x00010000);
    shorts(out, glyphs(), mostPoints, mostContours, 0, 0, 2);
    return out.array();
  }

  /** One range of characters, and the last one that the format asks for. */
  private byte[] cmap(char first) {
    ByteBuffer out = ByteBuffer.allocate(44);
    shorts(out, 0, 1, 3, 1).putInt(12);
    int last = Math.max(first, first + glyphs() - 2);
    shorts(out, 4, 32, 0, 4, 4, 1, 0, last, 0xffff, 0, first, 0xffff, 1 - first, 1, 0, 0);
    return out.array();
  }

  private byte[] os2(char first) {
    ByteBuffer out = ByteBuffer.allocate(96);
    shorts(out, 4, UNITS_PER_EM / 2, 400, 5);
    out.position(64);
    shorts(out, first, first + glyphs() - 2, ASCENT, DESCENT, 0, ASCENT, -DESCENT);
    out.position(86);
    shorts(out, 546, 728);
    return out.array();
  }

  private static byte[] name() {
    byte[] text = NAME.getBytes(StandardCharsets.UTF_16BE);
    int[] kinds = {1, 2, 4, 6};
    ByteBuffer out = ByteBuffer.allocate(6 + 12 * kinds.length + text.length);
    shorts(out, 0, kinds.length, 6 + 12 * kinds.length);
    for (int kind : kinds) {
      shorts(out, 3, 1, 0x0409, kind, text.length, 0);
    }
    return out.put(text).array();
  }

  private static byte[] post() {
    return ByteBuffer.allocate(32).putInt(0x00030000).array();
  }

  private static ByteBuffer shorts(ByteBuffer out, int... values) {
    for (int value : values) {
      out.putShort((short) value);
    }
    return out;
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static int checksum(byte[] table) {
    ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(table, padded(table.length)));
    int sum = 0;
    while (in.hasRemaining()) {
      sum += in.getInt();
    }
    return sum;
  }
}
