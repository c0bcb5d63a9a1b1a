package dev.clockbill.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a template says of its user pool.
 *
 * @param caseSensitive whether names and addresses in another case are another user
 * @param temporaryDays how long the password of an invitation holds
 * @param custom the pool's own attributes, such as {@code custom:shelf}, and whether each may be
 *     changed
 * @param clients in the order of the file
 */
public record LoginEntry(
    boolean caseSensitive,
    int temporaryDays,
    Map<String, Boolean> custom,
    List<LoginClient> clients) {

  /** Copies the collections. */
  public LoginEntry {
    custom = Map.copyOf(custom);
    clients = List.copyOf(clients);
  }

  /** The client with this id; one without settings if there is none. */
  public LoginClient client(String clientId) {
    return clients.stream()
        .filter(client -> client.clientId().equals(clientId))
        .findFirst()
        .orElseGet(() -> new LoginClient(clientId, Set.of(), Optional.empty(), Map.of()));
  }

  /** The logins by OpenID Connect that any client offers, with what they fill. */
  public Map<String, Map<String, String>> providers() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    clients.forEach(client -> all.putAll(client.providers()));
    return all;
  }
}
