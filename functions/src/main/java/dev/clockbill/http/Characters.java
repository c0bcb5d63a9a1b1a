package dev.clockbill.http;

import java.util.regex.Pattern;

/** Which characters a text may hold that people read. */
final class Characters {
  /**
   * Characters that turn the direction of the text around them, beyond what they stand in: with
   * them a name can look like another one, and make what comes after it read backwards. Letters
   * bring their direction with them, so nothing that is meant well needs them; Windows puts them
   * around what people copy. Source: Unicode Technical Report 36, section 2.7, "Bidirectional Text
   * Spoofing".
   */
  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private Characters() {}

  /** A text without the characters that turn the direction of writing. */
  static String plain(String text) {
    return DIRECTION.matcher(text).replaceAll("");
  }

  /** Whether a character ends a line, or moves in it: control characters and Unicode's breaks. */
  static boolean breaksLines(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }

  /** Whether a character is half of one, or a control character beside line breaks and tabs. */
  static boolean unprintable(int character) {
    return Character.getType(character) == Character.SURROGATE
        || (Character.isISOControl(character)
            && character != '\n'
            && character != '\r'
            && character != '\t');
  }
}
