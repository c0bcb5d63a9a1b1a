package dev.clockbill.local;

import dev.clockbill.local.aws.PartitionRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A stack with a small template for tests. */
final class TestStack {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private TestStack() {}

  static Settings settings() {
    return settings("/template.yaml");
  }

  static Settings settings(String template) {
    try {
      return new Settings(
          Path.of(TestStack.class.getResource(template).toURI()),
          Map.of("BaseUrl", "{base}"),
          Map.of(),
          Map.of(),
          PartitionRules.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          false);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static HttpResponse<String> send(Stack stack, String method, String path, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(stack.base() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }
}
