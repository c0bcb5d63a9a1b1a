package dev.clockbill.local.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the handler of a request by method and path; the first matching route wins. */
public final class Router {

  /** Answers the requests of one route. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one request.
     *
     * @param parameters the decoded values of each {@code {name}}
     */
    Response answer(Request request, Map<String, String> parameters) throws Exception;
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

  /** Answers a request; empty if no route matches. */
  public Optional<Response> answer(Request request) throws Exception {
    List<String> path = segments(request.path());
    for (Entry entry : entries) {
      Optional<Map<String, String>> parameters = fit(entry, request.method(), path);
      if (parameters.isPresent()) {
        return Optional.of(entry.handler().answer(request, parameters.get()));
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
