package dev.clockbill.imports;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file that was sent, and what was asked with it.
 *
 * @param asked what the query says
 * @param columns what the file's columns are
 * @param names of the columns from which a person may choose
 * @param lines those to be read: none as long as it is not known what they say
 */
public record Upload(
    ImportRequest asked, Columns columns, List<String> names, List<ImportFile.Line> lines) {

  /**
   * Reads the file of a request.
   *
   * @param known returns the column for a name
   * @param names from which a person may choose
   * @param required of each thing that is needed, the fields that may bring it
   * @throws Problem 400 if it is none; unless it is a dry run, also if there are columns of which
   *     nobody says what they are, or if one is missing
   */
  public static Upload read(
      Request request,
      Function<String, Optional<ImportColumn>> known,
      List<String> names,
      List<List<String>> required) {
    ImportRequest asked = ImportRequest.of(request);
    ImportFile file =
        ImportFile.read(
            Encoding.text(request, asked.charset()), label -> known.apply(label).isPresent());
    Columns columns = Columns.of(file, asked.columns(), known, required);
    if (!asked.dryRun()) {
      columns.check();
    }
    return new Upload(
        asked, columns, names, columns.missing().isEmpty() ? file.lines() : List.of());
  }

  /** The lines' cells. */
  public List<Cells> cells() {
    return lines.stream().map(line -> Cells.of(line, columns)).toList();
  }

  /** The answer: what became of each line. */
  public Response answer(List<Map<String, Object>> outcomes) {
    return answer(outcomes, List.of());
  }

  /**
   * The same with questions that are to be answered before.
   *
   * @param questions each with {@code name}, {@code choices} and {@code samples}
   */
  public Response answer(List<Map<String, Object>> outcomes, List<Map<String, Object>> questions) {
    return Response.json(
        200,
        Json.object(
            "columns",
            columns.json(),
            "missing",
            columns.missing(),
            "names",
            names,
            "questions",
            questions,
            "lines",
            outcomes));
  }
}
