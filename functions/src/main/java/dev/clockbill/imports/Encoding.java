package dev.clockbill.imports;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.shared.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file are which letters.
 *
 * <p>It is recognized only where it is certain: by a byte order mark, or because the bytes are
 * UTF-8, which text in another encoding practically never is (RFC 3629, section 1). Anything else
 * is asked, with lines of the file as they would read in each encoding, and never guessed.
 */
final class Encoding {
  private static final char MARK = '\ufeff';

  /** Stands for bytes that a gateway could not read. */
  private static final String UNREADABLE = "\ufffd";

  /** How many of the lines with other letters than a to z a preview shows, and how much of each. */
  private static final int SHOWN = 4;

  private static final int SHOWN_LETTERS = 80;

  /** What spreadsheets write, by the names of the IANA registry, the most frequent first. */
  private static final List<String> CHOICES =
      List.of(
          "windows-1252",
          "windows-1250",
          "windows-1251",
          "windows-1253",
          "windows-1254",
          "windows-1255",
          "windows-1256",
          "windows-1257",
          "macintosh",
          "Shift_JIS",
          "GB18030",
          "Big5",
          "EUC-KR",
          "UTF-16LE",
          "UTF-16BE");

  /** What the JDK calls what IANA calls otherwise. */
  private static final Map<String, String> JDK_NAMES =
      Map.of("macintosh", "x-MacRoman", "shift_jis", "windows-31j");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([\\w.:-]{1,40})\"?");

  private Encoding() {}

  /**
   * The text of a file.
   *
   * @param said the encoding that the person chose, if any; else {@code Content-Type} may say one
   * @throws Problem 400 {@code invalid-request} with {@code encodings} to choose from
   */
  static String text(Request request, Optional<String> said) {
    byte[] bytes = request.content();
    refuseOtherFiles(bytes);
    Optional<String> marked = marked(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    if (decoded(bytes, StandardCharsets.UTF_8)
        .filter(text -> text.contains(UNREADABLE))
        .isPresent()) {
      throw Problem.invalid(
          "file",
          "This is not UTF-8, and what it is was lost on its way: send the file again as"
              + " application/octet-stream.");
    }
    Optional<String> named = said.or(() -> ofType(request));
    if (named.isPresent()) {
      return named(bytes, named.get());
    }
    return decoded(bytes, StandardCharsets.UTF_8)
        .filter(text -> text.indexOf('\0') < 0)
        .orElseThrow(() -> asked(bytes));
  }

  /**
   * Says what to do with what people choose in place of a CSV file: an Excel workbook begins as a
   * ZIP archive or as a compound file, and a PDF says that it is one.
   *
   * @throws Problem 400 {@code invalid-request} on {@code file}
   */
  private static void refuseOtherFiles(byte[] bytes) {
    String beginning =
        new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
    switch (beginning) {
      case "PK\003\004", "\u00d0\u00cf\u0011\u00e0" ->
          throw Problem.invalid(
              "file",
              "This is a spreadsheet's own format. Open it, save it as CSV UTF-8, and import that"
                  + " file.");
      case "%PDF" ->
          throw Problem.invalid(
              "file", "This is a PDF. Export the list as CSV where it comes from, and import that.");
      default -> {}
    }
  }

  private static Optional<String> ofType(Request request) {
    Matcher parameter = PARAMETER.matcher(request.header("content-type").orElse(""));
    return parameter.find() ? Optional.of(parameter.group(1)) : Optional.empty();
  }

  private static String named(byte[] bytes, String name) {
    Optional<Charset> charset = charset(name);
    if (charset.isEmpty()) {
      throw Problem.invalid(
          "charset", "There is no encoding " + name + ". Use one of UTF-8, " + choices() + ".");
    }
    return decoded(bytes, charset.get())
        .orElseThrow(
            () ->
                Problem.invalid(
                        "charset", "This file is not " + name + ". Choose another encoding.")
                    .with("encodings", previews(bytes)));
  }

  private static Optional<Charset> charset(String name) {
    boolean known =
        name.equalsIgnoreCase("utf-8") || CHOICES.stream().anyMatch(name::equalsIgnoreCase);
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(
        JDK_NAMES.entrySet().stream()
            .filter(each -> each.getKey().equalsIgnoreCase(name))
            .map(each -> Charset.forName(each.getValue()))
            .findFirst()
            .orElseGet(() -> Charset.forName(name)));
  }

  private static String choices() {
    return String.join(", ", CHOICES);
  }

  private static Optional<String> marked(byte[] bytes) {
    for (Charset each :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] mark = String.valueOf(MARK).getBytes(each);
      if (bytes.length >= mark.length && Arrays.equals(Arrays.copyOf(bytes, mark.length), mark)) {
        return Optional.of(
            decoded(Arrays.copyOfRange(bytes, mark.length, bytes.length), each)
                .orElseThrow(
                    () ->
                        Problem.invalid(
                            "file",
                            "This begins as "
                                + each
                                + " and does not go on so. Save it anew and import it again.")));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException another) {
      return Optional.empty();
    }
  }

  private static Problem asked(byte[] bytes) {
    return Problem.invalid(
            "charset",
            "This file is not UTF-8. Say which encoding it is in, or save it as CSV UTF-8: one of "
                + choices()
                + ".")
        .with("encodings", previews(bytes));
  }

  /**
   * The encodings that the file can be in, each with lines as they would read in it. Those in which
   * the lines read the same are one: the first.
   */
  private static List<Object> previews(byte[] bytes) {
    Map<List<String>, String> read = new LinkedHashMap<>();
    for (String name : CHOICES) {
      decoded(bytes, charset(name).orElseThrow())
          .filter(text -> text.chars().noneMatch(Encoding::improbable))
          .ifPresent(text -> read.putIfAbsent(telling(text), name));
    }
    List<Object> previews = new ArrayList<>();
    read.forEach((lines, name) -> previews.add(Json.object("charset", name, "lines", lines)));
    return previews;
  }

  /** What no text of a spreadsheet holds: control characters, and code points without meaning. */
  private static boolean improbable(int unit) {
    return (Character.isISOControl(unit) && unit != '\n' && unit != '\r' && unit != '\t')
        || unit == '\ufffd'
        || (!Character.isSurrogate((char) unit) && !Character.isDefined(unit));
  }

  /** The first lines with letters that differ from encoding to encoding. */
  private static List<String> telling(String text) {
    return text.lines()
        .filter(line -> line.chars().anyMatch(each -> each > 127))
        .limit(SHOWN)
        .map(line -> line.substring(0, Math.min(SHOWN_LETTERS, line.length())))
        .toList();
  }
}
