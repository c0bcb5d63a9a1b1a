package dev.clockbill.timer;

import static dev.clockbill.timer.TimeColumns.BILLABLE;
import static dev.clockbill.timer.TimeColumns.CUSTOMER;
import static dev.clockbill.timer.TimeColumns.CUSTOMER_EMAIL;
import static dev.clockbill.timer.TimeColumns.DATE;
import static dev.clockbill.timer.TimeColumns.DURATION;
import static dev.clockbill.timer.TimeColumns.END_DATE;
import static dev.clockbill.timer.TimeColumns.END_TIME;
import static dev.clockbill.timer.TimeColumns.FIRST_NAME;
import static dev.clockbill.timer.TimeColumns.HOURLY_RATE;
import static dev.clockbill.timer.TimeColumns.HOURS;
import static dev.clockbill.timer.TimeColumns.ID;
import static dev.clockbill.timer.TimeColumns.INVOICED;
import static dev.clockbill.timer.TimeColumns.LAST_NAME;
import static dev.clockbill.timer.TimeColumns.MINUTES;
import static dev.clockbill.timer.TimeColumns.NOTE;
import static dev.clockbill.timer.TimeColumns.SERVICE;
import static dev.clockbill.timer.TimeColumns.STAFF_EMAIL;
import static dev.clockbill.timer.TimeColumns.STAFF_NAME;
import static dev.clockbill.timer.TimeColumns.START_TIME;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.Service;
import dev.clockbill.firm.StaffMember;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.imports.Cells;
import dev.clockbill.imports.ImportRequest.DateOrder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of a file of time, read.
 *
 * @param customerName as it is here; else as the file has it, perhaps empty
 * @param cameFrom the id of the entry that it was where it comes from, if the file says so; else
 *     empty
 * @param start when it began, if the file says so; else null: only how long it took is known
 * @param took how long it took
 * @param hourlyRate null for the one that {@link Work#rate} finds
 * @param billable null for what the service says
 * @param errors what is wrong, by the labels of columns; then the rest may be null
 */
record ImportedTime(
    long line,
    String customerName,
    String cameFrom,
    Customer customer,
    Service service,
    StaffMember staff,
    LocalDate day,
    LocalTime start,
    Duration took,
    Long hourlyRate,
    Boolean billable,
    String note,
    List<FieldError> errors) {
  /** Why time is refused that is on an invoice. */
  static final String BILLED = "This is on an invoice already, and would be billed twice.";

  private static final Duration ROUNDED = Duration.ofMinutes(1);
  private static final long HALF_A_MINUTE = 30;
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  /** Reads lines one by one. */
  record Reader(TimePeople people, DateOrder order) {

    ImportedTime read(Cells line) {
      Cells cells = OwnTime.plain(people.firm(), line);
      List<FieldError> errors = new ArrayList<>(cells.errors());
      Customer customer =
          people
              .customer(cells.text(CUSTOMER), cells.text(CUSTOMER_EMAIL))
              .or(
                  wrong ->
                      errors.add(
                          error(
                              cells,
                              cells.text(CUSTOMER_EMAIL).isEmpty() ? CUSTOMER : CUSTOMER_EMAIL,
                              wrong)));
      Service service =
          people.service(cells.text(SERVICE)).or(wrong -> errors.add(error(cells, SERVICE, wrong)));
      String name =
          Stream.of(cells.text(STAFF_NAME), cells.text(FIRST_NAME) + " " + cells.text(LAST_NAME))
              .map(String::strip)
              .filter(each -> !each.isEmpty())
              .findFirst()
              .orElse("");
      StaffMember staff =
          people
              .member(cells.text(STAFF_EMAIL), name)
              .or(
                  wrong ->
                      errors.add(
                          error(
                              cells,
                              cells.text(STAFF_EMAIL).isEmpty() ? STAFF_NAME : STAFF_EMAIL,
                              wrong)));
      notBilledTwice(cells, errors);
      LocalDate day =
          part(
              cells,
              DATE,
              FileTimes.date(cells.text(DATE), order),
              "a date such as 2026-11-22",
              errors);
      LocalTime start =
          cells.text(START_TIME).isEmpty()
              ? null
              : part(
                  cells,
                  START_TIME,
                  FileTimes.time(cells.text(START_TIME)),
                  "a time such as 9:30 or 9:30 AM",
                  errors);
      notBefore(cells, day, errors);
      Duration took = took(cells, day, start, errors);
      String note = cells.text(NOTE);
      if (note.codePointCount(0, note.length()) > Fields.NOTE) {
        errors.add(error(cells, NOTE, "This may have at most " + Fields.NOTE + " characters."));
      }
      Long hourlyRate = (Long) cells.values().get(HOURLY_RATE);
      if (hourlyRate != null && hourlyRate > Fields.MOST) {
        errors.add(error(cells, HOURLY_RATE, "This is too much for an hourly rate."));
      }
      return new ImportedTime(
          cells.number(),
          customer == null ? cells.text(CUSTOMER) : customer.name(),
          cells.text(ID),
          customer,
          service,
          staff,
          day,
          start,
          took,
          hourlyRate,
          (Boolean) cells.values().get(BILLABLE),
          note,
          errors);
    }

    /** A year of two digits, or the day zero of a spreadsheet, is a slip: nobody bills it. */
    private static void notBefore(Cells cells, LocalDate day, List<FieldError> errors) {
      if (day != null && day.isBefore(EARLIEST)) {
        errors.add(
            error(
                cells,
                DATE,
                "This day is before the year 2000. Write the year with four digits, such as"
                    + " 2026-11-22."));
      }
    }

    private Duration took(Cells cells, LocalDate day, LocalTime start, List<FieldError> errors) {
      Duration said = said(cells, errors);
      Duration between = between(cells, day, start, errors);
      if (said == null && between == null) {
        if (errors.isEmpty()) {
          errors.add(
              new FieldError("line", "This says neither how long it took nor when it ended."));
        }
        return null;
      }
      if (said != null && between != null && said.minus(between).abs().compareTo(ROUNDED) > 0) {
        errors.add(
            new FieldError(
                "line",
                "From start to end it is "
                    + LocalTimes.duration(between)
                    + ", but the line says "
                    + LocalTimes.duration(said)
                    + "."));
      }
      return took(start == null, between == null ? said : between, errors);
    }

    /** Hours with two decimals are no exact minutes: without a start, only minutes count. */
    private static Duration took(boolean byDay, Duration exact, List<FieldError> errors) {
      Duration took =
          byDay ? Duration.ofMinutes(exact.plusSeconds(HALF_A_MINUTE).toMinutes()) : exact;
      if (took.isZero() && errors.isEmpty()) {
        errors.add(new FieldError("line", "This took no time."));
      }
      return took;
    }

    private static Duration said(Cells cells, List<FieldError> errors) {
      String field =
          Stream.of(DURATION, HOURS, MINUTES)
              .filter(each -> !cells.text(each).isEmpty())
              .findFirst()
              .orElse(null);
      return switch (field) {
        case null -> null;
        case MINUTES -> {
          Optional<Duration> minutes =
              cells.text(MINUTES).matches("\\d{1,6}")
                  ? Optional.of(Duration.ofMinutes(Long.parseLong(cells.text(MINUTES))))
                  : Optional.empty();
          yield part(cells, field, minutes, "whole minutes such as 90", errors);
        }
        default ->
            part(
                cells,
                field,
                FileTimes.duration(cells.text(field), field.equals(HOURS)),
                "a duration such as 1:30, or hours with decimals such as 1.5",
                errors);
      };
    }

    private Duration between(Cells cells, LocalDate day, LocalTime start, List<FieldError> errors) {
      if (cells.text(END_TIME).isEmpty() || start == null || day == null) {
        return null;
      }
      LocalTime end =
          part(
              cells,
              END_TIME,
              FileTimes.time(cells.text(END_TIME)),
              "a time such as 9:30 or 9:30 AM",
              errors);
      LocalDate until =
          cells.text(END_DATE).isEmpty()
              ? day
              : part(
                  cells,
                  END_DATE,
                  FileTimes.date(cells.text(END_DATE), order),
                  "a date such as 2026-11-22",
                  errors);
      if (end == null || until == null) {
        return null;
      }
      Duration between =
          Duration.between(
              day.atTime(start).atZone(people.zone()), until.atTime(end).atZone(people.zone()));
      if (between.isNegative()) {
        errors.add(
            error(
                cells,
                END_TIME,
                "This is before the start. If it ended on the next day, say so in a column"
                    + " endDate."));
      }
      return between;
    }

    /** What is billed elsewhere would be twice. */
    private static void notBilledTwice(Cells cells, List<FieldError> errors) {
      if (Boolean.TRUE.equals(cells.values().get(INVOICED))) {
        errors.add(error(cells, INVOICED, BILLED));
      }
    }

    private static <T> T part(
        Cells cells, String field, Optional<T> read, String expected, List<FieldError> errors) {
      if (read.isEmpty()) {
        errors.add(error(cells, field, "This has to be " + expected + "."));
      }
      return read.orElse(null);
    }

    private static FieldError error(Cells cells, String field, String message) {
      return new FieldError(cells.label(field), message);
    }
  }
}
