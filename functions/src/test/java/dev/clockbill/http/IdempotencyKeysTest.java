package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnStack
class IdempotencyKeysTest {
  private final Table table = new Table(new Environment(Laptop.stack().environment("StartTimer")));
  private final IdempotencyKeys keys = new IdempotencyKeys(table);
  private final List<String> done = new ArrayList<>();

  private static Request request(String firm) {
    return new Request(
        "POST /timers",
        "/timers",
        Map.of(),
        Map.of(),
        Map.of("idempotency-key", "once"),
        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Map.of("custom:firmId", firm),
        "1",
        null);
  }

  private Response create(Request request, String what, Runnable meanwhile) {
    return keys.create(
        request,
        () -> {
          meanwhile.run();
          String key = "TEST#" + what;
          Write write = Write.put(request.caller().firm(), key, Map.of()).ifAbsent();
          return new Creation(
              table.begin(request.caller().firm()).add(write).afterwards(() -> done.add(what)),
              Response.json(201, what));
        });
  }

  @Test
  void ofTwoRequestsWithOneKeyAtOnceOnlyTheOneThatWroteGoesOn() {
    Request request = request(Ids.next());
    Response answer = create(request, "second", () -> create(request, "first", () -> {}));
    assertThat(answer).isEqualTo(Response.json(201, "first"));
    assertThat(done).containsExactly("first");
  }
}
