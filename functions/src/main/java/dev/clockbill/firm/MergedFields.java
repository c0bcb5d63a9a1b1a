package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads texts and objects of a request that are merged as RFC 7396 says: null removes one. */
final class MergedFields {
  private MergedFields() {}

  /** What a text has to be. */
  interface Rule {
    /**
     * The text as it is kept, or null after it was refused with a sentence.
     *
     * @param refuse takes the sentence and returns null
     */
    String read(String text, UnaryOperator<String> refuse);
  }

  /**
   * An object.
   *
   * @param now what it is if the request does not name it
   * @param none what it is if the request removes it
   * @param read reads its own fields
   */
  static <T> T object(Fields fields, String name, T now, T none, Function<Fields, T> read) {
    if (fields.isNull(name)) {
      return none;
    }
    Optional<Fields> sent = fields.object(name);
    if (sent.isEmpty()) {
      return now;
    }
    T merged = read.apply(sent.get());
    sent.get().check();
    return merged;
  }

  /**
   * A text, where an empty one is none: null.
   *
   * @param now what it is if the request does not name it
   */
  static String text(Fields fields, String name, int longest, String now, Rule rule) {
    if (!fields.has(name)) {
      return now;
    }
    String text = fields.textOrEmpty(name, longest);
    if (text == null || text.isEmpty()) {
      return null;
    }
    return rule.read(text, message -> fields.refuse(name, message));
  }

  /** One line. */
  static String line(String text, UnaryOperator<String> refuse) {
    return text.indexOf('\n') < 0 ? text : refuse.apply("This has to be one line.");
  }
}
