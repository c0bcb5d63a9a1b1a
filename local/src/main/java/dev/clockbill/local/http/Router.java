package dev.clockbill.local.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses who answers a call by its method and path; the first route that fits wins. */
public final class Router {

  /** Answers the calls of one route. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one call.
     *
     * @param parameters what stood in the place of each {@code {name}}, decoded
     */
    Answer answer(Call call, Map<String, String> parameters) throws Exception;
  }

  private record Entry(String method, List<String> segments, Handler handler) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Adds a route.
   *
   * @param pattern such as {@code /_local/mails/{id}/bounce}
   */
  public Router on(String method, String pattern, Handler handler) {
    entries.add(new Entry(method, segments(pattern), handler));
    return this;
  }

  /** Adds all routes of another one, after those that are here. */
  public Router include(Router other) {
    entries.addAll(other.entries);
    return this;
  }

  /** Answers a call; empty where no route fits. */
  public Optional<Answer> answer(Call call) throws Exception {
    List<String> path = segments(call.path());
    for (Entry entry : entries) {
      Optional<Map<String, String>> parameters = fit(entry, call.method(), path);
      if (parameters.isPresent()) {
        return Optional.of(entry.handler().answer(call, parameters.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> fit(Entry entry, String method, List<String> path) {
    if (!entry.method().equals(method) || entry.segments().size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int at = 0; at < path.size(); at++) {
      String wanted = entry.segments().get(at);
      if (wanted.startsWith("{")) {
        // A plus sign in a path is a plus sign.
        String encoded = path.get(at).replace("+", "%2B");
        parameters.put(
            wanted.substring(1, wanted.length() - 1),
            URLDecoder.decode(encoded, StandardCharsets.UTF_8));
      } else if (!wanted.equals(path.get(at))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
