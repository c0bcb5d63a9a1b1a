package dev.clockbill.firm;

import java.util.Locale;

/** Whether a member of staff has accepted their invitation. */
public enum Invitation {
  /** They were invited and have not logged in yet. */
  PENDING,
  /** They have logged in and chosen a password of their own. */
  ACCEPTED;

  /** As responses and the table write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state that the table's word names; where there is none, the user pool is to be asked. */
  static Invitation of(String word) {
    return word == null ? PENDING : valueOf(word.toUpperCase(Locale.ROOT));
  }
}
