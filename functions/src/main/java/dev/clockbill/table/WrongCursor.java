package dev.clockbill.table;

/** A cursor is not the {@code next} of a page of the same list. */
public final class WrongCursor extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A cursor that belongs to no page of this list. */
  public WrongCursor() {
    super("no cursor of this list", null, false, false);
  }
}
