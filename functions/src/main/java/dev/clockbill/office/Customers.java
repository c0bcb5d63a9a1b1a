package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerCsv;
import dev.clockbill.firm.CustomerFields;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.CustomerList;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Permissions;
import dev.clockbill.firm.RateFields;
import dev.clockbill.firm.Versioned;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.report.CustomerSums;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The customers, each with how they stand. */
public final class Customers implements RequestStreamHandler {
  private final Table table;
  private final IdempotencyKeys keys;
  private final CustomerList list;
  private final CustomerSums sums;

  /** Wired from the process's environment. */
  public Customers() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Customers(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.keys = new IdempotencyKeys(table);
    this.list = new CustomerList(table);
    this.sums = new CustomerSums(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /customers" -> list(request);
      case "POST /customers" -> keys.create(request, () -> creation(request));
      case "GET /customers/{customerId}" -> answer(200, request, find(request));
      case "PATCH /customers/{customerId}" -> Versioned.change(request, () -> attempt(request));
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    String search = request.search("search");
    if (search.codePointCount(0, search.length()) > Fields.NAME) {
      throw Problem.invalid("search", "This may have at most " + Fields.NAME + " characters.");
    }
    String firm = request.caller().firm();
    Boolean active = request.flag("active").orElse(null);
    boolean withSums = request.flag("sums").orElse(false);
    CustomerList.Pages pages = (limit, cursor) -> list.find(firm, search, active, limit, cursor);
    if (request.wantsCsv()) {
      return CustomerCsv.of(table, firm).answer(request, pages);
    }
    CustomerList.Found found = pages.read(request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "customers",
            withSums
                ? sums.shown(firm, found.customers())
                : found.customers().stream().map(Customer::json).toList(),
            "next",
            found.next()));
  }

  private IdempotencyKeys.Creation creation(Request request) {
    String firm = request.caller().firm();
    Customer customer =
        CustomerFields.created(request.fields(), ids -> RateFields.services(table, firm, ids));
    if (customer.sendAutomatically()) {
      Permissions.checkSendsAutomatically(request.caller(), table);
    }
    return new IdempotencyKeys.Creation(
        table.begin(firm).add(CustomerItem.create(firm, customer)),
        answer(201, customer, sums.ofNew(firm, customer)));
  }

  private Customer find(Request request) {
    String customerId = request.pathId("customerId", "customer");
    return table
        .get(request.caller().firm(), CustomerItem.key(customerId))
        .map(CustomerItem::of)
        .orElseThrow(() -> Problem.notFound("customer"));
  }

  private Response attempt(Request request) {
    String firm = request.caller().firm();
    Customer now = find(request);
    now.mustMatch(request);
    Customer merged =
        CustomerFields.merged(request.fields(), now, ids -> RateFields.services(table, firm, ids));
    if (beginsToSend(firm, now, merged)) {
      Permissions.checkSendsAutomatically(request.caller(), table);
    }
    if (merged.equals(now)) {
      return answer(200, request, now);
    }
    Customer changed = merged.withVersion(now.version() + 1);
    table.write(CustomerItem.change(firm, now, changed));
    return answer(200, request, changed);
  }

  /** Whether drafts of a customer are sent by themselves from now on, and were not before. */
  private boolean beginsToSend(String firm, Customer now, Customer merged) {
    if (merged.sendAutomatically() && !now.sendAutomatically()) {
      return true;
    }
    if (merged.billing() == now.billing()) {
      return false;
    }
    FirmSettings settings = FirmItem.read(table, firm);
    return merged.sentAutomatically(settings) && !now.sentAutomatically(settings);
  }

  private Response answer(int status, Request request, Customer customer) {
    return answer(status, customer, sums.shown(request.caller().firm(), customer));
  }

  private static Response answer(int status, Customer customer, Map<String, Object> shown) {
    return Response.json(status, shown).withVersion(customer.version());
  }
}
