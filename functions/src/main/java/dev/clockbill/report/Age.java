package dev.clockbill.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How old something is: the columns of the reports by age. */
enum Age {
  /** Its day is still to come, or is today. */
  NOT_DUE("notDue", 0),
  /** Up to 30 days. */
  DAYS_30("days30", 30),
  /** 31 to 60 days. */
  DAYS_60("days60", 60),
  /** 61 to 90 days. */
  DAYS_90("days90", 90),
  /** More than 90 days. */
  OLDER("older", Long.MAX_VALUE);

  private final String word;
  private final long upTo;

  Age(String word, long upTo) {
    this.word = word;
    this.upTo = upTo;
  }

  /** As answers name the column. */
  String word() {
    return word;
  }

  /** How long ago a day was: the day itself and later ones are not due. */
  static Age since(LocalDate day, LocalDate today) {
    long days = ChronoUnit.DAYS.between(day, today);
    for (Age age : values()) {
      if (days <= age.upTo) {
        return age;
      }
    }
    throw new IllegalStateException("older than any age: " + days);
  }
}
