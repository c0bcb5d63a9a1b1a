package dev.clockbill.mail;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A mail's sender as its header carries it: the name quoted where it is plain ASCII, else as
 * encoded words (RFC 2047, section 2), which the mail service asks for.
 *
 * <p>Name and address together have at most 320 bytes as they are sent: SES refuses more ("Address
 * length is more than 320 bytes long"). A longer name loses whole characters at its end, as a
 * reader counts them: never half of a letter with its accents or of an emoji.
 */
final class FromHeader {
  // An encoded word has at most 75 characters; so many bytes leave room for =?UTF-8?B?…?=.
  private static final int BYTES_A_WORD = 45;

  private static final int MOST_BYTES = 320;
  private static final String SHORTENED = "…";

  private FromHeader() {}

  /** A name before an address, such as {@code "Hollis & Reed" <billing@clockbill.example>}. */
  static String of(String name, String address) {
    String printable = name.replaceAll("\\p{Cntrl}", " ");
    String whole = header(printable, address);
    if (whole.length() <= MOST_BYTES) {
      return whole;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(printable);
    for (int end = characters.last(); end > 0; end = characters.previous()) {
      String header = header(printable.substring(0, end).strip() + SHORTENED, address);
      if (header.length() <= MOST_BYTES) {
        return header;
      }
    }
    return address;
  }

  /** All of it is ASCII: as many bytes as characters. */
  private static String header(String printable, String address) {
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
