package dev.clockbill.local.template;

/** The stack cannot run a template; the message names the place and the problem. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with one sentence. */
  public TemplateException(String message) {
    super(message);
  }
}
