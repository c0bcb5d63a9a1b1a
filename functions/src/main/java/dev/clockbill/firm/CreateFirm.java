package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a firm with its owner and staff; invoked directly.
 *
 * <p>Input, all of it optional: {@code {"name", "email", "address", "currency": "USD", "timeZone":
 * "UTC", "payments": "ready", "accountId", "owner": {"name", "email"}, "members": [{"name",
 * "email"}], "staff": 0}}, where {@code staff} counts members with made-up names. {@code payments}
 * and {@code accountId} are taken only where a stand-in is in the processor's place ({@code
 * PROCESSOR_API_BASE}), and refused elsewhere: there an owner connects the firm's account. Responds
 * like a route: 201 with {@code {"firmId", "users": [{"user", "role"}]}}, the owner first, a user
 * being the part of the mail address before the @; or 400.
 *
 * <p>The logins are made before the firm: until then their ids lead nowhere, and a run that broke
 * off is completed by a second one with the same addresses.
 */
public final class CreateFirm implements RequestStreamHandler {
  private final Table table;
  private final Users users;
  private final boolean standIn;

  /** Wired from the process's environment. */
  public CreateFirm() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public CreateFirm(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.users = new Users(environment);
    this.standIn = environment.optional("PROCESSOR_API_BASE").isPresent();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveInvocation(input, output, this::create);
  }

  private Response create(Fields fields) {
    NewFirm asked = NewFirm.read(fields, standIn);
    String accountId = asked.payments().accountId();
    if (accountId != null && Pointer.account(accountId).read(table).isPresent()) {
      throw Problem.invalid("accountId", "This account belongs to another firm.");
    }
    Map<NewFirm.Person, Users.Membership> before = madeBefore(asked.people());
    String firmId =
        before.values().stream().map(Users.Membership::firmId).findFirst().orElseGet(Ids::next);
    List<StaffMember> members = new ArrayList<>();
    for (NewFirm.Person person : asked.people()) {
      String staffId = before.containsKey(person) ? before.get(person).staffId() : Ids.next();
      members.add(StaffMember.invited(staffId, person.name(), person.email(), person.role()));
    }
    members.forEach(member -> users.invite(firmId, member));
    creation(firmId, asked, members).commit();
    return Response.json(
        201,
        Json.object("firmId", firmId, "users", members.stream().map(CreateFirm::user).toList()));
  }

  /**
   * The logins left by an earlier run that broke off.
   *
   * @throws Problem 400 for an address that somebody else logs in with
   */
  private Map<NewFirm.Person, Users.Membership> madeBefore(List<NewFirm.Person> people) {
    Map<NewFirm.Person, Users.Membership> found = new LinkedHashMap<>();
    for (NewFirm.Person person : people) {
      if (person.named()) {
        users.find(person.email()).ifPresent(membership -> found.put(person, membership));
      }
    }
    found.forEach(
        (person, membership) -> {
          boolean sameRun =
              found.values().stream().allMatch(other -> other.firmId().equals(membership.firmId()));
          if (!sameRun || !mayBeAdopted(membership.firmId())) {
            throw Problem.invalid(
                person.field() + ".email", "Somebody logs in with this address already.");
          }
        });
    return found;
  }

  private boolean mayBeAdopted(String firmId) {
    return Ids.looksLikeOne(firmId) && table.get(firmId, FirmItem.KEY).isEmpty();
  }

  private UnitOfWork creation(String firmId, NewFirm asked, List<StaffMember> members) {
    FirmSettings settings =
        FirmSettings.begin(
            firmId,
            asked.name(),
            asked.email() == null ? members.getFirst().email() : asked.email(),
            asked.address(),
            asked.currency(),
            asked.timeZone(),
            asked.payments());
    UnitOfWork creation = table.begin(firmId).add(FirmItem.create(settings));
    members.forEach(member -> creation.add(StaffItem.create(firmId, member)));
    String accountId = settings.payments().accountId();
    if (accountId != null) {
      creation
          .add(Pointer.account(accountId).to(firmId))
          .add(AccountNews.begun(firmId, accountId, Time.now()));
    }
    return creation;
  }

  private static Map<String, Object> user(StaffMember member) {
    String email = member.email();
    return Json.object(
        "user", email.substring(0, email.indexOf('@')), "role", member.role().word());
  }
}
