package dev.clockbill.firm;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.imports.Cells;
import dev.clockbill.imports.Fate;
import dev.clockbill.imports.ImportColumn;
import dev.clockbill.imports.Upload;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.Json;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Takes the rates of people from a file: each line is a member of staff, told by their address. It
 * changes rates and nothing else, and invites nobody; an empty cell leaves a rate as it is. Members
 * change 99 at a time; if that breaks off, the same file again changes the rest.
 */
public final class StaffImport {
  private static final int AT_ONCE = 99;
  private static final int TRIES = 20;
  private static final String EMAIL = "email";
  private static final String HOURLY_RATE = "hourlyRate";

  private final Table table;

  /** Changes members in this table. */
  public StaffImport(Table table) {
    this.table = table;
  }

  /** A line and what becomes of its member; null if the line is wrong. */
  private record Outcome(Cells cells, StaffMember before, StaffMember after, FieldError error) {
    private boolean changes() {
      return error == null && !after.equals(before);
    }

    private Map<String, Object> json() {
      Map<String, Object> json = Json.object("line", cells.number());
      if (before != null) {
        json.put("name", before.name());
      }
      if (after != null && after.hourlyRate() != null) {
        json.put(HOURLY_RATE, after.hourlyRate());
      }
      Fate fate = changes() ? Fate.CHANGED : Fate.UNCHANGED;
      json.putAll(error == null ? fate.json(List.of()) : Fate.REFUSED.json(errors()));
      return json;
    }

    private List<FieldError> errors() {
      return Stream.concat(cells.errors().stream(), Stream.of(error)).distinct().toList();
    }
  }

  /**
   * {@code POST /imports/staff}.
   *
   * @throws Problem 400 if the file is none, or holds columns of which nobody says what they are;
   *     409 {@code import-under-way} if others keep changing the same people
   */
  public Response answer(Request request) {
    String firm = request.caller().firm();
    int decimals = FirmItem.read(table, firm).decimals();
    RateColumns rates = RateColumns.read(table, firm, decimals);
    Upload upload =
        Upload.read(
            request,
            label -> column(label, rates),
            Stream.concat(Stream.of(EMAIL, "hourlyRateDecimal"), rates.headings()).toList(),
            List.of(List.of(EMAIL)));
    List<Cells> lines = upload.cells();
    boolean dryRun = upload.asked().dryRun();
    return upload.answer(changed(firm, rates, lines, dryRun).stream().map(Outcome::json).toList());
  }

  private List<Outcome> changed(String firm, RateColumns rates, List<Cells> lines, boolean dryRun) {
    try {
      return Retry.onConflict(TRIES, () -> outcomes(firm, rates, lines, dryRun));
    } catch (ConditionFailed overtaken) {
      throw Problem.of(
          409,
          "import-under-way",
          "Somebody else is changing these people. Wait a moment and send the file again: nothing"
              + " is changed twice.");
    }
  }

  private static Optional<ImportColumn> column(String label, RateColumns rates) {
    if (RateColumns.names(label)) {
      return rates.column(label);
    }
    return switch (ImportColumn.meaning(label)) {
      case "email", "emailaddress", "staffemail" -> Optional.of(ImportColumn.text(label, EMAIL));
      case "name", "staffname", "role", "active", "staffid" ->
          Optional.of(new ImportColumn(label, label.strip(), new ImportColumn.Kind.LeftOut()));
      default ->
          ServiceImport.rateKind(label, rates.decimals())
              .map(kind -> new ImportColumn(label, HOURLY_RATE, kind));
    };
  }

  private List<Outcome> outcomes(
      String firm, RateColumns rates, List<Cells> lines, boolean dryRun) {
    Map<String, StaffMember> byEmail =
        table.family(firm, StaffItem.PREFIX).stream()
            .map(StaffItem::of)
            .collect(
                Collectors.toMap(
                    member -> MailAddress.identity(member.email()), member -> member, (a, b) -> a));
    Set<String> services =
        rates.services().stream().map(Service::serviceId).collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Cells line : lines) {
      String email = MailAddress.identity(line.text(EMAIL));
      outcomes.add(outcome(line, byEmail.get(email), seen.add(email), services));
    }
    if (!dryRun) {
      List<Outcome> changes = outcomes.stream().filter(Outcome::changes).toList();
      changes.stream().gather(Gatherers.windowFixed(AT_ONCE)).forEach(some -> change(firm, some));
    }
    return outcomes;
  }

  private void change(String firm, List<Outcome> some) {
    UnitOfWork change = table.begin(firm);
    some.forEach(each -> change.add(StaffItem.change(firm, each.before(), each.after())));
    change.commit();
  }

  private static Outcome outcome(
      Cells line, StaffMember member, boolean first, Set<String> services) {
    if (!line.errors().isEmpty()) {
      return new Outcome(line, member, null, line.errors().getFirst());
    }
    if (member == null) {
      return refused(
          line,
          null,
          line.text(EMAIL).isEmpty()
              ? "This is missing."
              : "Nobody with this address is in the firm's staff. Invite them first: an import"
                  + " invites nobody.");
    }
    if (!first) {
      return refused(line, member, "This person stands in an earlier line already.");
    }
    Map<String, Object> values = new LinkedHashMap<>(line.values());
    values.keySet().removeIf(field -> !field.equals(HOURLY_RATE) && !field.startsWith("rates."));
    try {
      var fields = Cells.fields(values);
      StaffRates rates = StaffRates.of(member).merged(fields, ids -> services);
      fields.check();
      StaffMember after = rates.given(member);
      return new Outcome(
          line,
          member,
          after.equals(member) ? member : after.withVersion(member.version() + 1),
          null);
    } catch (Problem wrong) {
      FieldError error = wrong.errors().getFirst();
      return new Outcome(
          line, member, null, new FieldError(line.label(error.field()), error.message()));
    }
  }

  private static Outcome refused(Cells line, StaffMember member, String message) {
    return new Outcome(line, member, null, new FieldError(line.label(EMAIL), message));
  }
}
