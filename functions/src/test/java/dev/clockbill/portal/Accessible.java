package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** What axe-core finds on a page by the rules of WCAG 2.2 AA and by those of best practice. */
final class Accessible {
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private Accessible() {}

  /** Fails if it finds anything, naming the rule and the first element. */
  static void expectNothing(Page page, String place) {
    // Where there are no frames to look into, axe need not open another page for its result.
    boolean frames = page.frames().size() > 1;
    expectNothing(new AxeBuilder(page).setLegacyMode(!frames), place);
  }

  /** The same in light and in dark, without loading the page again. */
  static void expectNothingInLightAndDark(Page page, String place) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      expectNothing(page, place + " " + scheme);
    }
  }

  /** The same where a frame of the page runs no script, and so cannot be looked into. */
  static void expectNothingOutsideFrames(Page page, String place) {
    expectNothing(new AxeBuilder(page).setLegacyMode(true), place);
  }

  private static void expectNothing(AxeBuilder axe, String place) {
    List<Rule> found = axe.withTags(RULES).analyze().getViolations();
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
