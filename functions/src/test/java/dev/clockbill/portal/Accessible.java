package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ViewportSize;
import java.util.List;

/** What axe-core finds on a page by the rules of WCAG 2.2 AA and by those of best practice. */
final class Accessible {
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static final List<String> COLORS = List.of("color-contrast");

  private Accessible() {}

  /** Fails if it finds anything, naming the rule and the first element. */
  static void expectNothing(Page page, String place) {
    // Where there are no frames to look into, axe need not open another page for its result.
    boolean frames = page.frames().size() > 1;
    expectNothing(looking(page).setLegacyMode(!frames).withTags(RULES), place);
  }

  /** The same in light and in dark, which differ in their colors alone. */
  static void expectNothingInLightAndDark(Page page, String place) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    expectNothing(page, place + " in light");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    expectNothing(colors(page), place + " in dark");
  }

  /**
   * The same in light, in dark, on a phone and on paper, without loading the page again. Dark and
   * paper differ in their colors alone: by what else is seen, light is the same or more.
   */
  static void expectNothingAnywhere(Page page, String place) {
    expectNothingInLightAndDark(page, place);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    expectNothing(colors(page), place + " on paper");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    ViewportSize desk = page.viewportSize();
    page.setViewportSize(390, 844);
    expectNothing(page, place + " on a phone in the dark");
    page.setViewportSize(desk.width, desk.height);
  }

  /** The mail that a dialog shows runs no script, so axe would wait a minute for its answer. */
  private static AxeBuilder looking(Page page) {
    return axe(page).exclude("dialog iframe");
  }

  /** What is right is not described: that would take longer than finding what is wrong. */
  private static AxeBuilder axe(Page page) {
    AxeRunOptions violationsAlone = new AxeRunOptions();
    violationsAlone.setResultTypes(List.of("violations"));
    return new AxeBuilder(page).options(violationsAlone);
  }

  private static AxeBuilder colors(Page page) {
    return looking(page).setLegacyMode(page.frames().size() <= 1).withRules(COLORS);
  }

  /** The same where a frame of the page runs no script, and so cannot be looked into. */
  static void expectNothingOutsideFrames(Page page, String place) {
    expectNothing(axe(page).setLegacyMode(true).withTags(RULES), place);
  }

  private static void expectNothing(AxeBuilder axe, String place) {
    List<Rule> found = axe.analyze().getViolations();
    assertThat(found)
        .as(place)
        .extracting(
            rule ->
                rule.getId()
                    + ": "
                    + rule.getNodes().getFirst().getHtml()
                    + " "
                    + rule.getNodes().getFirst().getFailureSummary())
        .isEmpty();
  }
}
