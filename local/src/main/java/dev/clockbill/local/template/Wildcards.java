package dev.clockbill.local.template;

/** Patterns of IAM policies: {@code *} matches any text, {@code ?} one character. */
public final class Wildcards {
  private Wildcards() {}

  /** Whether a text matches a pattern; case matters. */
  public static boolean match(String pattern, String text) {
    int at = 0;
    int inPattern = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
        star = inPattern++;
        resume = at;
      } else if (inPattern < pattern.length()
          && (pattern.charAt(inPattern) == '?' || pattern.charAt(inPattern) == text.charAt(at))) {
        inPattern++;
        at++;
      } else if (star >= 0) {
        inPattern = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == pattern.length();
  }
}
