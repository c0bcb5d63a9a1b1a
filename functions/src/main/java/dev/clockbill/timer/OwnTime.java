package dev.clockbill.timer;

import static dev.clockbill.timer.TimeColumns.BILLABLE;
import static dev.clockbill.timer.TimeColumns.BY_DAY;
import static dev.clockbill.timer.TimeColumns.CURRENCY;
import static dev.clockbill.timer.TimeColumns.DATE;
import static dev.clockbill.timer.TimeColumns.DURATION;
import static dev.clockbill.timer.TimeColumns.END_DATE;
import static dev.clockbill.timer.TimeColumns.END_TIME;
import static dev.clockbill.timer.TimeColumns.HOURLY_RATE;
import static dev.clockbill.timer.TimeColumns.HOURLY_RATE_DECIMAL;
import static dev.clockbill.timer.TimeColumns.SECONDS;
import static dev.clockbill.timer.TimeColumns.STARTED_AT;
import static dev.clockbill.timer.TimeColumns.START_TIME;
import static dev.clockbill.timer.TimeColumns.STATE;
import static dev.clockbill.timer.TimeColumns.STOPPED_AT;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.imports.Cells;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Clockbill's own time CSV says, as every other file says it: moments become days and times of
 * day where the firm is, and seconds a duration.
 *
 * <p>Our file says some things twice. A person who has changed one of the two is asked, and none is
 * left out silently.
 */
final class OwnTime {
  private final FirmSettings firm;
  private final Cells cells;
  private final Map<String, Object> values;
  private final List<FieldError> errors;

  private OwnTime(FirmSettings firm, Cells cells) {
    this.firm = firm;
    this.cells = cells;
    this.values = new LinkedHashMap<>(cells.values());
    this.errors = new ArrayList<>(cells.errors());
  }

  /** The line without what only our own files have. */
  static Cells plain(FirmSettings firm, Cells cells) {
    OwnTime own = new OwnTime(firm, cells);
    own.duration();
    own.moments();
    own.rate();
    own.state();
    return new Cells(cells.number(), cells.columns(), own.values, own.errors);
  }

  private void duration() {
    String seconds = taken(SECONDS);
    if (seconds.matches("\\d{1,7}")) {
      long all = Long.parseLong(seconds);
      values.put(DURATION, "%d:%02d:%02d".formatted(all / 3600, all / 60 % 60, all % 60));
    } else if (!seconds.isEmpty()) {
      refuse(SECONDS, "This has to be whole seconds such as 5400.");
    }
  }

  private void moments() {
    boolean byDay = Boolean.TRUE.equals(values.remove(BY_DAY));
    LocalDateTime start = moment(STARTED_AT);
    LocalDateTime end = moment(STOPPED_AT);
    String day = cells.text(DATE);
    if (start != null && !day.isEmpty() && !byDay && !day.equals(start.toLocalDate().toString())) {
      refuse(
          DATE,
          "Where the firm is, this began on "
              + start.toLocalDate()
              + ", as the line also says. Correct one of the two.");
    }
    if (start == null) {
      return;
    }
    values.putIfAbsent(DATE, start.toLocalDate().toString());
    if (byDay) {
      return;
    }
    values.put(START_TIME, start.toLocalTime().toString());
    if (end != null) {
      values.put(END_DATE, end.toLocalDate().toString());
      values.put(END_TIME, end.toLocalTime().toString());
    }
  }

  /** A moment where the firm is, in whole seconds; null where there is none. */
  private LocalDateTime moment(String field) {
    String text = taken(field);
    try {
      return text.isEmpty()
          ? null
          : LocalDateTime.ofInstant(Instant.parse(text), firm.timeZone())
              .truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException noMoment) {
      refuse(field, "This has to be a moment such as 2026-11-22T17:08:53Z.");
      return null;
    }
  }

  private void rate() {
    Object inMinorUnits = values.get(HOURLY_RATE);
    Object amount = values.remove(HOURLY_RATE_DECIMAL);
    if (inMinorUnits == null && amount != null) {
      values.put(HOURLY_RATE, amount);
    } else if (amount != null && !amount.equals(inMinorUnits)) {
      refuse(
          HOURLY_RATE_DECIMAL,
          "This is another rate than "
              + cells.label(HOURLY_RATE)
              + " says. Leave out one of the two columns.");
    }
    String currency = taken(CURRENCY);
    if (!currency.isEmpty() && !currency.equals(firm.currency())) {
      refuse(CURRENCY, "This firm bills in " + firm.currency() + ".");
    }
  }

  private void state() {
    Object billable = values.get(BILLABLE);
    switch (taken(STATE)) {
      case "" -> {}
      case "unbilled", "drafted" -> mustNotBe(false, billable, "to be billed");
      case "billed" -> refuse(STATE, ImportedTime.BILLED);
      case "nonBillable" -> {
        mustNotBe(true, billable, "not to be billed");
        values.put(BILLABLE, false);
      }
      default -> refuse(STATE, "This has to be unbilled, drafted, billed or nonBillable.");
    }
  }

  private void mustNotBe(boolean wrong, Object billable, String says) {
    if (billable instanceof Boolean said && said == wrong) {
      refuse(BILLABLE, "By the line's state this is " + says + ". Correct one of the two.");
    }
  }

  private String taken(String field) {
    Object value = values.remove(field);
    return value == null ? "" : value.toString();
  }

  private void refuse(String field, String message) {
    errors.add(new FieldError(cells.label(field), message));
  }
}
