package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a firm writes in its mails to customers in place of Clockbill's own texts.
 *
 * <p>They are an item of their own: they may be long, and the firm's item is read at each Start and
 * Stop, which a fourth kilobyte too many would make dearer.
 *
 * @param changedIn the version of the firm in which they were changed last; null where they never
 *     were
 */
@RecordBuilder
public record Messages(Message invoice, Message reminder, Message receipt, Long changedIn)
    implements MessagesBuilder.With {
  /** The key of their item. */
  public static final String KEY = "MESSAGES";

  /** Clockbill's own texts throughout. */
  public static final Messages NONE = new Messages(Message.NONE, Message.NONE, Message.NONE, null);

  private static final String CHANGED_IN = "changedIn";

  /**
   * The text of one kind of mail.
   *
   * @param subject one line; null for Clockbill's own
   * @param text with line breaks; null for Clockbill's own
   */
  public record Message(String subject, String text) {
    /** Clockbill's own. */
    public static final Message NONE = new Message(null, null);

    private static Message of(Item item) {
      return new Message(item.text("subject"), item.text("text"));
    }

    private Map<String, Object> json() {
      return Json.object("subject", subject, "text", text);
    }
  }

  /** What stands in braces in a message and is filled in with each mail. */
  public enum Placeholder {
    /** The invoice's number. */
    NUMBER,
    /** The customer's name. */
    CUSTOMER,
    /** The invoice's total, with its currency. */
    TOTAL,
    /** The day on which it is due. */
    DUE,
    /** The firm's name. */
    FIRM;

    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    /** As a person writes it, such as {@code {number}}. */
    public String written() {
      return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }

    private static Optional<Placeholder> of(String written) {
      for (Placeholder known : values()) {
        if (known.written().equals(written)) {
          return Optional.of(known);
        }
      }
      return Optional.empty();
    }

    /** What to say of a text in which something else stands in braces: what it is, what to use. */
    public static Optional<String> mistake(String text) {
      return unknown(text).map(unknown -> "There is no " + unknown + ". " + known());
    }

    private static String known() {
      List<String> written = Arrays.stream(values()).map(Placeholder::written).toList();
      return "Use "
          + written.stream().limit(written.size() - 1L).collect(Collectors.joining(", "))
          + " or "
          + written.getLast()
          + ".";
    }

    /** The first part in braces that is no placeholder. */
    private static Optional<String> unknown(String text) {
      return BRACES
          .matcher(text)
          .results()
          .map(result -> result.group())
          .filter(written -> of(written).isEmpty())
          .findFirst();
    }

    /**
     * A text with its placeholders filled in, each once: braces in what is filled in stay.
     *
     * @param values those that this mail has; others are left out
     */
    public static String fill(String text, Map<Placeholder, String> values) {
      return BRACES
          .matcher(text)
          .replaceAll(
              result ->
                  Matcher.quoteReplacement(
                      of(result.group())
                          .map(known -> values.getOrDefault(known, ""))
                          .orElse(result.group())));
    }
  }

  /** Reads a firm's messages. */
  public static Messages read(Table table, String firm) {
    return table.get(firm, KEY).map(Messages::of).orElse(NONE);
  }

  /** Reads their item; {@link #NONE} where it is null, since there is none. */
  public static Messages of(Item item) {
    return item == null
        ? NONE
        : new Messages(
            Message.of(item.object("invoice")),
            Message.of(item.object("reminder")),
            Message.of(item.object("receipt")),
            item.number(CHANGED_IN));
  }

  /** As responses have them, every part named. */
  Map<String, Object> json() {
    return Json.object(
        "invoice", invoice.json(), "reminder", reminder.json(), "receipt", receipt.json());
  }

  /** Whether they say the same, whenever they were changed. */
  boolean same(Messages other) {
    return withChangedIn(null).equals(other.withChangedIn(null));
  }

  /**
   * Writes them, unless they were changed since these were read.
   *
   * @param changedIn the version that the firm gets
   */
  Write changed(String firm, Messages to, long changedIn) {
    return Write.upsert(firm, KEY)
        .setAll(to.json())
        .set(CHANGED_IN, changedIn)
        .ifEquals(CHANGED_IN, this.changedIn);
  }
}
