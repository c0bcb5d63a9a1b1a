package dev.clockbill.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A mail's sender as its header carries it: the name quoted where it is plain ASCII, else as
 * encoded words (RFC 2047, section 2), which the mail service asks for.
 */
final class FromHeader {
  // An encoded word has at most 75 characters; so many bytes leave room for =?UTF-8?B?…?=.
  private static final int BYTES_A_WORD = 45;

  private FromHeader() {}

  /** A name before an address, such as {@code "Hollis & Reed" <billing@clockbill.example>}. */
  static String of(String name, String address) {
    String printable = name.replaceAll("\\p{Cntrl}", " ");
    String shown =
        printable.chars().allMatch(character -> character < 128)
            ? "\"" + printable.replace("\\", "").replace("\"", "'") + "\""
            : encoded(printable);
    return shown + " <" + address + ">";
  }

  private static String encoded(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int bytes = 0;
    for (int character : name.codePoints().toArray()) {
      String next = Character.toString(character);
      int size = next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > BYTES_A_WORD) {
        words.add(word(word));
        word.setLength(0);
        bytes = 0;
      }
      word.append(next);
      bytes += size;
    }
    words.add(word(word));
    return String.join(" ", words);
  }

  private static String word(StringBuilder text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
