package dev.clockbill.firm;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.shared.Json;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Gatherers;

/**
 * Brings in the lines of a file: what is there already stays, what is not is added, what is wrong
 * is refused and stops nothing else.
 *
 * <p>It adds up to 99 in one transaction, and each of those counts a round of the firm's imports
 * on. So two imports at once make nothing twice: the one that comes too late looks again at what is
 * there.
 */
final class Importing {
  private static final int AT_ONCE = 99;
  private static final int TRIES = 20;

  private final Table table;

  Importing(Table table) {
    this.table = table;
  }

  /** What becomes of a line. */
  enum Fate {
    /** It was not there, and is added. */
    CREATED,
    /** It is there, as the line says. */
    UNCHANGED,
    /** It is wrong, or there in another shape; nothing is done. */
    REFUSED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A line and what becomes of it. */
  private record Fated<T>(ImportedLine<T> line, Fate fate, List<FieldError> errors) {
    Map<String, Object> json(ImportKind<T> kind) {
      Map<String, Object> json = Json.object("line", line.number());
      if (line.thing() != null) {
        json.putAll(kind.shown(line.thing()));
      }
      json.put("fate", fate.word());
      json.put("errors", errors.stream().map(Importing::json).toList());
      return json;
    }
  }

  /**
   * Brings lines in, or only tells what would become of them.
   *
   * @return what became of each, as answers have it
   * @throws Problem 409 {@code import-under-way} if others were quicker again and again
   */
  <T> List<Map<String, Object>> bring(
      String firm, ImportKind<T> kind, List<ImportedLine<T>> lines, boolean dryRun) {
    try {
      return Retry.onConflict(TRIES, () -> fates(firm, kind, lines, dryRun)).stream()
          .map(fated -> fated.json(kind))
          .toList();
    } catch (ConditionFailed overtaken) {
      throw Problem.of(
          409,
          "import-under-way",
          "Another import is under way. Wait until it has ended and send the file again: nothing is"
              + " made twice.");
    }
  }

  private <T> List<Fated<T>> fates(
      String firm, ImportKind<T> kind, List<ImportedLine<T>> lines, boolean dryRun) {
    // Read before what it guards: whatever another import adds later moves it.
    long round = table.get(firm, key(kind)).map(item -> item.number("round")).orElse(0L);
    Map<String, T> there = there(firm, kind);
    List<T> missing =
        lines.stream()
            .filter(line -> line.thing() != null)
            .map(ImportedLine::thing)
            .filter(thing -> there.putIfAbsent(kind.identity(thing), thing) == null)
            .toList();
    if (!dryRun) {
      add(firm, kind, missing, round);
    }
    return lines.stream().map(line -> fated(kind, line, there)).toList();
  }

  private <T> void add(String firm, ImportKind<T> kind, List<T> missing, long before) {
    long round = before;
    for (List<T> some : missing.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
      List<Write> writes = new ArrayList<>();
      writes.add(
          Write.upsert(firm, key(kind))
              .ifEquals("round", round == 0 ? null : (Object) round)
              .set("round", round + 1));
      some.forEach(thing -> writes.add(kind.creation(firm, thing)));
      table.write(writes);
      round++;
    }
  }

  private static String key(ImportKind<?> kind) {
    return "IMPORT#" + kind.prefix();
  }

  private <T> Map<String, T> there(String firm, ImportKind<T> kind) {
    Map<String, T> there = new HashMap<>();
    table.family(firm, kind.prefix()).stream()
        .map(kind::of)
        .forEach(thing -> there.putIfAbsent(kind.identity(thing), thing));
    return there;
  }

  /** A line's fate, where what it stands for is there now, by this line or by another. */
  private static <T> Fated<T> fated(
      ImportKind<T> kind, ImportedLine<T> line, Map<String, T> there) {
    if (line.thing() == null) {
      return new Fated<>(line, Fate.REFUSED, line.errors());
    }
    T same = there.get(kind.identity(line.thing()));
    if (kind.id(same).equals(kind.id(line.thing()))) {
      return new Fated<>(line, Fate.CREATED, List.of());
    }
    List<FieldError> errors =
        line.differing(same, kind).stream()
            .map(
                field ->
                    new FieldError(
                        field,
                        "It is there already, with something else here. An import only adds:"
                            + " change it in its place."))
            .toList();
    return new Fated<>(line, errors.isEmpty() ? Fate.UNCHANGED : Fate.REFUSED, errors);
  }

  private static Map<String, Object> json(FieldError error) {
    return Json.object("field", error.field(), "message", error.message());
  }
}
