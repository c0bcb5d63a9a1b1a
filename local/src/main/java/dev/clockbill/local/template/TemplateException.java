package dev.clockbill.local.template;

/** A template that the stack cannot stand up; the message names the place and what is wrong. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A refusal in one sentence. */
  public TemplateException(String message) {
    super(message);
  }
}
