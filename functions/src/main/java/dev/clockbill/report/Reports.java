package dev.clockbill.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.report.Realisation.By;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The overview of a firm, and the report on what became of its time. */
public final class Reports implements RequestStreamHandler {
  /** How many months one report of realisation spans at most. */
  private static final int MOST_MONTHS = 13;

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
      case "GET /reports/realisation" ->
          Response.json(200, realisation(firm, RealisationRequest.read(request)).json());
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

  private Realisation realisation(String firm, RealisationRequest wanted) {
    List<TimeEntry> entries = store.billed(firm, wanted.from(), wanted.to());
    Set<String> invoiceIds = entries.stream().map(TimeEntry::invoiceId).collect(Collectors.toSet());
    List<Invoice> invoices = store.invoices(firm, invoiceIds);
    Map<String, TimeEntry> byId =
        entries.stream().collect(Collectors.toMap(TimeEntry::timeEntryId, Function.identity()));
    Set<String> ids = entries.stream().map(wanted.by()::id).collect(Collectors.toSet());
    return Realisation.of(wanted.by(), byId, invoices, store.names(firm, wanted.by(), ids));
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
      LocalDate from = query.requiredDate("from");
      LocalDate to = query.requiredDate("to");
      By by = query.requiredChoice("by", By.values(), By::word);
      if (from != null && to != null) {
        if (to.isBefore(from)) {
          query.refuse("to", "This may not be before from.");
        } else if (!to.isBefore(from.plusMonths(MOST_MONTHS))) {
          query.refuse("to", "A report spans at most " + MOST_MONTHS + " months.");
        }
      }
      query.names();
      query.check();
      return new RealisationRequest(from, to, by);
    }
  }
}
