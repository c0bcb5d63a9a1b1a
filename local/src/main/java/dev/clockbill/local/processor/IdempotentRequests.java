package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.storage.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The answers to requests with an idempotency key. Like Stripe it keeps the first answer for a day,
 * errors of 500 included, and gives it again; another request under the same key is refused, and so
 * is one that comes while the first is being executed.
 *
 * <p>Source: Stripe's documentation, "Idempotent requests" and "Advanced error handling".
 */
final class IdempotentRequests {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int LONGEST_KEY = 255;
  private static final JsonMapper JSON = new JsonMapper();

  private final DocumentStore store;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  IdempotentRequests(DocumentStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Carries a request out, unless its key was used before.
   *
   * @param account the connected account; empty for the platform
   * @param execute may throw {@link StripeError}
   */
  Response once(Request request, String account, Supplier<Response> execute) {
    Optional<String> key =
        request.header("idempotency-key").filter(given -> request.method().equals("POST"));
    if (key.isEmpty()) {
      return execute.get();
    }
    if (key.get().length() > LONGEST_KEY) {
      throw StripeError.wrongParameter(
          "parameter_invalid",
          "idempotency_key",
          "Idempotency keys have at most " + LONGEST_KEY + " characters.");
    }
    String kept = account + "/" + key.get();
    if (!underWay.add(kept)) {
      throw StripeError.keyInUse(key.get());
    }
    try {
      String content = request.path() + "?" + request.text();
      return before(kept, content).orElseGet(() -> first(kept, content, execute));
    } finally {
      underWay.remove(kept);
    }
  }

  private Optional<Response> before(String kept, String content) {
    return store
        .get(kept)
        .filter(done -> Instant.parse(done.path("at").asText()).plus(KEPT).isAfter(clock.instant()))
        .map(
            done -> {
              if (!done.path("request").asText().equals(content)) {
                throw StripeError.otherParameters();
              }
              return Response.json(done.path("status").asInt(), read(done.path("answer").asText()))
                  .with("Idempotent-Replayed", "true");
            });
  }

  private Response first(String kept, String content, Supplier<Response> execute) {
    Response answer;
    try {
      answer = execute.get();
    } catch (StripeError refused) {
      if (!refused.isKept()) {
        throw refused;
      }
      answer = refused.answer();
    }
    store.put(
        kept,
        JsonNodeFactory.instance
            .objectNode()
            .put("request", content)
            .put("status", answer.status())
            .put("answer", new String(answer.body(), StandardCharsets.UTF_8))
            .put("at", clock.instant().toString()));
    return answer;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
