package dev.clockbill.timer;

import dev.clockbill.firm.StaffRates;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.imports.Cells;
import dev.clockbill.imports.Fate;
import dev.clockbill.imports.ImportRequest.DateOrder;
import dev.clockbill.imports.Upload;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Brings in time from a file: each line becomes time by hand.
 *
 * <p>What is billable waits unbilled until a person puts it on an invoice: drafted by itself, a
 * year of it would make an invoice of each line. An entry's id is made of what its line says, so
 * that the same file again, or the rest of one that broke off, makes nothing twice, however often
 * it is sent, also after the firm's time zone has changed. Of lines that are equal in everything
 * each counts: the second of a file is another one than the first. That a file was split is not
 * known: a line that is left out because an equal one is there says so. Clockbill's own files say
 * which entry a line was: one that is still in the firm is left out as well.
 *
 * <p>A line that says only how long it took is so many minutes of its day, as in {@link DayTime}.
 */
public final class TimeImport {
  private static final int AT_ONCE = 100;
  private static final int TRIES = 20;
  private static final int SAMPLES = 3;
  private static final String HERE = "This entry is here already.";
  private static final String EQUAL =
      "An equal line is there already. If this is other time, give it a note of its own.";

  private final Table table;

  /** Adds to this table. */
  public TimeImport(Table table) {
    this.table = table;
  }

  /** A line, and the entry that it makes; null if the line is wrong. */
  private record Made(ImportedTime line, TimeEntry entry, List<FieldError> errors) {
    private Map<String, Object> json(Map<String, Boolean> added, Set<String> here) {
      Map<String, Object> json = Json.object("line", line.line());
      if (!line.customerName().isEmpty()) {
        json.put("name", line.customerName());
      }
      if (entry != null) {
        json.put("serviceName", entry.serviceName());
        json.put("workedOn", entry.workedOn().toString());
        json.put("measuredSeconds", entry.measuredSeconds());
        json.put("hourlyRate", entry.hourlyRate());
        json.put("amount", entry.amount());
        json.put("billable", entry.billable().yes());
      }
      boolean known = here.contains(line.cameFrom());
      Fate fate = known ? Fate.UNCHANGED : fate(added);
      json.putAll(fate.json(known ? List.of() : errors));
      if (fate == Fate.UNCHANGED) {
        json.put("hint", known ? HERE : EQUAL);
      }
      return json;
    }

    private Fate fate(Map<String, Boolean> added) {
      if (entry == null) {
        return Fate.REFUSED;
      }
      return added.get(entry.timeEntryId()) ? Fate.CREATED : Fate.UNCHANGED;
    }
  }

  /**
   * {@code POST /imports/time}: members bring in their own, owners everyone's.
   *
   * @throws Problem 400 if the file is none, if it holds columns of which nobody says what they
   *     are, or dates that can be read in two ways
   */
  public Response answer(Request request) {
    Caller caller = request.caller();
    TimePeople people = TimePeople.read(table, caller);
    int decimals = people.firm().decimals();
    Upload upload =
        Upload.read(
            request,
            label -> TimeColumns.column(label, decimals),
            TimeColumns.names(),
            TimeColumns.required());
    List<Cells> lines = upload.cells();
    List<String> dates =
        lines.stream()
            .flatMap(
                line -> Stream.of(line.text(TimeColumns.DATE), line.text(TimeColumns.END_DATE)))
            .toList();
    Optional<DateOrder> order = upload.asked().dates().or(() -> FileTimes.order(dates));
    List<String> ambiguous = dates.stream().filter(FileTimes::ambiguous).distinct().toList();
    if (order.isEmpty() && !ambiguous.isEmpty()) {
      return asked(upload, ambiguous.stream().limit(SAMPLES).toList());
    }
    ImportedTime.Reader reader = new ImportedTime.Reader(people, order.orElse(null));
    List<Made> made = made(people, lines.stream().map(reader::read).toList());
    Set<String> here = here(caller.firm(), made);
    Map<String, Boolean> added =
        bring(
            caller.firm(),
            made.stream()
                .filter(each -> each.entry() != null && !here.contains(each.line().cameFrom()))
                .map(Made::entry)
                .toList(),
            upload.asked().dryRun());
    return upload.answer(made.stream().map(each -> each.json(added, here)).toList());
  }

  /** Of the ids that lines have brought along, those of the firm's own entries. */
  private Set<String> here(String firm, List<Made> made) {
    List<String> ids =
        made.stream().map(each -> each.line().cameFrom()).filter(Ids::looksLikeOne).toList();
    return table.get(firm, ids.stream().map(TimeEntryItem::key).toList()).values().stream()
        .map(item -> TimeEntryItem.of(item).timeEntryId())
        .collect(Collectors.toSet());
  }

