package dev.clockbill.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;

/** JSON documents by key, in key order. A document is on disk when {@link #put} returns. */
public final class DocumentStore {
  private static final JsonMapper JSON = new JsonMapper();

  private final DataFile file;

  /** JSON in UTF-8; what earlier stacks have kept is text. */
  private final MVMap<String, Object> documents;

  DocumentStore(DataFile file, MVMap<String, Object> documents) {
    this.file = file;
    this.documents = documents;
  }

  /** Stores a document and replaces an earlier one with the same key. */
  public void put(String key, JsonNode document) {
    byte[] written = document.toString().getBytes(StandardCharsets.UTF_8);
    file.together(() -> documents.put(key, written));
  }

  /**
   * Does work whose changes of documents, of this part and of others, are all on disk when this
   * returns, or none of them is if the process ends before.
   */
  public <T> T together(Supplier<T> work) {
    return file.together(work);
  }

  /** The document with this key. */
  public Optional<JsonNode> get(String key) {
    return Optional.ofNullable(documents.get(key)).map(DocumentStore::parse);
  }

  /** Removes a document if it exists. */
  public void remove(String key) {
    file.together(() -> documents.remove(key));
  }

  /** All documents in key order. */
  public Map<String, JsonNode> all() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    documents.forEach((key, document) -> all.put(key, parse(document)));
    return all;
  }

  private static JsonNode parse(Object document) {
    try {
      return document instanceof byte[] written
          ? JSON.readTree(written)
          : JSON.readTree((String) document);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
