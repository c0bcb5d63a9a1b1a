package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.time.StackTime;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.RehearsedInvocation;
import dev.clockbill.shared.TimeLeft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to a processor that is slow, or whose key is replaced; a small server stands in. */
class ProcessorCallsTest {
  private final HttpServer server = HttpServer.bind(0);
  private final List<String> keysSeen = new CopyOnWriteArrayList<>();

  /** What the parameter holds. */
  private volatile String kept = "sk_test_old";

  /** What the processor accepts. */
  private volatile String accepted = "sk_test_old";

  private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");

  @BeforeEach
  void serve() {
    server.serve(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Response answer(Request request) {
    if (request.header("x-amz-target").isPresent()) {
      return Response.json(200, Map.of("Parameter", Map.of("Name", "key", "Value", kept)));
    }
    String key = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    keysSeen.add(key);
    return key.equals(accepted)
        ? Response.json(200, Map.of("id", "acct_1", "object", "account", "charges_enabled", true))
        : Response.json(
            401,
            Map.of("error", Map.of("type", "invalid_request_error", "message", "Invalid API Key")));
  }

  private Processor processor(String apiBase) {
    return new Processor(
        new Environment(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_SSM", server.address(),
                "PROCESSOR_KEY_PARAMETER", "key",
                "PROCESSOR_API_BASE", apiBase)));
  }

  private <T> T atTheTime(Callable<T> task) throws Exception {
    return StackTime.callWith(() -> now, task);
  }

  @Test
  void aRotatedKeyIsNoticedAndTheCallRepeated() throws Exception {
    Processor processor = processor(server.address());
    atTheTime(() -> processor.account("acct_1"));
    kept = "sk_test_new";
    accepted = "sk_test_new";
    now = now.plus(Duration.ofMinutes(2));
    assertThat(atTheTime(() -> processor.account("acct_1")).chargesEnabled()).isTrue();
    assertThat(keysSeen).containsExactly("sk_test_old", "sk_test_old", "sk_test_new");
  }

  @Test
  void aKeyThatIsWrongIsTriedOnceMoreAtMost() {
    accepted = "sk_test_other";
    Processor processor = processor(server.address());
    for (int call = 1; call <= 2; call++) {
      now = now.plus(Duration.ofMinutes(2));
      assertThatThrownBy(() -> atTheTime(() -> processor.account("acct_1")))
          .isInstanceOfSatisfying(
              ProcessorFailed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(ProcessorFailed.Kind.KEY_REFUSED);
                assertThat(failed.spendsKey()).isFalse();
              });
    }
    assertThat(keysSeen).hasSize(2);
  }

  /**
   * A conflict with another request says nothing about this one, and neither does a failure outside
   * of Stripe. Source: Stripe's API reference, "Errors", HTTP status codes 409 and 424.
   */
  @Test
  void aConflictIsNoRefusal() {
    assertThat(failed(409, null).kind()).isEqualTo(ProcessorFailed.Kind.BUSY);
    assertThat(failed(409, "idempotency_key_in_use").kind()).isEqualTo(ProcessorFailed.Kind.BUSY);
    assertThat(failed(429, "lock_timeout").kind()).isEqualTo(ProcessorFailed.Kind.BUSY);
    assertThat(failed(424, null).kind()).isEqualTo(ProcessorFailed.Kind.BROKEN);
    assertThat(failed(400, "charge_already_refunded").refused()).isTrue();
  }

  private static ProcessorFailed failed(int status, String code) {
    return new ProcessorFailed(
        new InvalidRequestException("no", null, "req_1", code, status, null));
  }

  @Test
  void allCallsOfARequestTogetherTakeNoLongerThanItsTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Processor processor = processor("http://127.0.0.1:" + silent.getLocalPort());
      long begun = System.nanoTime();
      List<ProcessorFailed.Kind> failures = new ArrayList<>();
      TimeLeft.within(
          Duration.ofMillis(1_500),
          new RehearsedInvocation(20_000),
          () -> {
            for (int call = 1; call <= 3; call++) {
              try {
                processor.account("acct_1");
              } catch (ProcessorFailed failed) {
                failures.add(failed.kind());
              }
            }
          });
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(failures).hasSize(3).containsOnly(ProcessorFailed.Kind.NO_ANSWER);
      assertThat(taken).isLessThan(Duration.ofMillis(2_500));
    }
  }

  @Test
  void whatLambdaGivesIsNeverUsedUp() {
    TimeLeft.within(
        Duration.ofSeconds(10),
        new RehearsedInvocation(3_000),
        () -> assertThat(TimeLeft.now()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
    TimeLeft.within(
        Duration.ofSeconds(10),
        new RehearsedInvocation(1_000),
        () -> assertThat(TimeLeft.now()).isEqualTo(Duration.ZERO));
  }
}
