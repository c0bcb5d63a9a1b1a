package dev.clockbill.portal;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which scripts of the portal need which others at once. A browser learns that of each script only
 * when it has it; the page names them all, so that they come together.
 */
final class Modules {
  private static final Pattern IMPORT =
      Pattern.compile(
          "^(?:import|export)\\s(?:[^'\";]*\\sfrom\\s)?'(\\.[^']+)'", Pattern.MULTILINE);

  private Modules() {}

  /**
   * A script and all that it needs, the nearest first.
   *
   * @param entry the path of the script below the portal's folder
   * @param text gives the text of a script
   */
  static Set<String> neededBy(String entry, Function<String, String> text) {
    Set<String> needed = new LinkedHashSet<>(Set.of(entry));
    Deque<String> unread = new ArrayDeque<>(needed);
    while (!unread.isEmpty()) {
      String script = unread.remove();
      IMPORT
          .matcher(text.apply(script))
          .results()
          .map(found -> URI.create(script).resolve(found.group(1)).toString())
          .filter(needed::add)
          .forEach(unread::add);
    }
    return needed;
  }
}
