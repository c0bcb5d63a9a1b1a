package dev.clockbill.invoice.mail;

import java.util.List;

/** How a mail's delivery goes on: events come late and out of order, and it never goes back. */
public final class Deliveries {
  /** From the least told to the most; what went wrong wins. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("none"),
          List.of("queued"),
          List.of("sent"),
          List.of("delivered"),
          List.of("bounced", "complained", "failed"));

  private static final int WRONG = ORDER.size() - 1;

  private Deliveries() {}

  /** Whether a status is news after another. */
  public static boolean moves(String from, String to) {
    return rank(to) > rank(from);
  }

  /** Whether mails to that address are of no use: they come back, are refused or not wanted. */
  static boolean wentWrong(String status) {
    return rank(status) == WRONG;
  }

  private static int rank(String status) {
    for (int rank = 0; rank < ORDER.size(); rank++) {
      if (ORDER.get(rank).contains(status)) {
        return rank;
      }
    }
    throw new IllegalArgumentException("no status of a delivery: " + status);
  }
}
