package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.SearchText;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The paid services. */
public final class Services implements RequestStreamHandler {
  private final Table table;
  private final IdempotencyKeys keys;

  /** Wired from the process's environment. */
  public Services() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Services(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.keys = new IdempotencyKeys(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /services" -> list(request);
      case "POST /services" -> create(request);
      case "PATCH /services/{serviceId}" -> change(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    String firm = request.caller().firm();
    List<Service> services =
        table.family(firm, ServiceItem.PREFIX).stream()
            .map(ServiceItem::of)
            .sorted(Comparator.comparing(service -> SearchText.of(service.name())))
            .toList();
    return request.wantsCsv()
        ? ServiceCsv.answer(request, services, FirmItem.read(table, firm).currency())
        : Response.json(
            200, Json.object("services", services.stream().map(Service::json).toList()));
  }

  private Response create(Request request) {
    request.caller().mustOwn("add services");
    return keys.create(request, () -> creation(request));
  }

  private IdempotencyKeys.Creation creation(Request request) {
    Service service = ServiceFields.created(request.fields());
    return new IdempotencyKeys.Creation(
        table
            .begin(request.caller().firm())
            .add(ServiceItem.create(request.caller().firm(), service)),
        answer(201, service));
  }

  private Response change(Request request) {
    request.caller().mustOwn("change services");
    return Versioned.change(request, () -> attempt(request));
  }

  private Response attempt(Request request) {
    String firm = request.caller().firm();
    String key = ServiceItem.key(request.pathId("serviceId", "service"));
    Service now =
        table.get(firm, key).map(ServiceItem::of).orElseThrow(() -> Problem.notFound("service"));
    now.mustMatch(request);
    Service merged = ServiceFields.merged(request.fields(), now);
    if (merged.equals(now)) {
      return answer(200, now);
    }
    Service changed = merged.withVersion(now.version() + 1);
    table.write(ServiceItem.change(firm, now, changed));
    return answer(200, changed);
  }

  private static Response answer(int status, Service service) {
    return Response.json(status, service.json()).withVersion(service.version());
  }
}
