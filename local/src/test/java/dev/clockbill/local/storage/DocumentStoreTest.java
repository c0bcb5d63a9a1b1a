package dev.clockbill.local.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentStoreTest {
  @TempDir private Path folder;

  @Test
  void documentsAreThereAgainWhenTheFileIsOpenedAgain() {
    JsonNode document = JsonNodeFactory.instance.objectNode().put("name", "Zoë").put("bytes", 3);
    try (DataFile file = new DataFile(folder)) {
      file.store("people").put("1", document);
    }
    try (DataFile file = new DataFile(folder)) {
      assertThat(file.store("people").get("1")).contains(document);
      assertThat(file.store("people").all()).containsOnlyKeys("1").containsValue(document);
    }
  }

  @Test
  void documentsThatWereKeptAsTextAreReadAndReplaced() {
    try (MVStore earlier = MVStore.open(folder.resolve("stack.mv").toString())) {
      earlier.<String, String>openMap("people").put("1", "{\"name\":\"Zoë\"}");
      earlier.commit();
    }
    try (DataFile file = new DataFile(folder)) {
      DocumentStore people = file.store("people");
      assertThat(people.get("1").orElseThrow().path("name").asText()).isEqualTo("Zoë");
      people.put("1", JsonNodeFactory.instance.objectNode().put("name", "Ada"));
      assertThat(people.get("1").orElseThrow().path("name").asText()).isEqualTo("Ada");
    }
  }
}
