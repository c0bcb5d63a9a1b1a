package dev.clockbill.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever colour a firm chooses, what it is used for can be read. */
class BrandColorsTest {
  private static final int LIGHT_GROUND = 0xf3f5f8;
  private static final int DARK_CARD = 0x161e29;

  private static int rgb(String color) {
    assertThat(color).matches("#[0-9a-f]{6}");
    return Integer.parseInt(color.substring(1), 16);
  }

  private static long contrast(String one, int other) {
    return BrandColors.contrast(rgb(one), other);
  }

  @Property(tries = 2_000)
  void everyColorIsReadable(@ForAll @IntRange(max = 0xffffff) int color) {
    readable(BrandColors.of(String.format(Locale.ROOT, "#%06x", color)));
  }

  private static void readable(BrandColors colors) {
    assertThat(contrast(colors.onPress(), rgb(colors.press()))).isGreaterThanOrEqualTo(4_500);
    assertThat(contrast(colors.darkOnPress(), rgb(colors.darkPress())))
        .isGreaterThanOrEqualTo(4_500);
    assertThat(contrast(colors.accent(), LIGHT_GROUND)).isGreaterThanOrEqualTo(4_500);
    assertThat(contrast(colors.darkAccent(), DARK_CARD)).isGreaterThanOrEqualTo(4_500);
    assertThat(contrast(colors.press(), LIGHT_GROUND)).isGreaterThanOrEqualTo(3_000);
    assertThat(contrast(colors.darkPress(), DARK_CARD)).isGreaterThanOrEqualTo(3_000);
  }

  @Example
  void aColorThatIsReadableStaysAsItIs() {
    BrandColors colors = BrandColors.of("#7a1f5c");
    assertThat(colors.press()).isEqualTo("#7a1f5c");
    assertThat(colors.accent()).isEqualTo("#7a1f5c");
    assertThat(colors.darkAccent()).isNotEqualTo("#7a1f5c");
    readable(BrandColors.OWN);
    assertThat(BrandColors.of(null)).isEqualTo(BrandColors.OWN);
  }

  @Example
  void theContrastIsWhatTheStandardSays() {
    assertThat(BrandColors.contrast(0xffffff, 0x000000)).isEqualTo(21_000);
    assertThat(BrandColors.contrast(0x767676, 0xffffff)).isBetween(4_540L, 4_550L);
  }
}
