package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.QueueEntry;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SQS: the standard queues of the template, also while the stack is not running. A function that
 * takes from one gets each message alone. One that it fails at is hidden for the queue's visibility
 * time-out and comes again; once it was received too often it goes to the queue for dead letters,
 * where it keeps its age (SQS' guide, "Using dead-letter queues").
 */
public final class Queues {
  private final Map<String, QueueEntry> queues;
  private final Invoker invoker;
  private final StackClock clock;
  private final DocumentStore messages;

  /** Keeps the messages in a store. */
  public Queues(
      List<QueueEntry> queues, Invoker invoker, StackClock clock, DocumentStore messages) {
    this.queues =
        queues.stream().collect(Collectors.toUnmodifiableMap(QueueEntry::arn, Function.identity()));
    this.invoker = invoker;
    this.clock = clock;
    this.messages = messages;
  }

  /** Continues with the messages that an earlier run has left. */
  public void resume() {
    messages.all().forEach((id, kept) -> expect(id, kept));
  }

  /** Puts a message into a queue, from which it is handed on at once. */
  public void send(String arn, String body) {
    String now = clock.instant().toString();
    put(
        UUID.randomUUID().toString(),
        JsonNodeFactory.instance
            .objectNode()
            .put("queue", arn)
            .put("body", body)
            .put("sentAt", now)
            .put("at", now)
            .put("receives", 0));
  }

  /** The bodies of the messages in a queue, the oldest first. */
  public List<String> bodies(String logicalId) {
    return in(logicalId).values().stream()
        .sorted((one, other) -> text(one, "sentAt").compareTo(text(other, "sentAt")))
        .map(message -> text(message, "body"))
        .toList();
  }

  /** Whether the template has a queue. */
  public boolean knows(String logicalId) {
    return queues.values().stream().anyMatch(queue -> queue.logicalId().equals(logicalId));
  }

  /**
   * Moves every message of a queue into another one, as {@code StartMessageMoveTask} does: there
   * they are new.
   *
   * @return how many
   */
  public int move(String from, String to) {
    Map<String, JsonNode> moved = in(from);
    String arn =
        queues.values().stream()
            .filter(queue -> queue.logicalId().equals(to))
            .map(QueueEntry::arn)
            .findFirst()
            .orElseThrow();
    moved.forEach(
        (id, message) -> {
          send(arn, text(message, "body"));
          messages.remove(id);
        });
    return moved.size();
  }

  private Map<String, JsonNode> in(String logicalId) {
    return messages.all().entrySet().stream()
        .filter(
            each -> {
              QueueEntry queue = queues.get(text(each.getValue(), "queue"));
              return queue != null
                  && queue.logicalId().equals(logicalId)
                  && !expired(queue, each.getValue());
            })
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void put(String id, ObjectNode message) {
    messages.put(id, message);
    expect(id, message);
  }

  /** Hands a message on when it is due, if a function takes from its queue. */
  private void expect(String id, JsonNode message) {
    Optional.ofNullable(queues.get(text(message, "queue")))
        .flatMap(QueueEntry::consumer)
        .ifPresent(
            consumer -> {
              Instant at = Instant.parse(text(message, "at"));
              if (at.isAfter(clock.instant())) {
                clock.at(at, consumer, () -> receive(id));
              } else {
                clock.run(consumer, () -> receive(id));
              }
            });
  }

  private void receive(String id) {
    Optional<JsonNode> found = messages.get(id);
    if (found.isEmpty()) {
      return;
    }
    ObjectNode message = (ObjectNode) found.get();
    QueueEntry queue = queues.get(text(message, "queue"));
    if (expired(queue, message)) {
      messages.remove(id);
      return;
    }
    int receives = message.path("receives").asInt();
    if (queue.redrive().filter(redrive -> receives >= redrive.mostReceives()).isPresent()) {
      put(id, message.put("queue", queue.redrive().get().to()).put("receives", 0));
      return;
    }
    try {
      invoker.invoke(queue.consumer().orElseThrow(), event(queue, id, message));
      messages.remove(id);
    } catch (FunctionFailed failed) {
      System.err.println(
          "%s failed: %s: %s (its message comes again in %s min)"
              .formatted(
                  queue.consumer().orElseThrow(),
                  failed.errorType(),
                  failed.getMessage(),
                  queue.visibility().toMinutes()));
      Instant again = clock.instant().plus(queue.visibility());
      put(id, message.put("receives", receives + 1).put("at", again.toString()));
    }
  }

  private boolean expired(QueueEntry queue, JsonNode message) {
    return !Instant.parse(text(message, "sentAt")).plus(queue.retention()).isAfter(clock.instant());
  }

  private static byte[] event(QueueEntry queue, String id, JsonNode message) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", id)
        .put("receiptHandle", UUID.randomUUID().toString())
        .put("body", text(message, "body"))
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", queue.arn())
        .put("awsRegion", "eu-central-1");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JsonNode message, String field) {
    return message.path(field).asText();
  }
}