  private static Response asked(Upload upload, List<String> samples) {
    List<String> choices = Stream.of(DateOrder.values()).map(DateOrder::word).toList();
    if (!upload.asked().dryRun()) {
      throw Problem.invalid(
          "dates",
          "Dates such as "
              + samples.getFirst()
              + " can be read in two ways. Say dayFirst or monthFirst.");
    }
    return upload.answer(
        List.of(), List.of(Json.object("name", "dates", "choices", choices, "samples", samples)));
  }

  /** The entries that lines make, in their order. */
  private static List<Made> made(TimePeople people, List<ImportedTime> lines) {
    Instant now = Time.now();
    Map<String, Integer> equal = new HashMap<>();
    List<Made> made = new ArrayList<>();
    for (ImportedTime line : lines) {
      if (!line.errors().isEmpty()) {
        made.add(new Made(line, null, line.errors()));
        continue;
      }
      boolean byDay = line.start() == null;
      Instant start = local(line.day(), byDay ? LocalTime.MIN : line.start(), people);
      Span span = new Span(start, start.plus(line.took()));
      if (byDay && span.stoppedAt().isAfter(local(line.day().plusDays(1), LocalTime.MIN, people))) {
        made.add(
            new Made(line, null, List.of(new FieldError("line", "No day has so many hours."))));
        continue;
      }
      if (span.stoppedAt().isAfter(now)) {
        made.add(new Made(line, null, List.of(new FieldError("line", "This has not ended yet."))));
        continue;
      }
      String said = said(people.caller().firm(), line);
      int before = equal.merge(said, 1, Integer::sum);
      Instant midnight = line.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      String id = Ids.of(midnight, said + "\n" + before);
      Work work =
          new Work(people.firm(), line.customer(), line.service(), StaffRates.of(line.staff()));
      TimeEntry entry =
          TimeEntry.imported(
              id, line.staff(), work, span, byDay, line.hourlyRate(), line.billable(), line.note());
      made.add(new Made(line, entry, List.of()));
    }
    return made;
  }

  /**
   * A local time's instant. In the hour that a change from summer time repeats it is the first one;
   * in the one that a change to it leaves out, as much later.
   */
  private static Instant local(LocalDate day, LocalTime time, TimePeople people) {
    return day.atTime(time).atZone(people.zone()).toInstant();
  }

  /** All that tells a line from others, so that it is known when it comes again. */
  private static String said(String firm, ImportedTime line) {
    // Only what is new since is added where it is there: what came in earlier is known by it.
    String not = Boolean.FALSE.equals(line.billable()) ? "\nnot billable" : "";
    return String.join(
        "\n",
        firm,
        line.staff().staffId(),
        line.customer().customerId(),
        line.service().serviceId(),
        line.day().toString(),
        String.valueOf(line.start()),
        line.took().toString(),
        String.valueOf(line.hourlyRate()),
        line.note() + not);
  }

  /**
   * Adds the entries that are not there yet, or only says which those are.
   *
   * @return by id, whether an entry was not there
   * @throws Problem 409 {@code import-under-way} if another import keeps interfering
   */
  private Map<String, Boolean> bring(String firm, List<TimeEntry> entries, boolean dryRun) {
    Map<String, Boolean> added = new HashMap<>();
    for (List<TimeEntry> some : entries.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
      try {
        added.putAll(Retry.onConflict(TRIES, () -> some(firm, some, dryRun)));
      } catch (ConditionFailed overtaken) {
        throw Problem.of(
            409,
            "import-under-way",
            "Another import is under way. Wait until it has ended and send the file again: nothing"
                + " is made twice.");
      }
    }
    return added;
  }

  private Map<String, Boolean> some(String firm, List<TimeEntry> entries, boolean dryRun) {
    List<String> keys =
        entries.stream().map(entry -> TimeEntryItem.key(entry.timeEntryId())).toList();
    Map<String, Item> there = table.get(firm, keys);
    List<TimeEntry> missing =
        entries.stream()
            .filter(entry -> !there.containsKey(TimeEntryItem.key(entry.timeEntryId())))
            .toList();
    if (!dryRun && !missing.isEmpty()) {
      UnitOfWork addition = table.begin(firm);
      missing.forEach(entry -> addition.add(TimeEntryItem.createUndrafted(firm, entry)));
      addition.commit();
    }
    Map<String, Boolean> added = new HashMap<>();
    entries.forEach(entry -> added.put(entry.timeEntryId(), missing.contains(entry)));
    return added;
  }
}
