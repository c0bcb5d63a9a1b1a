package dev.clockbill.report;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The query of a request for the report of hours.
 *
 * @param from the first day of work
 * @param to the last one
 * @param weekMinutes what a working week is, whole minutes
 */
record HoursRequest(LocalDate from, LocalDate to, long weekMinutes) {
  private static final String USUAL_HOURS = "40";
  private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(168);

  /**
   * Reads the query.
   *
   * @throws dev.clockbill.http.Problem 400 for wrong dates, more than 13 months, or a wrong week
   */
  static HoursRequest read(Request request) {
    Fields query = Fields.of(request.query());
    Period period = Period.read(query);
    String hours = query.text("weekHours", Fields.NAME);
    long minutes = minutes(query, hours == null ? USUAL_HOURS : hours);
    query.names();
    query.check();
    return new HoursRequest(period.from(), period.to(), minutes);
  }

  private static long minutes(Fields query, String hours) {
    if (hours.matches("\\d{1,3}(\\.\\d{1,2})?")) {
      BigDecimal found = new BigDecimal(hours);
      if (found.signum() > 0 && found.compareTo(MOST_HOURS) <= 0) {
        return found.multiply(BigDecimal.valueOf(60)).longValue();
      }
    }
    query.refuse("weekHours", "This has to be hours of a week, such as 40 or 37.5.");
    return 0;
  }
}
