package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;

/** What the stack knows of each resource type, event type and block of a template. */
final class KnownResources {
  private final JsonNode known;

  /** Reads {@code known-resources.yaml} beside this class. */
  KnownResources() {
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                KnownResources.class.getResourceAsStream("known-resources.yaml")),
            StandardCharsets.UTF_8)) {
      known = TemplateFile.read("known-resources.yaml", reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Refuses an unknown kind and unknown properties.
   *
   * @param kind such as {@code AWS::DynamoDB::Table} or {@code event HttpApi}
   * @throws TemplateException naming the place, the kind and the property
   */
  void check(String where, String kind, JsonNode properties) {
    JsonNode entry = known.path(kind);
    if (entry.isMissingNode()) {
      throw new TemplateException(where + ": the stack does not know the type " + kind + ".");
    }
    for (Iterator<String> names = properties.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!contains(entry.path("used"), name) && !contains(entry.path("inert"), name)) {
        throw new TemplateException(
            where + ": the stack does not know the property " + name + " of " + kind + ".");
      }
    }
  }

  private static boolean contains(JsonNode names, String name) {
    for (JsonNode each : names) {
      if (each.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
