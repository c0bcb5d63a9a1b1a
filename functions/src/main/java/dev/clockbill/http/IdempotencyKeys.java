package dev.clockbill.http;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Sha256;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests that carry an {@code Idempotency-Key}: the first one creates and keeps its answer in the
 * same transaction; a repetition gets that answer.
 */
public final class IdempotencyKeys {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int LONGEST = 255;

  private final Table table;

  /** Keeps the answers in this table. */
  public IdempotencyKeys(Table table) {
    this.table = table;
  }

  /**
   * What a request creates, and what it then answers.
   *
   * @param work at most 99 writes
   * @param response the answer once they are written; kept if its status is 2xx
   */
  public record Creation(UnitOfWork work, Response response) {}

  /**
   * Creates once for each key; without a key it simply creates. After a conflict it begins again.
   *
   * @param create prepares one attempt; it may refuse with a {@link Problem}, and then the key
   *     stays unused
   * @throws Problem 422 {@code idempotency-key-reused} if another body came with the key before
   */
  public Response create(Request request, Supplier<Creation> create) {
    Optional<Key> key = Key.of(request);
    return Retry.onConflict(
        () -> key.map(known -> createOnce(known, create)).orElseGet(() -> create(create.get())));
  }

  private Response create(Creation creation) {
    creation.work().commit();
    return creation.response();
  }

  private Response createOnce(Key key, Supplier<Creation> create) {
    Optional<Response> before = kept(key);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      Creation creation = create.get();
      creation.work().add(key.keeps(creation.response()));
      return create(creation);
    } catch (Problem | ConditionFailed inTheWay) {
      // The first request with this key may have created what stands in the way.
      return kept(key).orElseThrow(() -> inTheWay);
    }
  }

  private Optional<Response> kept(Key key) {
    return table.get(key.firm(), key.item()).flatMap(key::answered);
  }

  /**
   * A key as a request carries it.
   *
   * @param item the sort key under which its answer is kept
   * @param body the hash of the request's body
   */
  private record Key(String firm, String item, String body) {
    static Optional<Key> of(Request request) {
      return request
          .header("idempotency-key")
          .map(
              key -> {
                if (key.isBlank() || key.length() > LONGEST) {
                  throw Problem.invalid(
                      "Idempotency-Key", "This has to have 1 to " + LONGEST + " characters.");
                }
                return new Key(
                    request.caller().firm(),
                    "REQUEST#" + Sha256.hex(request.route() + " " + request.path() + " " + key),
                    Sha256.hex(request.body()));
              });
    }

    Write keeps(Response response) {
      Instant now = Time.now();
      return Write.put(
              firm,
              item,
              Json.object(
                  "body", body,
                  "status", response.status(),
                  "headers", response.headers(),
                  "answer", response.body(),
                  "keptUntil", now.plus(KEPT),
                  "expiresAt", now.plus(KEPT).getEpochSecond()))
          .ifAbsentOrBelow("keptUntil", now);
    }

    /** The answer that is kept, unless it is too old. */
    Optional<Response> answered(Item kept) {
      if (!kept.instant("keptUntil").isAfter(Time.now())) {
        return Optional.empty();
      }
      if (!kept.text("body").equals(body)) {
        throw Problem.of(
            422,
            "idempotency-key-reused",
            "This Idempotency-Key came with another body before. Send a new key with a new"
                + " request.");
      }
      Map<String, String> headers = new LinkedHashMap<>();
      Item keptHeaders = kept.object("headers");
      keptHeaders.attributes().keySet().forEach(name -> headers.put(name, keptHeaders.text(name)));
      return Optional.of(
          new Response(
              Math.toIntExact(kept.number("status")), headers, kept.text("answer"), false));
    }
  }
}
