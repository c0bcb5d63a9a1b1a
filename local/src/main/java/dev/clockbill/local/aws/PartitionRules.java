package dev.clockbill.local.aws;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which partitions of a table belong to whom. A holder's own partition is their id; in indexes,
 * what begins with the id and {@code #}.
 *
 * @param holder where an event names the holder; the first pointer that leads to text counts
 * @param everybodys patterns of partitions that belong to nobody
 * @param queues patterns of partitions of indexes in which everybody's items may appear, but which
 *     only functions that work for many may read
 * @param forMany functions that work for many holders in one invocation
 */
public record PartitionRules(
    List<JsonPointer> holder, List<String> everybodys, List<String> queues, Set<String> forMany) {

  /** Rules that hold nobody to anything. */
  public static final PartitionRules NONE =
      new PartitionRules(List.of(), List.of("*"), List.of("*"), Set.of());

  /** Reads them as they stand in the settings; none where there are none. */
  public static PartitionRules read(JsonNode settings) {
    return settings.isMissingNode()
        ? NONE
        : new PartitionRules(
            texts(settings.path("holder")).stream().map(JsonPointer::compile).toList(),
            texts(settings.path("everybodys")),
            texts(settings.path("queues")),
            Set.copyOf(texts(settings.path("forMany"))));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return List.copyOf(texts);
  }
}
