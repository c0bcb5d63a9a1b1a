package dev.clockbill.local.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client of the user pool.
 *
 * @param clientId its id, as the authorizer's audience and calls of the pool name it
 * @param flows the ways in which it logs users in by the pool's API, such as {@code
 *     ALLOW_ADMIN_USER_PASSWORD_AUTH}
 * @param readable the attributes that its tokens say; empty where it has no list
 * @param providers the logins by OpenID Connect that it offers, by name: the attributes of the pool
 *     that each of them fills, and the claims that it fills them with
 */
public record LoginClient(
    String clientId,
    Set<String> flows,
    Optional<Set<String>> readable,
    Map<String, Map<String, String>> providers) {

  /** Copies the collections. */
  public LoginClient {
    flows = Set.copyOf(flows);
    readable = readable.map(Set::copyOf);
    providers = Map.copyOf(providers);
  }

  /**
   * Whether its tokens say an attribute. Without a list these are the standard ones: {@code
   * ReadAttributes} of {@code CreateUserPoolClient} in Cognito's API reference.
   */
  public boolean says(String attribute) {
    return attribute.equals("sub")
        || readable
            .map(listed -> listed.contains(attribute))
            .orElse(!attribute.startsWith("custom:"));
  }
}
