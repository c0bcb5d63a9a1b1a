package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/**
 * Customers and services from CSV files, with a dry run that shows what would become of every line.
 */
public final class Imports implements RequestStreamHandler {
  private final Table table;
  private final Importer importer;

  /** Wired from the process's environment. */
  public Imports() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Imports(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.importer = new Importer(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "POST /imports/customers" -> customers(request);
      case "POST /imports/services" -> services(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response customers(Request request) {
    String firm = request.caller().firm();
    List<Service> services =
        table.family(firm, ServiceItem.PREFIX).stream().map(ServiceItem::of).toList();
    return importLines(request, new CustomerImport(decimals(firm), services));
  }

  private Response services(Request request) {
    request.caller().mustOwn("import services");
    return importLines(request, new ServiceImport(decimals(request.caller().firm())));
  }

  private <T> Response importLines(Request request, ImportKind<T> kind) {
    boolean dryRun = dryRun(request);
    ImportFile file = ImportFile.read(request.body(), kind::column, kind.required());
    List<ImportedLine<T>> lines =
        file.lines().stream().map(line -> ImportedLine.of(line, file.columns(), kind)).toList();
    return Response.json(
        200, Json.object("lines", importer.bring(request.caller().firm(), kind, lines, dryRun)));
  }

  private static boolean dryRun(Request request) {
    Fields query = Fields.of(request.query());
    String word = query.choice("dryRun", "true", "false");
    query.names();
    query.check();
    return "true".equals(word);
  }

  /** How many decimals the firm's currency has. */
  private int decimals(String firm) {
    String currency = FirmItem.read(table, firm).currency();
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }
}
