package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Invitations;
import dev.clockbill.firm.StaffChanges;
import dev.clockbill.firm.StaffCsv;
import dev.clockbill.firm.StaffMember;
import dev.clockbill.firm.Users;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimerStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who belongs to the firm: lists, invites, changes and deactivates them, and says whose timer runs
 * on after their access has ended.
 */
public final class Staff implements RequestStreamHandler {
  private final Table table;
  private final Invitations invitations;
  private final StaffChanges changes;
  private final TimerStore timers;

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
    this.timers = new TimerStore(table);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /staff" -> list(request);
      case "POST /staff" -> invite(request);
      case "POST /staff/{staffId}/invite" -> inviteAgain(request);
      case "PATCH /staff/{staffId}" -> change(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  /** Everybody sees who is there and their own rates; what an hour of others costs only owners. */
  private Response list(Request request) {
    Caller caller = request.caller();
    List<StaffMember> members =
        invitations.members(caller.firm()).stream()
            .map(
                member ->
                    caller.owner() || member.staffId().equals(caller.staffId())
                        ? member
                        : member.withoutRates())
            .toList();
    return request.wantsCsv()
        ? StaffCsv.answer(request, table, members)
        : Response.json(
            200, Json.object("staff", members.stream().map(StaffMember::json).toList()));
  }

  private Response invite(Request request) {
    request.caller().mustOwn("invite staff");
    return answer(201, invitations.invite(request.caller().firm(), request.fields()));
  }

  private Response inviteAgain(Request request) {
    request.caller().mustOwn("invite staff");
    request.fields().check();
    String staffId = request.pathId("staffId", "staff");
    return answer(202, invitations.inviteAgain(request.caller().firm(), staffId));
  }

  /**
   * Where somebody's access has ended while their timer runs, the owners have to see to it; where
   * the firm's mail went to them, the answer says where it goes now.
   */
  private Response change(Request request) {
    request.caller().mustOwn("change staff");
    StaffChanges.Changed changed = changes.change(request);
    StaffMember member = changed.member();
    Map<String, Object> body = new LinkedHashMap<>(member.json());
    if (changed.firmEmail() != null) {
      body.put("firmEmail", changed.firmEmail());
    }
    if (!member.active()) {
      timers
          .running(request.caller().firm(), member.staffId())
          .ifPresent(timer -> body.put("running", timer.json(Time.now())));
    }
    return Response.json(200, body).withVersion(member.version());
  }

  private static Response answer(int status, StaffMember member) {
    return Response.json(status, member.json()).withVersion(member.version());
  }
}
