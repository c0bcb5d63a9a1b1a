package dev.clockbill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.demo.Demonstration;
import dev.clockbill.local.demo.Values;
import dev.clockbill.local.shelf.Shelf;
import dev.clockbill.local.time.RunningClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The demonstration data: played once, when what the stack keeps is new. */
final class FirstStart {
  private static final String PLAYED = "demonstration";
  private static final String SAVED = "saved";

  private final Shelf shelf;
  private final Optional<Demonstration> demonstration;

  /**
   * The first start of a stack, if this is the first one.
   *
   * @param file the demonstration, if there is to be one
   * @param shelf where it is kept that there was one
   * @throws IllegalStateException if an earlier one did not come to its end
   */
  FirstStart(Optional<Path> file, Shelf shelf) {
    this.shelf = shelf;
    Optional<JsonNode> played = shelf.get(PLAYED);
    if (file.isPresent() && played.filter(whole -> !whole.asBoolean()).isPresent()) {
      throw new IllegalStateException(
          "The demonstration data is there in part only: start anew with -Dfresh.");
    }
    this.demonstration = file.filter(unread -> played.isEmpty()).map(Demonstration::read);
  }

  /** How far from the machine's time a new clock begins. */
  Duration beginning() {
    return demonstration.map(Demonstration::beginning).orElse(Duration.ZERO);
  }

  /** Plays the demonstration, if this is a first start; then the time is the machine's. */
  void play(String base, RunningClock clock, Progress progress) throws Exception {
    if (demonstration.isPresent()) {
      progress.step(
          "Demonstration data: " + demonstration.get().size() + " calls",
          () -> {
            shelf.put(PLAYED, BooleanNode.FALSE);
            shelf.put(SAVED, demonstration.get().play(base));
            clock.catchUp();
            shelf.put(PLAYED, BooleanNode.TRUE);
          });
    }
  }

  /** A text with the address as {@code {base}}, and with what the demonstration saved. */
  String filled(String text, String base) {
    ObjectNode values = JsonNodeFactory.instance.objectNode().put("base", base);
    shelf.get(SAVED).ifPresent(saved -> values.setAll((ObjectNode) saved));
    return Values.of(values).text(text);
  }
}
