package dev.clockbill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the calls of a demonstration and keeps the values that they save.
 *
 * @param base the address of the stack
 * @param tokens by user
 */
record Player(String base, HttpClient client, Values values, Map<String, String> tokens) {
  private static final JsonMapper JSON = new JsonMapper();

  Player(String base, HttpClient client) {
    this(base, client, new Values(), new HashMap<>());
  }

  void play(String where, JsonNode call) {
    JsonNode each = call.path("each");
    if (each.isMissingNode()) {
      each = JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode());
    }
    for (JsonNode one : each) {
      try {
        make(where, call, values.with(one));
      } catch (IllegalArgumentException malformed) {
        throw new IllegalStateException(
            where + " (" + call.path("call").asText() + "): " + malformed.getMessage() + ".",
            malformed);
      }
    }
  }

  private void make(String where, JsonNode call, Values known) {
    String line = known.text(call.path("call").asText());
    int space = line.indexOf(' ');
    String target = line.substring(space + 1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.startsWith("/") ? base + target : target))
            .header("Accept", "application/json");
    if (call.has("as")) {
      request.header("Authorization", "Bearer " + token(known.text(call.path("as").asText())));
    }
    call.path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), known.text(header.getValue().asText())));
    if (call.path("body").isTextual()) {
      request.method(
          line.substring(0, space), BodyPublishers.ofString(known.text(call.path("body").asText())));
    } else if (call.has("body")) {
      request.header("Content-Type", "application/json");
      request.method(
          line.substring(0, space),
          BodyPublishers.ofString(known.filled(call.path("body")).toString()));
    } else if (call.has("bytes")) {
      byte[] file = Base64.getMimeDecoder().decode(call.path("bytes").asText());
      request.method(line.substring(0, space), BodyPublishers.ofByteArray(file));
    } else {
      request.method(line.substring(0, space), BodyPublishers.noBody());
    }
    HttpResponse<String> answer = send(request.build());
    int status = answer.statusCode();
    if (call.has("expect") ? status != call.path("expect").asInt() : status >= 400) {
      throw new IllegalStateException(
          "%s (%s) was answered %d: %s".formatted(where, line, status, answer.body()));
    }
    call.path("save")
        .properties()
        .forEach(
            entry ->
                values.save(known.text(entry.getKey()), found(answer, entry.getValue().asText())));
  }

  private String token(String user) {
    return tokens.computeIfAbsent(
        user,
        name -> {
          HttpResponse<String> answer =
              send(
                  HttpRequest.newBuilder(URI.create(base + "/_local/token"))
                      .POST(
                          BodyPublishers.ofString(
                              JsonNodeFactory.instance.objectNode().put("user", name).toString()))
                      .build());
          if (answer.statusCode() != 200) {
            throw new IllegalArgumentException("the user " + name + " cannot log in");
          }
          return found(answer, "/token").asText();
        });
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException("The stack does not answer " + request + ".", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during " + request + ".", ended);
    }
  }

  private static JsonNode found(HttpResponse<String> answer, String place) {
    if (!place.startsWith("/")) {
      List<String> header = answer.headers().allValues(place);
      if (header.isEmpty()) {
        throw new IllegalArgumentException("the answer has no header " + place);
      }
      return JsonNodeFactory.instance.textNode(header.getFirst());
    }
    try {
      JsonNode found = JSON.readTree(answer.body()).at(place);
      if (found.isMissingNode()) {
        throw new IllegalArgumentException("the answer has nothing at " + place);
      }
      return found;
    } catch (IOException malformed) {
      throw new IllegalArgumentException("the answer is not JSON: " + answer.body(), malformed);
    }
  }
}
