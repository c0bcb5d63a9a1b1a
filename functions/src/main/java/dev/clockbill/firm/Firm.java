package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and changes the firm's settings; says who the caller is. */
public final class Firm implements RequestStreamHandler {
  private final Table table;

  /** Wired from the process's environment. */
  public Firm() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Firm(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /me" -> me(request.caller());
      case "GET /firm" -> read(request.caller().firm()).response();
      case "PATCH /firm" -> change(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  /**
   * Who asks is logged in, and so has accepted their invitation. The user pool does not know that
   * of everybody: who logs in by a provider keeps the status of an invited user.
   */
  private Response me(Caller caller) {
    table
        .glance(caller.firm(), StaffItem.key(caller.staffId()))
        .filter(StaffItem::awaitsLogin)
        .ifPresent(pending -> table.write(StaffItem.accepted(caller.firm(), caller.staffId())));
    return Response.json(
        200,
        Json.object(
            "staffId", caller.staffId(),
            "firmId", caller.firm(),
            "role", caller.role().word(),
            "name", caller.name(),
            "email", caller.email()));
  }

  private Response change(Request request) {
    request.caller().mustOwn("change its settings");
    return Versioned.change(request, () -> attempt(request)).response();
  }

  private State attempt(Request request) {
    State now = read(request.caller().firm());
    now.settings().mustMatch(request);
    FirmChange change = FirmChange.of(request.fields(), now.settings());
    NumberCounter counter =
        now.counter().of(table, change.settings(), change.settings().day(Time.now()));
    // Another prefix may mean another counter, which continues where this one is.
    long least = Math.max(now.nextNumber(), counter.next());
    long nextNumber = change.nextNumber().orElse(least);
    if (nextNumber < least) {
      throw Problem.invalid(
          "invoicing.nextNumber", "This can only be raised: lower numbers may have been used.");
    }
    if (change.settings().equals(now.settings()) && nextNumber == now.nextNumber()) {
      return now;
    }
    FirmSettings changed = change.settings().withVersion(now.settings().version() + 1);
    UnitOfWork unit = table.begin(changed.firmId()).add(FirmItem.change(now.settings(), changed));
    if (nextNumber != counter.next()) {
      unit.add(counter.raised(nextNumber));
    }
    unit.commit();
    return new State(changed, counter, nextNumber, now.mail());
  }

  private State read(String firm) {
    Map<String, Item> items = table.get(firm, List.of(FirmItem.KEY));
    if (items.isEmpty()) {
      throw Problem.notFound("firm");
    }
    Item item = items.get(FirmItem.KEY);
    FirmSettings settings = FirmItem.of(item);
    NumberCounter counter = NumberCounter.read(table, settings, settings.day(Time.now()));
    return new State(settings, counter, counter.next(), WaitingMails.of(item, Time.now()));
  }

  /** What a person sees of a firm, and the counter of invoice numbers. */
  private record State(
      FirmSettings settings, NumberCounter counter, long nextNumber, Optional<WaitingMails> mail) {
    Response response() {
      return Response.json(200, settings.json(nextNumber, WaitingMails.json(mail)))
          .withVersion(settings.version());
    }
  }
}
