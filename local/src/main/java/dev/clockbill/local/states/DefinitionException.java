package dev.clockbill.local.states;

/** The stack cannot run a workflow; the message names the state, the field and the reason. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with one sentence. */
  public DefinitionException(String message) {
    super(message);
  }
}
