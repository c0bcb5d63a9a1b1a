package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.demo.Demonstration;
import dev.clockbill.local.demo.Values;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.time.RunningClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The demonstration data, which is created once, when the data folder is new. */
final class DemonstrationData {
  private static final String PLAYED = "demonstration";
  private static final String SAVED = "saved";

  private final DocumentStore store;
  private final Optional<Demonstration> demonstration;

  /**
   * The demonstration data of a stack.
   *
   * @param file the file that describes it, if the stack is to have any
   * @param store remembers whether the data was created
   * @throws IllegalStateException if an earlier attempt to create it stopped halfway
   */
  DemonstrationData(Optional<Path> file, DocumentStore store) {
    this.store = store;
    Optional<JsonNode> played = store.get(PLAYED);
    if (file.isPresent() && played.filter(whole -> !whole.asBoolean()).isPresent()) {
      throw new IllegalStateException(
          "The demonstration data is there in part only: start anew with -Dfresh.");
    }
    this.demonstration = file.filter(unread -> played.isEmpty()).map(Demonstration::read);
  }

  /** How far a new clock starts from the system's time: zero or negative. */
  Duration beginning() {
    return demonstration.map(Demonstration::beginning).orElse(Duration.ZERO);
  }

  /** Creates the data if there is none yet, and moves the clock on to the system's time. */
  void play(String base, RunningClock clock, Progress progress) throws Exception {
    if (demonstration.isPresent()) {
      progress.step(
          "Demonstration data: " + demonstration.get().size() + " calls",
          () -> {
            store.put(PLAYED, BooleanNode.FALSE);
            store.put(SAVED, demonstration.get().play(base));
            clock.catchUp();
            store.put(PLAYED, BooleanNode.TRUE);
          });
    }
  }

  /**
   * Fills a text: {@code {base}} is the address of the stack, other names are values that were
   * saved while the data was created.
   */
  String filled(String text, String base) {
    ObjectNode values = JsonNodeFactory.instance.objectNode().put("base", base);
    store.get(SAVED).ifPresent(saved -> values.setAll((ObjectNode) saved));
    return Values.of(values).text(text);
  }
}
