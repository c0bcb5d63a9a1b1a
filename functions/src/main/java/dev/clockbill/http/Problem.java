package dev.clockbill.http;

import dev.clockbill.shared.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A refused request, as RFC 9457 describes it.
 *
 * <p>Its {@code type} ends in a stable word that clients rely on; its detail says what to do.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String TYPES = "https://clockbill.dev/problems/";

  /** How many wrong fields are told at once: Lambda answers at most 6 MB. */
  private static final int MOST_ERRORS = 100;

  /** How much is told of a name or a value that a client has made up. */
  private static final int LONGEST = 500;

  /**
   * What is wrong with one field.
   *
   * @param field its path, such as {@code lines[0].amount}
   * @param message a sentence
   */
  public record FieldError(String field, String message) {
    /** An error that tells the beginning of what is very long. */
    public FieldError {
      field = shortened(field);
      message = shortened(message);
    }

    private static String shortened(String text) {
      if (text.length() <= LONGEST) {
        return text;
      }
      boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 1));
      return text.substring(0, splits ? LONGEST - 1 : LONGEST) + "…";
    }
  }

  private final int status;
  private final String word;
  private final transient List<FieldError> errors;
  private final transient Map<String, Object> extras;

  private Problem(
      int status, String word, String detail, List<FieldError> errors, Map<String, Object> extras) {
    super(detail, null, false, false);
    this.status = status;
    this.word = word;
    this.errors = errors.stream().limit(MOST_ERRORS).toList();
    this.extras = extras;
  }

  /** A problem with its status, its word and what to do about it. */
  public static Problem of(int status, String word, String detail) {
    return new Problem(status, word, detail, List.of(), Map.of());
  }

  /** 400: wrong fields, of which the first hundred are told. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().field() + ": " + errors.getFirst().message()
            : "Correct the fields listed under errors and send the request again.";
    return new Problem(400, "invalid-request", detail, errors, Map.of());
  }

  /** 400: one wrong field. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /**
   * 404: nothing of that kind has that id in the caller's firm.
   *
   * @param kind such as {@code customer} or {@code time-entry}
   */
  public static Problem notFound(String kind) {
    String words = kind.replace('-', ' ');
    return of(404, kind + "-not-found", "There is no " + words + " with this id.");
  }

  /** 403: only an owner of the firm may do this. */
  public static Problem ownerOnly(String detail) {
    return of(403, "owner-only", detail);
  }

  /** 412: the thing has changed since the client read it. */
  public static Problem versionChanged() {
    return of(
        412, "version-changed", "This has changed since you read it. Read it again and repeat.");
  }

  /** The same with one member more, such as the timer that runs. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extras);
    more.put(name, value);
    return new Problem(status, word, getMessage(), errors, more);
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** The last part of the type. */
  public String word() {
    return word;
  }

  /** Errors of single fields; empty where the problem is about something else. */
  public List<FieldError> errors() {
    return errors;
  }

  /** The answer that carries it. */
  public Response response() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", TYPES + word);
    body.put("title", title());
    body.put("status", status);
    body.put("detail", getMessage());
    if (!errors.isEmpty()) {
      List<Object> listed = new ArrayList<>();
      errors.forEach(
          error -> listed.add(Json.object("field", error.field(), "message", error.message())));
      body.put("errors", listed);
    }
    body.putAll(extras);
    Response response = Response.of(status, "application/problem+json", Json.write(body));
    return status == 401
        ? response.with("www-authenticate", "Bearer error=\"invalid_token\"")
        : response;
  }

  private String title() {
    String words = word.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
