package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a country writes addresses: the lines below the name, as Google's address data have them (the
 * portal's {@code vendor/addresses.json}, which names its source). {@code %A} stands for the
 * street, {@code %C} for the city, {@code %S} for the region, {@code %Z} for the postal code; other
 * fields of that data are not asked for here. Capitals stay as they were typed.
 */
final class AddressFormat {
  private static final String DATA = "/portal/vendor/addresses.json";

  /** Where no country is known: as in the United States, as most firms are there. */
  private static final String USUAL = "US";

  /** Names of countries that files have in place of those of Unicode's CLDR. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("US", "United States of America", "GB", "UK", "CZ", "Czech Republic");

  private static final Map<String, AddressFormat> BY_COUNTRY = read();

  private final List<List<Part>> lines;

  private AddressFormat(List<String> lines) {
    this.lines = lines.stream().map(AddressFormat::parts).toList();
  }

  /**
   * A piece of a line.
   *
   * @param text of a literal, or the letter of a field
   */
  private record Part(boolean field, String text) {}

  /** The countries of ISO 3166 by their codes of two letters. */
  static Set<String> countries() {
    return BY_COUNTRY.keySet();
  }

  /**
   * The code of a country by what a file calls it: that code, the one of three letters, or its name
   * in English; the empty text stays empty.
   */
  static Optional<String> code(String text) {
    String called = Text.identity(text);
    return called.isEmpty()
        ? Optional.of("")
        : countries().stream().filter(code -> names(code).anyMatch(called::equals)).findFirst();
  }

  private static Stream<String> names(String code) {
    Locale country = Locale.of("", code);
    String usual = country.getDisplayCountry(Locale.ENGLISH);
    return Stream.of(code, country.getISO3Country(), usual, OTHER_NAMES.getOrDefault(code, usual))
        .map(Text::identity);
  }

  /**
   * The format of a country.
   *
   * @param country one of {@link #countries()}; null where none is known
   */
  static AddressFormat of(String country) {
    return BY_COUNTRY.get(country == null || !BY_COUNTRY.containsKey(country) ? USUAL : country);
  }

  /** An address without its country. What its country does not ask for has lines of its own. */
  List<String> lines(Postal postal) {
    List<String> written = new ArrayList<>();
    for (List<Part> line : lines) {
      String text = line(line, postal);
      if (!text.isBlank()) {
        written.add(text.strip());
      }
    }
    Stream.of("C", "S", "Z")
        .filter(field -> lines.stream().flatMap(List::stream).noneMatch(asks(field)))
        .map(field -> value(postal, field))
        .filter(value -> !value.isEmpty() && !saysAlready(value))
        .forEach(written::add);
    return written;
  }

  private static Predicate<Part> asks(String field) {
    return part -> part.field() && part.text().equals(field);
  }

  /** Such as Singapore, which is part of each address there. */
  private boolean saysAlready(String value) {
    return lines.stream()
        .flatMap(List::stream)
        .filter(part -> !part.field())
        .anyMatch(part -> part.text().strip().equalsIgnoreCase(value));
  }

  /**
   * A line with what is known. A literal stands only between two fields that are there, as in
   * libaddressinput ({@code address_formatter.cc}): neither before an empty one, nor after one that
   * was left out unless another precedes it.
   */
  private static String line(List<Part> parts, Postal postal) {
    StringBuilder line = new StringBuilder();
    Part last = null;
    for (int at = 0; at < parts.size(); at++) {
      Part part = parts.get(at);
      if (part.field()) {
        String value = value(postal, part.text());
        if (!value.isEmpty()) {
          line.append(last == null || last.field() ? value : without(last.text(), value));
          last = part;
        }
        continue;
      }
      boolean beforeEmpty = at + 1 < parts.size() && value(postal, parts.get(at + 1)).isEmpty();
      boolean afterField = at == 0 || (last != null && last.field());
      if (!beforeEmpty && afterField) {
        line.append(part.text());
        last = part;
      }
    }
    return line.toString();
  }

  private static String value(Postal postal, Part part) {
    return part.field() ? value(postal, part.text()) : part.text();
  }

  private static String value(Postal postal, String field) {
    return switch (field) {
      case "A" ->
          Stream.of(postal.street(), postal.street2())
              .filter(each -> each != null && !each.isEmpty())
              .collect(Collectors.joining("\n"));
      case "C" -> Objects.requireNonNullElse(postal.city(), "");
      case "S" -> Objects.requireNonNullElse(postal.region(), "");
      case "Z" -> Objects.requireNonNullElse(postal.postalCode(), "");
      default -> "";
    };
  }

  /** A value that begins with the letters before it, such as CH-8001, without them. */
  private static String without(String literal, String value) {
    String letters = literal.strip();
    boolean again =
        letters.chars().anyMatch(Character::isLetter)
            && value.toUpperCase(Locale.ROOT).startsWith(letters);
    return again ? value.substring(letters.length()).strip() : value;
  }

  private static List<Part> parts(String line) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int field = line.indexOf('%', at);
      if (field == at) {
        parts.add(new Part(true, line.substring(at + 1, at + 2)));
        at += 2;
      } else {
        int end = field < 0 ? line.length() : field;
        parts.add(new Part(false, line.substring(at, end)));
        at = end;
      }
    }
    return parts;
  }

  private static Map<String, AddressFormat> read() {
    try (InputStream data = AddressFormat.class.getResourceAsStream(DATA)) {
      Map<String, Object> countries = Json.read(data);
      return countries.keySet().stream()
          .collect(Collectors.toUnmodifiableMap(code -> code, code -> read(countries, code)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static AddressFormat read(Map<String, Object> countries, String code) {
    Object lines = Json.object(countries, code).get("lines");
    return new AddressFormat(
        lines instanceof List<?> known
            ? known.stream().map(String.class::cast).toList()
            : List.of("%A", "%C"));
  }
}
