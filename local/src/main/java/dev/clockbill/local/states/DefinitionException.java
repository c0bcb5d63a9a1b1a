package dev.clockbill.local.states;

/** A workflow that the stack cannot run; the message names the state, the field and the reason. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A refusal in one sentence. */
  public DefinitionException(String message) {
    super(message);
  }
}
