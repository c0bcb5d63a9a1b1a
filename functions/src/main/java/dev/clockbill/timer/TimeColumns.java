package dev.clockbill.timer;

import dev.clockbill.imports.ImportColumn;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a file of time, as Clockbill's own CSV and other tools name them.
 *
 * <p>Sources, as read in November 2026: Harvest's detailed time report ({@code Date, Client,
 * Project, Project Code, Task, Notes, Hours, Billable?, Invoiced?, Approved?, First Name, Last
 * Name, …}: support.getharvest.com, "Detailed time and detailed expense reports", and the importers
 * of several public repositories); Toggl Track's detailed report ({@code User, Email, Client,
 * Project, Task, Description, Billable, Start date, Start time, End date, End time, Duration, Tags,
 * Amount}: likewise); Clockify's detailed report ({@code Project, Client, Description, Task, User,
 * Group, Email, Tags, Billable, Start Date, Start Time, End Date, End Time, Duration (h), Duration
 * (decimal), …}: "Import data into Clockify", clockify.me/help, and likewise).
 *
 * <p>What these call a task is a service here; a project is none of our words, so the person says
 * whether it is a service or left out.
 */
final class TimeColumns {
  static final String CUSTOMER = "customer";
  static final String CUSTOMER_EMAIL = "customerEmail";
  static final String SERVICE = "service";
  static final String NOTE = "note";
  static final String DATE = "date";
  static final String START_TIME = "startTime";
  static final String END_DATE = "endDate";
  static final String END_TIME = "endTime";
  static final String DURATION = "duration";
  static final String HOURS = "hours";
  static final String MINUTES = "minutes";
  static final String STAFF_EMAIL = "staffEmail";
  static final String STAFF_NAME = "staffName";
  static final String FIRST_NAME = "firstName";
  static final String LAST_NAME = "lastName";
  static final String BILLABLE = "billable";
  static final String INVOICED = "invoiced";
  static final String HOURLY_RATE = "hourlyRate";

  private TimeColumns() {}

  /**
   * The column for a name.
   *
   * @param decimals of the firm's currency
   */
  static Optional<ImportColumn> column(String label, int decimals) {
    return switch (ImportColumn.meaning(label)) {
      case "customer", "customername", "client", "clientname" -> text(label, CUSTOMER);
      case "customeremail", "clientemail" -> text(label, CUSTOMER_EMAIL);
      case "service", "servicename", "task" -> text(label, SERVICE);
      case "note", "notes", "description" -> text(label, NOTE);
      case "date", "day", "startdate", "workedon" -> text(label, DATE);
      case "starttime", "start" -> text(label, START_TIME);
      case "enddate", "stopdate" -> text(label, END_DATE);
      case "endtime", "stoptime", "end" -> text(label, END_TIME);
      case "duration", "durationh" -> text(label, DURATION);
      case "hours", "durationdecimal" -> text(label, HOURS);
      case "minutes" -> text(label, MINUTES);
      case "staffemail", "useremail", "email" -> text(label, STAFF_EMAIL);
      case "staffname", "staff", "user" -> text(label, STAFF_NAME);
      case "firstname" -> text(label, FIRST_NAME);
      case "lastname" -> text(label, LAST_NAME);
      case "billable" -> of(label, BILLABLE, new ImportColumn.Kind.YesNo());
      case "invoiced" -> of(label, INVOICED, new ImportColumn.Kind.YesNo());
      case "hourlyrate", "hourlyratedecimal" ->
          of(label, HOURLY_RATE, ImportColumn.rate(label, decimals));
      default -> Optional.empty();
    };
  }

  /** From which a person may choose. */
  static List<String> names() {
    return List.of(
        CUSTOMER,
        CUSTOMER_EMAIL,
        SERVICE,
        NOTE,
        DATE,
        START_TIME,
        END_DATE,
        END_TIME,
        DURATION,
        HOURS,
        MINUTES,
        STAFF_EMAIL,
        STAFF_NAME,
        FIRST_NAME,
        LAST_NAME,
        BILLABLE,
        INVOICED,
        "hourlyRateDecimal");
  }

  /** Of each thing that is needed, the fields that may bring it. */
  static List<List<String>> required() {
    return List.of(
        List.of(CUSTOMER, CUSTOMER_EMAIL),
        List.of(SERVICE),
        List.of(DATE),
        List.of(DURATION, HOURS, MINUTES, END_TIME));
  }

  private static Optional<ImportColumn> text(String label, String field) {
    return of(label, field, new ImportColumn.Kind.Text());
  }

  private static Optional<ImportColumn> of(String label, String field, ImportColumn.Kind kind) {
    return Optional.of(new ImportColumn(label, field, kind));
  }
}
