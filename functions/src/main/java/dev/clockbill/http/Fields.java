package dev.clockbill.http;

import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The fields of a JSON object in a request, each asked for by name and kind.
 *
 * <p>Errors are collected, so that a client sees all of them at once: {@link #check()} throws them,
 * and also refuses every field that was never read. Getters return null where a field is absent,
 * null or wrong; {@link #has} tells absent from null.
 */
public final class Fields {
  /** The longest name of anything. */
  public static final int NAME = 200;

  /** The longest note or address. */
  public static final int NOTE = 2_000;

  /** The highest rate or amount: minor units. */
  public static final long MOST = 1_000_000_000L;

  private final Map<String, Object> values;
  private final String prefix;
  private final List<FieldError> errors;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(Map<String, Object> values, String prefix, List<FieldError> errors) {
    this.values = values;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** The body's fields; refuses what is not a JSON object. */
  @SuppressWarnings("unchecked")
  static Fields of(Request request) {
    if (request.body().isBlank()) {
      return new Fields(Map.of(), "", new ArrayList<>());
    }
    Object body;
    try {
      body = Json.read(request.body());
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("body", "This is not JSON: " + wrong.getMessage());
    }
    if (!(body instanceof Map<?, ?> object)) {
      throw Problem.invalid("body", "Send a JSON object.");
    }
    return new Fields((Map<String, Object>) object, "", new ArrayList<>());
  }

  /** Fields of a plain object, such as the input of a function that is invoked directly. */
  public static Fields of(Map<String, Object> values) {
    return new Fields(values, "", new ArrayList<>());
  }

  /** No fields at all. */
  public static Fields none() {
    return of(Map.of());
  }

  /** Whether the field was sent, even as null. */
  public boolean has(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /** Whether the field was sent as null: in a merge, that removes it. */
  public boolean isNull(String name) {
    return has(name) && values.get(name) == null;
  }

  /** Whether the field is absent or null. */
  public boolean lacks(String name) {
    return value(name) == null;
  }

  /** Ignores fields that an answer contains and a request may send back unchanged. */
  public Fields ignore(String... names) {
    known.addAll(List.of(names));
    return this;
  }

  /**
   * Text of 1 to {@code longest} characters that must be there; surrounding blanks are cut, and
   * characters that turn the direction of writing are left out.
   */
  public String requiredText(String name, int longest) {
    return required(name, text(name, longest));
  }

  /** Text of 1 to {@code longest} characters; surrounding blanks are cut. */
  public String text(String name, int longest) {
    String text = textOrEmpty(name, longest);
    if (text != null && text.isEmpty()) {
      return refuse(name, "This may not be empty.");
    }
    return text;
  }

  /** Text of at most {@code longest} characters, which may be empty; surrounding blanks are cut. */
  public String textOrEmpty(String name, int longest) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      return refuse(name, "This has to be text.");
    }
    String stripped = Characters.plain(text);
    if (stripped.codePointCount(0, stripped.length()) > longest) {
      return refuse(name, "This may have at most " + longest + " characters.");
    }
    if (stripped.codePoints().anyMatch(Characters::unprintable)) {
      return refuse(name, "This holds characters that cannot be printed.");
    }
    return stripped;
  }

  /** A mail address that must be there. */
  public String requiredEmail(String name) {
    return required(name, email(name));
  }

  /** A mail address; letters of any script may follow the @. */
  public String email(String name) {
    String text = text(name, NOTE);
    if (text == null) {
      return null;
    }
    MailAddress.Reading read = MailAddress.read(text);
    return read.fault() == null ? read.address() : refuse(name, read.fault().words());
  }

  /** An id that must be there; whether something has this id is for the caller to find out. */
  public String requiredId(String name) {
    return required(name, id(name));
  }

  /** An id, as text: any text is accepted and then not found. */
  public String id(String name) {
    return text(name, NAME);
  }

  /** A whole number that must be there. */
  public Long requiredNumber(String name, long least, long most) {
    return required(name, number(name, least, most));
  }

  /** A whole number between two bounds, both included. */
  public Long number(String name, long least, long most) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    BigDecimal number = decimal(value);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      return refuse(name, "This has to be a whole number.");
    }
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      return refuse(name, "This has to be between " + least + " and " + most + ".");
    }
    return number.longValueExact();
  }

  /** True or false. */
  public Boolean bool(String name) {
    Object value = value(name);
    return (value == null || value instanceof Boolean)
        ? (Boolean) value
        : refuse(name, "This has to be true or false.");
  }

  /** An instant that must be there. */
  public Instant requiredInstant(String name) {
    return required(name, instant(name));
  }

  /** An ISO 8601 instant with its offset, cut to the second. */
  public Instant instant(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(value.toString()).toInstant();
      if (instant.isBefore(Instant.EPOCH)
          || instant.isAfter(Instant.ofEpochSecond(253402300799L))) {
        return refuse(name, "This has to be between the years 1970 and 9999.");
      }
      return instant.truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException wrong) {
      return refuse(name, "This has to be an instant such as 2026-11-22T17:04:05Z.");
    }
  }

  /** A date that must be there. */
  public LocalDate requiredDate(String name) {
    return required(name, date(name));
  }

  /** A date such as 2026-11-22. */
  public LocalDate date(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(value.toString());
      return date.getYear() >= 1970 && date.getYear() <= 9999
          ? date
          : refuse(name, "This has to be between the years 1970 and 9999.");
    } catch (DateTimeException wrong) {
      return refuse(name, "This has to be a date such as 2026-11-22.");
    }
  }

  /** One of several words. */
  public String choice(String name, String... words) {
    Object value = value(name);
    return (value == null || List.of(words).contains(value))
        ? (String) value
        : refuse(name, "This has to be one of " + String.join(", ", words) + ".");
  }

  /** One of several words, which must be there. */
  public String requiredChoice(String name, String... words) {
    return required(name, choice(name, words));
  }

  /** One of the words of an enum's values; null where absent or wrong. */
  public <E> E choice(String name, E[] values, Function<E, String> word) {
    String chosen = choice(name, Stream.of(values).map(word).toArray(String[]::new));
    return Stream.of(values)
        .filter(value -> word.apply(value).equals(chosen))
        .findFirst()
        .orElse(null);
  }

  /** The same for a choice that must be there. */
  public <E> E requiredChoice(String name, E[] values, Function<E, String> word) {
    return required(name, choice(name, values, word));
  }

  /** A percentage as text with at most four decimals, such as {@code "8.25"}, from 0 to 100. */
  public BigDecimal percent(String name) {
    return decimal(name, DecimalText.PERCENT);
  }

  /** A number as text. */
  public BigDecimal decimal(String name, DecimalText text) {
    Object value = value(name);
    return value == null ? null : text.read(value, wrong -> refuse(name, wrong));
  }

  /** A nested object; empty where it is absent or wrong. */
  @SuppressWarnings("unchecked")
  public Optional<Fields> object(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Map<?, ?> object)) {
      refuse(name, "This has to be an object.");
      return Optional.empty();
    }
    return Optional.of(new Fields((Map<String, Object>) object, prefix + name + ".", errors));
  }

  /** A list of at most {@code most} objects; empty where it is absent or wrong. */
  @SuppressWarnings("unchecked")
  public Optional<List<Fields>> objects(String name, int most) {
    return list(name, most)
        .map(
            entries -> {
              List<Fields> found = new ArrayList<>();
              for (int at = 0; at < entries.size(); at++) {
                String path = name + "[" + at + "]";
                if (entries.get(at) instanceof Map<?, ?> object) {
                  found.add(new Fields((Map<String, Object>) object, prefix + path + ".", errors));
                } else {
                  refuse(path, "This has to be an object.");
                }
              }
              return found;
            });
  }

  /** A list of at most {@code most} entries as sent; empty where it is absent or wrong. */
  @SuppressWarnings("unchecked")
  public Optional<List<Object>> list(String name, int most) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> entries)) {
      refuse(name, "This has to be a list.");
      return Optional.empty();
    }
    if (entries.size() > most) {
      refuse(name, "This may have at most " + most + " entries.");
      return Optional.empty();
    }
    return Optional.of((List<Object>) entries);
  }

  /** A field's whole path in the request, such as {@code lines[0].amount}. */
  public String path(String name) {
    return prefix + name;
  }

  /** The names that were sent, for objects that are keyed by ids. */
  public Set<String> names() {
    known.addAll(values.keySet());
    return values.keySet();
  }

  /**
   * Adds an error about a field.
   *
   * @return null, so that a getter can end with it
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, so of any type
  public <T> T refuse(String name, String message) {
    errors.add(new FieldError(prefix + name, message));
    return null;
  }

  /** Refuses null for fields that cannot be removed. */
  public void notNull(String... names) {
    for (String name : names) {
      if (isNull(name)) {
        refuse(name, "This cannot be removed.");
      }
    }
  }

  /**
   * Ends reading: fields that were never read are errors too. The outermost object throws.
   *
   * @throws Problem 400 {@code invalid-request} with every error
   */
  public void check() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        refuse(name, "There is no such field.");
      }
    }
    if (prefix.isEmpty() && !errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private Object value(String name) {
    known.add(name);
    return values.get(name);
  }

  private <T> T required(String name, T found) {
    return found == null && values.get(name) == null ? refuse(name, "This is missing.") : found;
  }

  private static BigDecimal decimal(Object value) {
    return switch (value) {
      case BigDecimal decimal when Math.abs(decimal.scale()) < 100 -> decimal;
      case Number number when !(number instanceof BigDecimal) -> new BigDecimal(number.toString());
      default -> null;
    };
  }
}
