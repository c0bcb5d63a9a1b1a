package dev.clockbill.firm;

import dev.clockbill.imports.ImportColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The contacts of customers in a file: three columns for each, such as {@code Contact 1 name},
 * {@code Contact 1 email} and {@code Contact 1 gets}, the last with words such as {@code invoice,
 * reminder}, or {@code nothing}; where it is empty or not there, they get all of the mails.
 */
final class ContactColumns {
  private static final Pattern HEADING = Pattern.compile("contact([1-9]|10)(name|email|gets)");
  private static final Pattern FIELD = Pattern.compile("contacts\\[(\\d+)]\\.(name|email|gets)");
  private static final List<String> PARTS = List.of("name", "email", "gets");

  /** Stands for no mail at all, since an empty cell stands for all of them. */
  private static final String NOTHING = "nothing";

  /** So many are offered where somebody says what a column is; the others are known as well. */
  private static final int OFFERED = 3;

  private ContactColumns() {}

  /** The column of this heading, if it is about a contact. */
  static Optional<ImportColumn> column(String label) {
    Matcher heading = HEADING.matcher(ImportColumn.meaning(label));
    return heading.matches()
        ? Optional.of(
            ImportColumn.text(
                label,
                "contacts[" + (Integer.parseInt(heading.group(1)) - 1) + "]." + heading.group(2)))
        : Optional.empty();
  }

  /** What columns of contacts are best called: of those that are offered. */
  static Stream<String> names() {
    return names(OFFERED);
  }

  /** What the columns of so many contacts are best called. */
  static Stream<String> names(int contacts) {
    return IntStream.range(0, contacts)
        .boxed()
        .flatMap(at -> PARTS.stream().map(part -> name(at, part)));
  }

  private static String name(int at, String part) {
    return "contact " + (at + 1) + " " + part;
  }

  /** The cells of a customer's contacts, by what their columns are best called. */
  static Map<String, Object> cells(List<Contact> contacts) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (int at = 0; at < contacts.size(); at++) {
      Contact contact = contacts.get(at);
      cells.put(name(at, "name"), contact.name());
      cells.put(name(at, "email"), contact.email());
      cells.put(
          name(at, "gets"),
          contact.gets().isEmpty()
              ? NOTHING
              : contact.gets().stream().map(Contact.Gets::word).collect(Collectors.joining(", ")));
    }
    return cells;
  }

  /** The cells of a line, with its contacts put together; a line without any has no such field. */
  static Map<String, Object> assembled(Map<String, Object> cells) {
    Map<String, Object> whole = new LinkedHashMap<>();
    Map<Integer, Map<String, Object>> contacts = new TreeMap<>();
    cells.forEach(
        (name, value) -> {
          Matcher field = FIELD.matcher(name);
          if (field.matches()) {
            String part = field.group(2);
            contacts
                .computeIfAbsent(Integer.valueOf(field.group(1)), n -> new LinkedHashMap<>())
                .put(part, part.equals("gets") ? words(value.toString()) : value);
          } else {
            whole.put(name, value);
          }
        });
    if (!contacts.isEmpty()) {
      whole.put("contacts", new ArrayList<>(contacts.values()));
    }
    return whole;
  }

  /** The mails that a cell names, in the singular or the plural. */
  private static List<String> words(String cell) {
    if (cell.equalsIgnoreCase(NOTHING)) {
      return List.of();
    }
    return Stream.of(cell.toLowerCase(Locale.ROOT).split("[\\s,;|/]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
        .toList();
  }
}
