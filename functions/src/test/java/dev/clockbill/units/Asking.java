package dev.clockbill.units;

import dev.clockbill.Project;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How often the portal asks what runs, by the numbers of {@code portal/tracking/pace.js}. A test in
 * a browser counts the same.
 */
public final class Asking {
  private static final Pattern STEP =
      Pattern.compile("\\{ lasts: ([\\d_]+|Infinity), every: ([\\d_]+) }");

  private static final List<Step> STEPS =
      STEP.matcher(Project.read("portal/tracking/pace.js"))
          .results()
          .map(found -> new Step(number(found.group(1)), number(found.group(2))))
          .toList();

  private Asking() {}

  /** For so long it is asked so often, in milliseconds. */
  private record Step(long lasts, long every) {}

  private static long number(String text) {
    return text.equals("Infinity") ? Long.MAX_VALUE : Long.parseLong(text.replace("_", ""));
  }

  /**
   * Requests of somebody who turns to the portal, touches it for a while, and then leaves it in
   * sight.
   *
   * @param touched seconds for which they touch it
   * @param inSight seconds for which it is in sight altogether
   */
  public static int requests(int touched, int inSight) {
    int requests = 0;
    for (long now = 0; now < inSight * 1_000L; now += pause(now, touched * 1_000L)) {
      requests++;
    }
    return requests;
  }

  private static long pause(long now, long touched) {
    Step quick = STEPS.getFirst();
    long quiet = Math.max(0, now - touched);
    return now < quick.lasts
        ? quick.every
        : STEPS.stream()
            .skip(1)
            .filter(step -> quiet <= step.lasts)
            .findFirst()
            .orElseThrow()
            .every;
  }
}
