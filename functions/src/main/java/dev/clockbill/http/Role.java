package dev.clockbill.http;

import java.util.Locale;

/** What a member of staff may do in the firm. */
public enum Role {
  /** Everything, settings and other people's time included. */
  OWNER,
  /** The daily work. */
  STAFF;

  /** The role that a word of requests, of the table or of the user pool's groups names. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As requests, the table and the user pool's groups write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
