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
 *
 * <p>Clockbill's own time CSV is read without a question: by exactly its headings, of which those
 * are left out that follow from others or mean something only where the file came from.
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
  static final String HOURLY_RATE_DECIMAL = "hourlyRateDecimal";
  static final String CURRENCY = "currency";
  static final String STARTED_AT = "startedAt";
  static final String STOPPED_AT = "stoppedAt";
  static final String SECONDS = "measuredSeconds";
  static final String BY_DAY = "byDay";
  static final String STATE = "state";
  static final String ID = "timeEntryId";

  private TimeColumns() {}

  /**
   * The column for a name.
   *
   * @param decimals of the firm's currency
   */
  static Optional<ImportColumn> column(String label, int decimals) {
    return own(label, decimals).or(() -> anyones(label, decimals));
  }

  /** What a heading of {@link TimeEntryCsv} is, where others might mean something else by it. */
  private static Optional<ImportColumn> own(String label, int decimals) {
    return switch (label.strip()) {
      case HOURLY_RATE -> of(label, HOURLY_RATE, ImportColumn.rate(label, decimals));
      case CURRENCY -> text(label, CURRENCY);
      case STARTED_AT -> text(label, STARTED_AT);
      case STOPPED_AT -> text(label, STOPPED_AT);
      case SECONDS -> text(label, SECONDS);
      case BY_DAY -> of(label, BY_DAY, new ImportColumn.Kind.YesNo());
      case STATE -> text(label, STATE);
      case ID -> text(label, ID);
      case "billedMinutes",
          "rateSource",
          "amount",
          "amountDecimal",
          "needsConfirmation",
          "customerId",
          "serviceId",
          "staffId",
          "invoiceId" ->
          of(label, label.strip(), new ImportColumn.Kind.LeftOut());
      default -> Optional.empty();
    };
  }

  private static Optional<ImportColumn> anyones(String label, int decimals) {
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
          of(label, HOURLY_RATE_DECIMAL, ImportColumn.rate(label, decimals));
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
        HOURLY_RATE_DECIMAL);
  }

  /** Of each thing that is needed, the fields that may bring it. */
  static List<List<String>> required() {
    return List.of(
        List.of(CUSTOMER, CUSTOMER_EMAIL),
        List.of(SERVICE),
        List.of(DATE, STARTED_AT),
        List.of(DURATION, HOURS, MINUTES, SECONDS, END_TIME, STOPPED_AT));
  }

  private static Optional<ImportColumn> text(String label, String field) {
    return of(label, field, new ImportColumn.Kind.Text());
  }

  private static Optional<ImportColumn> of(String label, String field, ImportColumn.Kind kind) {
    return Optional.of(new ImportColumn(label, field, kind));
  }
}
