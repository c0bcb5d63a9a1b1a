package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.Map;

/** Who belongs to the firm: lists, invites, changes and deactivates them. */
public final class Staff implements RequestStreamHandler {
  private final Table table;
  private final Invitations invitations;
  private final StaffChanges changes;

  /** Wired from the process's environment. */
  public Staff() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Staff(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Users users = new Users(environment);
    this.table = new Table(environment);
    this.invitations = new Invitations(table, users);
    this.changes = new StaffChanges(table, users);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /staff" -> list(request.caller().firm());
      case "POST /staff" -> invite(request);
      case "PATCH /staff/{staffId}" -> change(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(String firm) {
    return Response.json(
        200,
        Json.object(
            "staff",
            table.family(firm, StaffItem.PREFIX).stream()
                .map(StaffItem::of)
                .sorted(Comparator.comparing(member -> FoldedName.of(member.name())))
                .map(StaffMember::json)
                .toList()));
  }

  private Response invite(Request request) {
    request.caller().mustOwn("invite staff");
    return answer(201, invitations.invite(request.caller().firm(), request.fields()));
  }

  private Response change(Request request) {
    request.caller().mustOwn("change staff");
    return answer(200, changes.change(request));
  }

  private static Response answer(int status, StaffMember member) {
    return Response.json(status, member.json()).withVersion(member.version());
  }
}
