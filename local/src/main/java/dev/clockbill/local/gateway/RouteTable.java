package dev.clockbill.local.gateway;

import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of an HTTP API in the order in which API Gateway tries them: a fixed segment before
 * {@code {name}}, then {@code {name+}}; a method before {@code ANY}; {@code $default} last.
 */
final class RouteTable {
  private static final String DEFAULT = "$default";

  private record Entry(Route route, String function, List<String> segments) {

    /** The rank of each segment as text, so that the better of two paths sorts first. */
    String rank() {
      StringBuilder rank = new StringBuilder();
      for (String segment : segments) {
        rank.append(segment.endsWith("+}") ? '2' : segment.startsWith("{") ? '1' : '0');
      }
      return route.path().equals(DEFAULT) ? "3" : rank.toString();
    }

    boolean anyMethod() {
      return route.method().equals("ANY");
    }
  }

  /**
   * The route of a request.
   *
   * @param function whose route it is
   * @param parameters the decoded values of each {@code {name}}
   */
  record Match(Route route, String function, Map<String, String> parameters) {
    /** The route key in the event, such as {@code GET /things/{thingId}}. */
    String key() {
      return route.path().equals(DEFAULT) ? DEFAULT : route.method() + " " + route.path();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  RouteTable(List<FunctionEntry> functions) {
    for (FunctionEntry function : functions) {
      for (Route route : function.routes()) {
        entries.add(new Entry(route, function.logicalId(), segments(route.path())));
      }
    }
    entries.sort(Comparator.comparing(Entry::rank).thenComparing(Entry::anyMethod));
  }

  /** Chooses the route of a request; empty if none matches. */
  Optional<Match> match(String method, String path) {
    List<String> asked = segments(path);
    for (Entry entry : entries) {
      if (entry.anyMethod() || entry.route().method().equals(method)) {
        Optional<Map<String, String>> parameters = fit(entry, asked);
        if (parameters.isPresent()) {
          return Optional.of(new Match(entry.route(), entry.function(), parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> fit(Entry entry, List<String> asked) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (entry.route().path().equals(DEFAULT)) {
      return Optional.of(parameters);
    }
    List<String> wanted = entry.segments();
    for (int at = 0; at < wanted.size(); at++) {
      String segment = wanted.get(at);
      if (at >= asked.size()) {
        return Optional.empty();
      }
      if (segment.endsWith("+}")) {
        String rest = String.join("/", asked.subList(at, asked.size()));
        parameters.put(segment.substring(1, segment.length() - 2), decode(rest));
        return rest.isEmpty() ? Optional.empty() : Optional.of(parameters);
      }
      if (segment.startsWith("{") && !asked.get(at).isEmpty()) {
        parameters.put(segment.substring(1, segment.length() - 1), decode(asked.get(at)));
      } else if (!segment.equals(asked.get(at))) {
        return Optional.empty();
      }
    }
    return wanted.size() == asked.size() ? Optional.of(parameters) : Optional.empty();
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /**
   * Decodes a part of a path, where a plus sign stays a plus sign; invalid encoding stays as it is.
   */
  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return encoded;
    }
  }
}
