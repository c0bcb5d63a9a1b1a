package dev.clockbill.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that carry an {@code Idempotency-Key}: the first one creates and keeps its answer in the
 * same transaction; a repetition gets that answer.
 */
public final class Requests {
  private static final Duration KEPT = Duration.ofHours(24);

  private final Ledger ledger;

  /** Keeps the answers in this ledger. */
  public Requests(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What a request is going to write, and what it then answers.
   *
   * @param writes at most 99
   * @param response the answer once they are written; kept if its status is 2xx
   * @param then what is to be done once they are written, by whoever wrote them
   */
  public record Creation(List<Write> writes, Response response, Runnable then) {
    /** Nothing is to be done then. */
    public Creation(List<Write> writes, Response response) {
      this(writes, response, () -> {});
    }
  }

  /**
   * Creates once for each key. Without a key it simply creates.
   *
   * @param create prepares the writes; it may refuse with a {@link Problem}, and then the key stays
   *     unused
   * @param refused told when a condition of the writes fails and the key was not used meanwhile;
   *     the places of its outcomes are those of the writes
   * @throws Problem 422 {@code idempotency-key-reused} if another body came with the key before
   */
  public Response create(
      Request request,
      Supplier<Creation> create,
      Function<WriteRefused, RuntimeException> refused) {
    Optional<String> key = request.header("idempotency-key");
    if (key.isEmpty()) {
      Creation creation = create.get();
      write(creation.writes(), refused);
      creation.then().run();
      return creation.response();
    }
    if (key.get().isBlank() || key.get().length() > 255) {
      throw Problem.invalid("Idempotency-Key", "This has to have 1 to 255 characters.");
    }
    String firm = request.caller().firm();
    String item = "REQUEST#" + hash(request.route() + " " + request.path() + " " + key.get());
    String body = hash(request.body());
    Optional<Response> before = ledger.get(firm, item).flatMap(kept -> replayed(kept, body));
    return before.orElseGet(() -> createOnce(firm, item, body, create, refused));
  }

  private Response createOnce(
      String firm,
      String item,
      String body,
      Supplier<Creation> create,
      Function<WriteRefused, RuntimeException> refused) {
    Creation creation;
    try {
      creation = create.get();
    } catch (Problem inTheWay) {
      // It may be what the first request with this key has made meanwhile.
      return ledger
          .get(firm, item)
          .flatMap(kept -> replayed(kept, body))
          .orElseThrow(() -> inTheWay);
    }
    Instant now = Time.now();
    List<Write> writes = new ArrayList<>(creation.writes());
    writes.add(
        Write.put(
                firm,
                item,
                Json.object(
                    "body", body,
                    "status", creation.response().status(),
                    "headers", creation.response().headers(),
                    "answer", creation.response().body(),
                    "keptUntil", now.plus(KEPT),
                    "expiresAt", now.plus(KEPT).getEpochSecond()))
            .ifAbsentOrBelow("keptUntil", now));
    try {
      ledger.write(writes);
    } catch (WriteRefused failed) {
      return failed
          .old(writes.size() - 1)
          .flatMap(kept -> replayed(kept, body))
          .orElseThrow(() -> refused.apply(failed));
    }
    creation.then().run();
    return creation.response();
  }

  private void write(List<Write> writes, Function<WriteRefused, RuntimeException> refused) {
    try {
      if (writes.size() == 1) {
        ledger.write(writes.getFirst());
      } else {
        ledger.write(writes);
      }
    } catch (WriteRefused failed) {
      throw refused.apply(failed);
    }
  }

  private static Optional<Response> replayed(Item kept, String body) {
    if (!kept.instant("keptUntil").isAfter(Time.now())) {
      return Optional.empty();
    }
    if (!kept.text("body").equals(body)) {
      throw Problem.of(
          422,
          "idempotency-key-reused",
          "This Idempotency-Key came with another body before. Send a new key with a new request.");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    Item keptHeaders = kept.object("headers");
    keptHeaders.attributes().keySet().forEach(name -> headers.put(name, keptHeaders.text(name)));
    return Optional.of(
        new Response(Math.toIntExact(kept.number("status")), headers, kept.text("answer"), false));
  }

  /** The SHA-256 of a text, in hexadecimal. */
  public static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
