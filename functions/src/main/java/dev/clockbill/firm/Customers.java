package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The customers. */
public final class Customers implements RequestStreamHandler {
  private final Ledger ledger;
  private final Requests requests;
  private final CustomerList list;

  /** Configured by the function's own environment. */
  public Customers() {
    this(System.getenv());
  }

  /** Configured by these variables. */
  public Customers(Map<String, String> variables) {
    this.ledger = new Ledger(new Environment(variables));
    this.requests = new Requests(ledger);
    this.list = new CustomerList(ledger);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /customers" -> list(request);
      case "POST /customers" ->
          requests.create(request, () -> creation(request), refused -> refused);
      case "GET /customers/{customerId}" -> answer(200, find(request));
      case "PATCH /customers/{customerId}" -> Versioned.change(request, () -> attempt(request));
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    String search = request.query("search").orElse("");
    if (search.length() > Fields.NAME) {
      throw Problem.invalid("search", "This may have at most " + Fields.NAME + " characters.");
    }
    CustomerList.Found found =
        list.find(
            request.caller().firm(), search, request.limit(), request.query("cursor").orElse(null));
    return Response.json(
        200,
        Json.object(
            "customers",
            found.customers().stream().map(Customer::answer).toList(),
            "next",
            found.next()));
  }

  private Requests.Creation creation(Request request) {
    String firm = request.caller().firm();
    Customer customer = CustomerFields.created(request.fields(), ids -> services(firm, ids));
    return new Requests.Creation(
        List.of(
            Write.put(firm, Customer.key(customer.customerId()), customer.attributes(firm))
                .ifAbsent()),
        answer(201, customer));
  }

  private Customer find(Request request) {
    String customerId = request.pathId("customerId", "customer");
    return ledger
        .get(request.caller().firm(), Customer.key(customerId))
        .map(Customer::of)
        .orElseThrow(() -> Problem.notFound("customer"));
  }

  private Response attempt(Request request) {
    String firm = request.caller().firm();
    Customer now = find(request);
    now.mustMatch(request);
    Customer merged = CustomerFields.merged(request.fields(), now, ids -> services(firm, ids));
    if (merged.equals(now)) {
      return answer(200, now);
    }
    Customer changed = merged.withVersion(now.version() + 1);
    Write write =
        Write.update(firm, Customer.key(now.customerId())).ifEquals("version", now.version());
    changed.attributes(firm).forEach(write::set);
    ledger.write(write);
    return answer(200, changed);
  }

  /** Which of these services the firm has, retired ones included. */
  private Set<String> services(String firm, List<String> ids) {
    return ledger.get(firm, ids.stream().map(Service::key).toList()).values().stream()
        .map(item -> Service.of(item).serviceId())
        .collect(Collectors.toSet());
  }

  private static Response answer(int status, Customer customer) {
    return Response.json(status, customer.answer()).withVersion(customer.version());
  }
}
