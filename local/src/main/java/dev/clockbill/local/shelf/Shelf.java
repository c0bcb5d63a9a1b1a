package dev.clockbill.local.shelf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Documents by key, in the order of their keys; what is put is on disk when the call returns. */
public final class Shelf {
  private static final JsonMapper JSON = new JsonMapper();

  private final MVStore store;
  private final MVMap<String, String> documents;

  Shelf(MVStore store, String name) {
    this.store = store;
    this.documents = store.openMap(name);
  }

  /** Keeps a document under a key, in place of what was there. */
  public void put(String key, JsonNode document) {
    documents.put(key, document.toString());
    store.commit();
  }

  /** The document under a key. */
  public Optional<JsonNode> get(String key) {
    return Optional.ofNullable(documents.get(key)).map(Shelf::parse);
  }

  /** Removes what is under a key, if anything is. */
  public void remove(String key) {
    documents.remove(key);
    store.commit();
  }

  /** All documents, in the order of their keys. */
  public Map<String, JsonNode> all() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    documents.forEach((key, document) -> all.put(key, parse(document)));
    return all;
  }

  private static JsonNode parse(String document) {
    try {
      return JSON.readTree(document);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
