package dev.clockbill.local;

import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.processor.Processor;
import dev.clockbill.local.processor.ProcessorSettings;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.time.RunningClock;
import java.net.URI;
import java.util.Map;

/**
 * Starts the stand-in of the payment processor alone, for a stage that runs elsewhere, such as in
 * an emulator of AWS. It keeps nothing.
 *
 * <p>System properties: {@code port}, {@code webhook} (the address that its events go to), {@code
 * key} and {@code webhookSecret} (the secrets that it shares with the stage), {@code endWithParent}
 * ({@code true} ends it with the process that started it).
 */
public final class ProcessorMain {
  private ProcessorMain() {}

  /** Starts it; it runs until the process ends. */
  public static void main(String[] arguments) {
    if (Boolean.getBoolean("endWithParent")) {
      Main.endWithParent();
    }
    HttpServer http = HttpServer.bind(Integer.parseInt(given("port")));
    DataFile data = DataFile.inMemory();
    Processor processor =
        new Processor(
            new ProcessorSettings(
                "http://localhost:" + http.port(),
                URI.create(given("webhook")),
                given("key"),
                given("webhookSecret")),
            data,
            new RunningClock(data.store("clock")),
            new Faults());
    Router router =
        new Router()
            .include(processor.controls())
            .include(processor.pages())
            .include(processor.api());
    http.serve(
        request ->
            router
                .answer(request)
                .orElseGet(() -> Response.json(404, Map.of("message", "Not Found"))));
    processor.begin();
  }

  private static String given(String property) {
    String value = System.getProperty(property, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Give -D" + property + "=.");
    }
    return value;
  }
}
