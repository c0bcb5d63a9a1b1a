package dev.clockbill.print;

import java.util.Locale;

/**
 * A firm's colour, made readable: whatever colour it chose, text in it and on it has the contrast
 * that WCAG 2.2 asks for (1.4.3: 4.5 to 1 for text, 1.4.11: 3 to 1 for a button's shape), on white
 * and on the dark grounds of mails and pages.
 *
 * <p>Each is {@code #rrggbb}. As text it is darkened or lightened as far as it has to be; on a
 * button the text is white or black, whichever reads better.
 *
 * @param press a button on white
 * @param onPress its text
 * @param accent text on white
 * @param darkPress a button on a dark ground
 * @param darkOnPress its text
 * @param darkAccent text on a dark ground
 */
public record BrandColors(
    String press,
    String onPress,
    String accent,
    String darkPress,
    String darkOnPress,
    String darkAccent) {

  /** Clockbill's own. */
  public static final BrandColors OWN =
      new BrandColors("#0b5fae", "#ffffff", "#0b5fae", "#6cb4ff", "#06182b", "#6cb4ff");

  /** The darkest and the lightest ground that stand behind it: pages and cards. */
  private static final int LIGHT_GROUND = 0xf3f5f8;

  private static final int DARK_CARD = 0x161e29;

  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0x000000;
  private static final double TEXT = 4.5;
  private static final double SHAPE = 3;
  private static final int STEPS = 100;

  /** Those of a firm's colour: {@code #rrggbb}; Clockbill's own for null. */
  public static BrandColors of(String color) {
    if (color == null) {
      return OWN;
    }
    int own = Integer.parseInt(color.substring(1), 16);
    int press = until(own, BLACK, LIGHT_GROUND, SHAPE);
    int dark = until(own, WHITE, DARK_CARD, SHAPE);
    return new BrandColors(
        hex(press),
        hex(on(press)),
        hex(until(own, BLACK, LIGHT_GROUND, TEXT)),
        hex(dark),
        hex(on(dark)),
        hex(until(own, WHITE, DARK_CARD, TEXT)));
  }

  /** White or black: one of them always has more than 4.5 to 1. */
  private static int on(int color) {
    return contrast(WHITE, color) >= TEXT ? WHITE : BLACK;
  }

  /** The colour, moved towards another in small steps until it has a contrast on a ground. */
  private static int until(int color, int towards, int ground, double contrast) {
    for (int step = 0; step < STEPS; step++) {
      int mixed = mixed(color, towards, step);
      if (contrast(mixed, ground) >= contrast) {
        return mixed;
      }
    }
    return towards;
  }

  private static int mixed(int color, int towards, int step) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = (color >> shift) & 0xff;
      int to = (towards >> shift) & 0xff;
      mixed |= (from + (to - from) * step / STEPS) << shift;
    }
    return mixed;
  }

  /** WCAG 2.2, "contrast ratio". */
  static double contrast(int one, int other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  /** WCAG 2.2, "relative luminance". */
  private static double luminance(int color) {
    return 0.2126 * linear(color >> 16) + 0.7152 * linear(color >> 8) + 0.0722 * linear(color);
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static String hex(int color) {
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
