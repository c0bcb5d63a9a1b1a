package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.shared.Requests.Creation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private final Requests requests =
      new Requests(new Ledger(new Environment(Laptop.stack().environment("StartTimer"))));
  private final List<String> done = new ArrayList<>();

  private static Request request(String firm) {
    return new Request(
        "POST /timers",
        "/timers",
        Map.of(),
        Map.of(),
        Map.of("idempotency-key", "once"),
        "{}",
        Map.of("custom:firmId", firm),
        "1");
  }

  private Response create(Request request, String what, Runnable meanwhile) {
    return requests.create(
        request,
        () -> {
          meanwhile.run();
          String key = "TEST#" + what;
          Write write = Write.put(request.caller().firm(), key, Map.of()).ifAbsent();
          return new Creation(List.of(write), Response.json(201, what), () -> done.add(what));
        },
        refused -> refused);
  }

  @Test
  void ofTwoRequestsWithOneKeyAtOnceOnlyTheOneThatWroteGoesOn() {
    Request request = request(Ids.next());
    Response answer = create(request, "second", () -> create(request, "first", () -> {}));
    assertThat(answer).isEqualTo(Response.json(201, "first"));
    assertThat(done).containsExactly("first");
  }
}
