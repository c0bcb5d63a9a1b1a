package dev.clockbill.print;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;

/**
 * Renders mails and pages from templates that were compiled at build time.
 *
 * <p>A mail is two templates of one name, {@code src/main/jte/receipt.jte} and {@code
 * src/main/jte-text/receipt.jte}, both with one {@code @param}: a record of what is printed. They
 * wrap themselves in {@code layout/mail.jte} of their tree; the pieces of an HTML mail are in
 * {@code mail/}. Pages wrap themselves in {@code layout/page.jte}.
 */
public final class Templates {
  private static final TemplateEngine HTML = engine(ContentType.Html, "dev.clockbill.templates");
  private static final TemplateEngine TEXT =
      engine(ContentType.Plain, "dev.clockbill.templates.text");

  private Templates() {}

  private static TemplateEngine engine(ContentType type, String packageName) {
    return TemplateEngine.createPrecompiled(
        null, type, Templates.class.getClassLoader(), packageName);
  }

  /**
   * Renders HTML; every value is escaped as its place in the page requires.
   *
   * @param name such as {@code receipt}
   * @param model what is printed: the template's one parameter
   */
  public static String html(String name, Object model) {
    return rendered(HTML, name, model);
  }

  /**
   * Renders plain text.
   *
   * @param name such as {@code receipt}
   * @param model what is printed: the template's one parameter
   */
  public static String text(String name, Object model) {
    return rendered(TEXT, name, model).strip() + "\n";
  }

  private static String rendered(TemplateEngine engine, String name, Object model) {
    StringOutput output = new StringOutput();
    engine.render(name + ".jte", model, output);
    return output.toString();
  }

  /** A text by lines, without what is blank around it; none for null. */
  public static List<String> lines(String text) {
    return text == null ? List.of() : text.strip().lines().toList();
  }
}
