package dev.clockbill.imports;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Problem.FieldError;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Imports the lines of a file: it adds what does not exist yet, leaves what exists as it is, and
 * refuses wrong lines without stopping at them.
 *
 * <p>It adds up to 99 in one transaction, and each transaction increases the firm's count of import
 * rounds. So two imports at once create nothing twice: the later one fails on the count and reads
 * again what exists.
 */
public final class Importer {
  private static final int AT_ONCE = 99;
  private static final int TRIES = 20;

  private final Table table;

  /** Adds to this table. */
  public Importer(Table table) {
    this.table = table;
  }

  /** A line and what becomes of it. */
  private record Outcome<T>(ImportedLine<T> line, Fate fate, List<FieldError> errors) {
    Map<String, Object> json(ImportKind<T> kind) {
      Map<String, Object> json = Json.object("line", line.number());
      if (line.parsed() != null) {
        json.putAll(kind.shown(line.parsed()));
      } else if (line.values().containsKey("name")) {
        json.put("name", line.values().get("name"));
      }
      json.putAll(fate.json(errors));
      if (fate == Fate.CREATED) {
        kind.hint(line.parsed()).ifPresent(hint -> json.put("hint", hint));
      }
      return json;
    }
  }

  /**
   * Answers a request with a file: imports its lines, or only says what would become of them.
   *
   * @throws Problem 400 if the file is none, or holds columns of which nobody says what they are;
   *     409 {@code import-under-way} if other imports keep interfering
   */
  public <T> Response answer(Request request, ImportKind<T> any) {
    Upload upload = Upload.read(request, any::column, any.names(), any.required());
    ImportKind<T> kind = any.ofFile(upload.columns().fields());
    List<ImportedLine<T>> lines =
        upload.lines().stream().map(line -> ImportedLine.of(line, upload.columns(), kind)).toList();
    return upload.answer(bring(request.caller().firm(), kind, lines, upload.asked().dryRun()));
  }

  private <T> List<Map<String, Object>> bring(
      String firm, ImportKind<T> kind, List<ImportedLine<T>> lines, boolean dryRun) {
    try {
      return Retry.onConflict(TRIES, () -> outcomes(firm, kind, lines, dryRun)).stream()
          .map(outcome -> outcome.json(kind))
          .toList();
    } catch (ConditionFailed overtaken) {
      throw Problem.of(
          409,
          "import-under-way",
          "Another import is under way. Wait until it has ended and send the file again: nothing is"
              + " made twice.");
    }
  }

  private <T> List<Outcome<T>> outcomes(
      String firm, ImportKind<T> kind, List<ImportedLine<T>> lines, boolean dryRun) {
    // Read first: another import that adds something after this read increases it.
    long round = table.get(firm, key(kind)).map(item -> item.number("round")).orElse(0L);
    Map<String, List<T>> existing =
        table.family(firm, kind.prefix()).stream()
            .map(kind::of)
            .collect(Collectors.groupingBy(kind::identity));
    List<T> missing =
        lines.stream()
            .filter(line -> line.parsed() != null)
            .map(ImportedLine::parsed)
            .filter(value -> existing.putIfAbsent(kind.identity(value), List.of(value)) == null)
            .toList();
    if (!dryRun) {
      add(firm, kind, missing, round);
    }
    return lines.stream().map(line -> outcome(kind, line, existing)).toList();
  }

  private <T> void add(String firm, ImportKind<T> kind, List<T> missing, long before) {
    long round = before;
    for (List<T> some : missing.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
      UnitOfWork addition = table.begin(firm);
      addition.add(
          Write.upsert(firm, key(kind))
              .ifEquals("round", round == 0 ? null : (Object) round)
              .set("round", round + 1));
      some.forEach(value -> addition.add(kind.creation(firm, value)));
      addition.commit();
      round++;
    }
  }

  private static String key(ImportKind<?> kind) {
    return "IMPORT#" + kind.prefix();
  }

  /**
   * What became of a line, given what exists now, by this line or by another. Where it may be
   * several, it is the one from which it differs least.
   */
  private static <T> Outcome<T> outcome(
      ImportKind<T> kind, ImportedLine<T> line, Map<String, List<T>> existing) {
    if (line.parsed() == null) {
      return new Outcome<>(line, Fate.REFUSED, line.errors());
    }
    List<T> same = existing.get(kind.identity(line.parsed()));
    if (same.stream().map(kind::id).anyMatch(kind.id(line.parsed())::equals)) {
      return new Outcome<>(line, Fate.CREATED, List.of());
    }
    List<FieldError> errors =
        same.stream()
            .map(one -> line.differing(one, kind))
            .min(Comparator.comparingInt(List::size))
            .orElseThrow()
            .stream()
            .map(
                field ->
                    new FieldError(
                        field,
                        "It is there already, with something else here. An import only adds:"
                            + " change it in its place."))
            .toList();
    return new Outcome<>(line, errors.isEmpty() ? Fate.UNCHANGED : Fate.REFUSED, errors);
  }
}
