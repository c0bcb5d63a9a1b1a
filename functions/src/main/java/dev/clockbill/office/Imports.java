package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.CustomerImport;
import dev.clockbill.firm.ServiceImport;
import dev.clockbill.firm.StaffImport;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.imports.Importer;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Customers, services, rates of people and time from CSV files, with a dry run that shows what
 * would become of every line.
 */
public final class Imports implements RequestStreamHandler {
  private final Table table;
  private final Importer importer;
  private final StaffImport staff;
  private final TimeImport time;

  /** Wired from the process's environment. */
  public Imports() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Imports(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.importer = new Importer(table);
    this.staff = new StaffImport(table);
    this.time = new TimeImport(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    String firm = request.caller().firm();
    return switch (request.route()) {
      case "POST /imports/customers" ->
          importer.answer(request, CustomerImport.of(table, request.caller()));
      case "POST /imports/services" -> {
        request.caller().mustOwn("import services");
        yield importer.answer(request, ServiceImport.of(table, firm));
      }
      case "POST /imports/staff" -> {
        request.caller().mustOwn("import the rates of people");
        yield staff.answer(request);
      }
      case "POST /imports/time" -> time.answer(request);
      default -> throw Http.unknownRoute(request);
    };
  }
}
