package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.storage.DocumentStore;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * All objects of the processor in Stripe's JSON format, each with its account. Code that reads an
 * object and then writes it must synchronize on this.
 */
final class StripeObjects {

  /**
   * One object of an account.
   *
   * @param account the connected account; empty for the platform
   * @param object in Stripe's format
   */
  record Entry(String account, ObjectNode object) {
    /** Its id. */
    String id() {
      return text("id");
    }

    /** A field as text; empty if it is null or missing. */
    String text(String field) {
      return object.path(field).isTextual() ? object.path(field).asText() : "";
    }

    /** A field as a whole number. */
    long number(String field) {
      return object.path(field).asLong();
    }
  }

  private final DocumentStore store;
  private final AtomicLong next;

  /** The ids of what there is of each kind: nobody reads all payments to find some refunds. */
  private final Map<String, NavigableSet<String>> byKind = new ConcurrentHashMap<>();

  StripeObjects(DocumentStore store) {
    this.store = store;
    Map<String, JsonNode> all = store.all();
    this.next = new AtomicLong(all.size());
    all.values().forEach(kept -> list(entry(kept)));
  }

  private void list(Entry entry) {
    byKind
        .computeIfAbsent(entry.text("object"), kind -> new ConcurrentSkipListSet<>())
        .add(entry.id());
  }

  /** A new id; ids of one kind sort by creation. */
  String id(String prefix) {
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    return "%s_%08d%s".formatted(prefix, next.getAndIncrement(), HexFormat.of().formatHex(random));
  }

  /**
   * Does work after which all that it changed and told is kept, or nothing of it if the process
   * ends before: Stripe loses no event either.
   */
  <T> T together(Supplier<T> work) {
    return store.together(work);
  }

  void put(Entry entry) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put("account", entry.account());
    kept.set("object", entry.object());
    store.put(entry.id(), kept);
    list(entry);
  }

  Optional<Entry> find(String id) {
    return store.get(id).map(StripeObjects::entry);
  }

  /**
   * An object of an account.
   *
   * @param kind as Stripe's {@code object} names it
   * @throws StripeError if the account has no such object
   */
  Entry get(String kind, String id, String account) {
    return find(id)
        .filter(entry -> entry.account().equals(account) && entry.text("object").equals(kind))
        .orElseThrow(() -> StripeError.missing(kind, id));
  }

  /** All objects of a kind, newest first. */
  List<Entry> newestFirst(String kind) {
    return byKind.getOrDefault(kind, Collections.emptyNavigableSet()).descendingSet().stream()
        .map(id -> find(id).orElseThrow())
        .toList();
  }

  private static Entry entry(JsonNode kept) {
    return new Entry(kept.path("account").asText(), (ObjectNode) kept.path("object"));
  }
}
