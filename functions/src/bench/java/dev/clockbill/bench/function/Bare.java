package dev.clockbill.bench.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.runtime.Recorder;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The calls of a function and nothing else: what was recorded of it is asked again. */
public final class Bare implements RequestStreamHandler {
  private static final byte[] DONE = "{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8);

  private final AwsService dynamoDb;
  private final AwsService stepFunctions;
  private final List<Map<String, Object>> calls;

  /** Reads what was recorded from the file that {@code RECORDED_CALLS} names. */
  public Bare() throws IOException {
    Environment environment = new Environment(System.getenv());
    this.dynamoDb = AwsService.dynamoDb(environment);
    this.stepFunctions = AwsService.stepFunctions(environment);
    String recorded = Files.readString(Path.of(environment.required("RECORDED_CALLS")));
    this.calls = Json.objects(Json.readObject(recorded), "calls");
  }

  /** What is written for a handler of this kind to read. */
  static String written(List<Recorder.Call> recorded) {
    return Json.write(
        Map.of(
            "calls",
            recorded.stream()
                .map(call -> Map.of("target", call.target(), "input", call.input()))
                .toList()));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    input.readAllBytes();
    for (Map<String, Object> call : calls) {
      String target = Json.text(call, "target");
      AwsService service = target.startsWith("DynamoDB") ? dynamoDb : stepFunctions;
      service.call(target.substring(target.indexOf('.') + 1), Json.object(call, "input"));
    }
    output.write(DONE);
  }
}
