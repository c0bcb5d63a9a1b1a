package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** Reads queues, and what functions say of events that they fail at. */
final class QueueReader {
  private final KnownResources known;

  QueueReader(KnownResources known) {
    this.known = known;
  }

  /**
   * Reads a queue.
   *
   * @param properties resolved
   */
  QueueEntry queue(
      String where, ResourceNames named, JsonNode properties, Optional<String> consumer) {
    Optional<QueueEntry.Redrive> redrive = Optional.empty();
    if (properties.has("RedrivePolicy")) {
      JsonNode policy = properties.path("RedrivePolicy");
      known.check(where + ".RedrivePolicy", "RedrivePolicy", policy);
      redrive =
          Optional.of(
              new QueueEntry.Redrive(
                  text(where + ".RedrivePolicy", policy, "deadLetterTargetArn"),
                  whole(where + ".RedrivePolicy", policy, "maxReceiveCount", 0, 1, 1000)));
    }
    // The queue's defaults where a template says nothing.
    return new QueueEntry(
        named.logicalId(),
        named.arn(),
        Duration.ofSeconds(whole(where, properties, "VisibilityTimeout", 30, 0, 43_200)),
        Duration.ofSeconds(
            whole(where, properties, "MessageRetentionPeriod", 345_600, 60, 1_209_600)),
        redrive,
        consumer);
  }

  /**
   * Reads the {@code EventInvokeConfig} of a function.
   *
   * @param configuration resolved; a missing node for Lambda's own settings
   */
  AsyncEntry async(String where, JsonNode configuration) {
    if (configuration.isMissingNode()) {
      return AsyncEntry.STANDARD;
    }
    known.check(where, "EventInvokeConfig", configuration);
    JsonNode failure = configuration.path("DestinationConfig").path("OnFailure");
    if (!failure.isMissingNode() && !failure.path("Type").asText().equals("SQS")) {
      throw new TemplateException(where + ": the stack knows only queues as OnFailure.");
    }
    return new AsyncEntry(
        whole(where, configuration, "MaximumRetryAttempts", AsyncEntry.STANDARD.retries(), 0, 2),
        Duration.ofSeconds(
            whole(
                where,
                configuration,
                "MaximumEventAgeInSeconds",
                (int) AsyncEntry.STANDARD.maximumAge().toSeconds(),
                60,
                21_600)),
        failure.isMissingNode()
            ? Optional.empty()
            : Optional.of(text(where + ".OnFailure", failure, "Destination")));
  }

  private static String text(String where, JsonNode object, String name) {
    String text = object.path(name).asText();
    if (text.isEmpty()) {
      throw new TemplateException(where + ": " + name + " is missing.");
    }
    return text;
  }

  private static int whole(
      String where, JsonNode object, String name, int otherwise, int least, int most) {
    int value = object.path(name).asInt(otherwise);
    if (value < least || value > most) {
      throw new TemplateException(
          where + ": " + name + " must be from " + least + " to " + most + ".");
    }
    return value;
  }
}
