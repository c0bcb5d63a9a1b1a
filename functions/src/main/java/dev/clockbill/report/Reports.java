package dev.clockbill.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.CsvPage;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.report.Realisation.By;
import dev.clockbill.report.Realisation.Facts;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The overview of a firm, and its reports: what became of time, what is owed and what is yet to be
 * billed by age, whose time it was.
 */
public final class Reports implements RequestStreamHandler {
  private static final Set<Age> SINCE_DUE = EnumSet.allOf(Age.class);
  private static final Set<Age> SINCE_WORKED = EnumSet.complementOf(EnumSet.of(Age.NOT_DUE));

  private final Table table;
  private final ReportStore store;

  /** Wired from the process's environment. */
  public Reports() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Reports(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.store = new ReportStore(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Permissions.serve(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    String firm = request.caller().firm();
    return switch (request.route()) {
      case "GET /reports/overview" -> Response.json(200, overview(firm).json());
      case "GET /reports/realisation" -> realisation(request);
      case "GET /reports/receivables" -> byAge(request, receivables(firm), "invoices", SINCE_DUE);
      case "GET /reports/unbilled" -> byAge(request, unbilled(firm), "entries", SINCE_WORKED);
      case "GET /reports/hours" -> hours(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Overview overview(String firm) {
    FirmSettings settings = store.firm(firm);
    LocalDate today = settings.day(Time.now());
    LocalDate from = Overview.firstMonth(today).atDay(1);
    return Overview.of(
        settings,
        today,
        store.runningTimers(firm),
        store.openOrSince(firm, from),
        store.unbilled(firm),
        store.receivedSince(firm, from));
  }

  private Response realisation(Request request) {
    Realisation report = realisation(request.caller().firm(), RealisationRequest.read(request));
    return request.wantsCsv()
        ? CsvPage.of(request, Realisation.COLUMNS, report.csv())
        : Response.json(200, report.json());
  }

  private Response byAge(Request request, ByAge report, String counted, Set<Age> ages) {
    return request.wantsCsv()
        ? CsvPage.of(request, ByAge.columns(counted, ages), report.csv(counted, ages))
        : Response.json(
            200, Json.object("asOf", report.on().toString(), "rows", report.rows(counted, ages)));
  }

  private ByAge receivables(String firm) {
    List<Invoice> open = store.open(firm);
    Set<String> ids =
        open.stream().map(invoice -> invoice.customer().customerId()).collect(Collectors.toSet());
    return ByAge.receivables(today(firm), open, store.names(firm, By.CUSTOMER, ids));
  }

  private ByAge unbilled(String firm) {
    List<TimeEntry> unbilled = store.unbilled(firm);
    Set<String> ids = unbilled.stream().map(TimeEntry::customerId).collect(Collectors.toSet());
    return ByAge.unbilled(today(firm), unbilled, store.names(firm, By.CUSTOMER, ids));
  }

  private LocalDate today(String firm) {
    return store.firm(firm).day(Time.now());
  }

  private Response hours(Request request) {
    String firm = request.caller().firm();
    HoursRequest wanted = HoursRequest.read(request);
    List<TimeEntry> entries = store.worked(firm, wanted.from(), wanted.to());
    Set<String> invoiceIds =
        entries.stream()
            .filter(entry -> entry.state() == TimeEntry.State.BILLED)
            .map(TimeEntry::invoiceId)
            .collect(Collectors.toSet());
    Set<String> staff = entries.stream().map(TimeEntry::staffId).collect(Collectors.toSet());
    WorkedHours report =
        WorkedHours.of(
            wanted,
            entries,
            store.fixedPriced(
                firm,
                entries.stream()
                    .filter(entry -> entry.state() == TimeEntry.State.NON_BILLABLE)
                    .toList()),
            store.invoices(firm, invoiceIds),
            store.names(firm, By.STAFF, staff));
    return request.wantsCsv()
        ? CsvPage.of(request, WorkedHours.COLUMNS, report.json())
        : Response.json(
            200, Json.object("weekMinutes", wanted.weekMinutes(), "rows", report.json()));
  }

  private Realisation realisation(String firm, RealisationRequest wanted) {
    List<TimeEntry> entries = store.billed(firm, wanted.from(), wanted.to());
    Set<String> invoiceIds = entries.stream().map(TimeEntry::invoiceId).collect(Collectors.toSet());
    Map<String, Invoice> invoices = new LinkedHashMap<>();
    Stream.concat(
            store.invoices(firm, invoiceIds).stream(),
            store.issued(firm, wanted.from(), wanted.to()).stream())
        .forEach(invoice -> invoices.put(invoice.invoiceId(), invoice));
    List<TimeEntry> notBilled = store.notBilled(firm, wanted.from(), wanted.to());
    Facts facts =
        new Facts(
            new Period(wanted.from(), wanted.to()),
            entries.stream().collect(Collectors.toMap(TimeEntry::timeEntryId, Function.identity())),
            notBilled,
            store.fixedPriced(firm, notBilled),
            invoices.values());
    return Realisation.of(
        wanted.by(), facts, store.names(firm, wanted.by(), facts.ids(wanted.by())));
  }

  /**
   * The query of a request for realisation.
   *
   * @param from the first day of work
   * @param to the last one
   */
  private record RealisationRequest(LocalDate from, LocalDate to, By by) {

    /**
     * Reads the query.
     *
     * @throws dev.clockbill.http.Problem 400 for wrong dates, or more than 13 months
     */
    static RealisationRequest read(Request request) {
      Fields query = Fields.of(request.query());
      Period period = Period.read(query);
      By by = query.requiredChoice("by", By.values(), By::word);
      query.names();
      query.check();
      return new RealisationRequest(period.from(), period.to(), by);
    }
  }
}
