package dev.clockbill.timer;

/** What drafts logged time in place of its workflow, where that is quickly done. */
@FunctionalInterface
public interface Drafting {
  /** Leaves everything to the workflow. */
  Drafting NONE = (firm, entry, work) -> false;

  /**
   * Drafts time that was logged just now.
   *
   * @return false if that is left to the workflow, and so it is after an exception: it may have
   *     been drafted all the same
   */
  boolean drafted(String firm, TimeEntry entry, Work work);
}
