package dev.clockbill.local.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML in which all inserted values are escaped.
 *
 * @param markup well-formed HTML
 */
public record Html(String markup) {
  /** Nothing. */
  public static final Html EMPTY = new Html("");

  /**
   * Fills a template: each {@code %s} takes the next value, escaped unless it is HTML itself.
   *
   * @param template trusted HTML; write a percent sign twice
   */
  public static Html of(String template, Object... values) {
    Object[] safe =
        Arrays.stream(values)
            .map(value -> value instanceof Html html ? html.markup() : escape(value.toString()))
            .toArray();
    return new Html(template.formatted(safe));
  }

  /** Several pieces, one after the other. */
  public static Html join(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  /** Escapes text for an element or a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
