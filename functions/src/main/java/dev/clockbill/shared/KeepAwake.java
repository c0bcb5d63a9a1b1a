package dev.clockbill.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * The call that only keeps a function awake: {@code {"keepAwake": true}} and nothing else. With
 * SnapStart a version that nobody has called for 14 days is put aside, and refuses its next callers
 * until it is ready again (Lambda's guide, "Troubleshooting SnapStart errors"); so a workflow calls
 * every function once a day. Every entry of a function answers this call at once, with {@code {}}.
 */
public final class KeepAwake {
  private static final Map<String, Object> CALL = Map.of("keepAwake", true);

  private KeepAwake() {}

  /**
   * Answers an event that is this call, and says whether it was. What comes from outside is
   * wrapped, and never looks like it.
   */
  public static boolean answered(Map<String, Object> event, OutputStream output)
      throws IOException {
    boolean asked = CALL.equals(event);
    if (asked) {
      Json.write(Map.of(), output);
    }
    return asked;
  }
}
