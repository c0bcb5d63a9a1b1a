package dev.clockbill.invoice.draft;

import dev.clockbill.firm.Service;
import dev.clockbill.http.Fields;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Line;
import dev.clockbill.shared.Ids;
import dev.clockbill.timer.TimeEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One line as a request asks for it. */
sealed interface LineRequest {
  /** The most minutes that a line may bill: more than anybody needs, and far from overflowing. */
  long MOST_MINUTES = 100_000_000;

  /** A line that the draft has, with the request's changes applied. */
  record Kept(Line line) implements LineRequest {}

  /**
   * A new line of a fixed amount.
   *
   * @param usualPrice whether its price is that of its service, since the request states none
   */
  record Fixed(Line line, boolean usualPrice) implements LineRequest {}

  /**
   * A new line that bills an entry's time.
   *
   * @param field where the request names it
   */
  record Time(String timeEntryId, String field) implements LineRequest {}

  /**
   * Reads the lines that are to replace all lines of a draft. Errors are noted in the fields.
   *
   * @param present the draft's lines
   * @param named the ids that the request names elsewhere; those of its lines are added
   * @param services those of {@link #serviceIds}, by their ids
   * @return empty if the request does not name lines
   */
  static Optional<List<LineRequest>> read(
      Fields fields, List<Line> present, Set<String> named, Map<String, Service> services) {
    fields.notNull("lines");
    Map<String, Line> byId = byId(present);
    return fields
        .objects("lines", Invoice.MOST_LINES)
        .map(
            lines -> {
              List<LineRequest> wanted = new ArrayList<>();
              for (Fields line : lines) {
                LineRequest one = one(line, byId, named, services);
                line.check();
                if (one != null) {
                  wanted.add(one);
                }
              }
              return wanted;
            });
  }

  /**
   * The ids of services that lines of a request newly name. What is wrong with the request is said
   * by {@link #read}.
   *
   * @param present the draft's lines
   */
  static Set<String> serviceIds(Fields fields, List<Line> present) {
    Map<String, Line> byId = byId(present);
    Set<String> ids = new LinkedHashSet<>();
    for (Fields line : fields.objects("lines", Invoice.MOST_LINES).orElse(List.of())) {
      String serviceId = line.id("serviceId");
      Line there = byId.get(line.id("lineId"));
      if (Ids.looksLikeOne(serviceId) && (there == null || !there.bills(serviceId))) {
        ids.add(serviceId);
      }
    }
    return ids;
  }

  private static Map<String, Line> byId(List<Line> lines) {
    Map<String, Line> byId = new HashMap<>();
    lines.forEach(line -> byId.put(line.lineId(), line));
    return byId;
  }

  private static LineRequest one(
      Fields line, Map<String, Line> byId, Set<String> named, Map<String, Service> services) {
    String lineId = line.id("lineId");
    if (lineId != null) {
      Line present = byId.get(lineId);
      if (present == null) {
        ignoreAll(line);
        return line.refuse("lineId", "This invoice has no such line.");
      }
      return unlessTwice(line, "lineId", kept(line, present, services), present, named);
    }
    line.notNull("lineId");
    String timeEntryId = line.id("timeEntryId");
    if (timeEntryId != null) {
      line.choice("kind", Line.Kind.TIME.word());
      return named.add(timeEntryId)
          ? new Time(timeEntryId, line.path("timeEntryId"))
          : line.refuse("timeEntryId", "This time is named twice.");
    }
    if (line.choice("kind", Line.Kind.FIXED.word()) == null && !line.has("kind")) {
      line.refuse("kind", "Send kind \"fixed\", or the lineId or timeEntryId of a line.");
    }
    line.notNull("kind", "taxable");
    return new FixedFields(line, services).created();
  }

  private static LineRequest unlessTwice(
      Fields line, String field, Line kept, Line present, Set<String> named) {
    boolean lineTwice = !named.add(present.lineId());
    boolean timeTwice = present.timeEntryId() != null && !named.add(present.timeEntryId());
    return lineTwice || timeTwice
        ? line.refuse(field, "This line is named twice.")
        : new Kept(kept);
  }

  private static Line kept(Fields line, Line present, Map<String, Service> services) {
    line.notNull("description", "taxable");
    return switch (present.kind()) {
      case TIME -> {
        String description = or(line.text("description", Line.DESCRIPTION), present.description());
        boolean taxable = or(line.bool("taxable"), present.taxable());
        line.notNull("billedMinutes", "hourlyRate");
        Long minutes = or(line.number("billedMinutes", 0, MOST_MINUTES), present.billedMinutes());
        Long rate = or(line.number("hourlyRate", 0, Fields.MOST), present.hourlyRate());
        ignoreAll(line);
        yield present.edited(description, minutes, rate, taxable);
      }
      case FIXED -> {
        Line edited = new FixedFields(line, services).merged(present);
        ignoreAll(line);
        yield edited;
      }
    };
  }

  /** What a response shows of a line and a request cannot set. */
  private static void ignoreAll(Fields line) {
    line.ignore(
        "kind",
        "description",
        "timeEntryId",
        "serviceId",
        "serviceName",
        "staffId",
        "staffName",
        "workedOn",
        "measuredSeconds",
        "billedMinutes",
        "hourlyRate",
        "quantity",
        "unitAmount",
        "taxable",
        "amount");
  }

  static <T> T or(T wanted, T present) {
    return wanted == null ? present : wanted;
  }

  /** The line that a request comes to. */
  default Line line(Map<String, TimeEntry> time) {
    return switch (this) {
      case Kept kept -> kept.line();
      case Fixed fixed -> fixed.line();
      case Time added -> Line.ofTime(time.get(added.timeEntryId()));
    };
  }
}
