package dev.clockbill.local.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a template says of its user pool and the client that tokens are made for.
 *
 * @param caseSensitive whether names and addresses in another case are another user
 * @param temporaryDays how long the password of an invitation holds
 * @param custom the pool's own attributes, such as {@code custom:shelf}, and whether each may be
 *     changed
 * @param readable the attributes that tokens say; empty where the client has no list
 * @param providers the logins by OpenID Connect that the client offers, by name: the attributes of
 *     the pool that each of them fills, and the claims that it fills them with
 */
public record LoginEntry(
    boolean caseSensitive,
    int temporaryDays,
    Map<String, Boolean> custom,
    Optional<Set<String>> readable,
    Map<String, Map<String, String>> providers) {

  /** Copies the collections. */
  public LoginEntry {
    custom = Map.copyOf(custom);
    readable = readable.map(Set::copyOf);
    providers = Map.copyOf(providers);
  }

  /**
   * Whether a token says an attribute. Without a list these are the standard ones: {@code
   * ReadAttributes} of {@code CreateUserPoolClient} in Cognito's API reference.
   */
  public boolean says(String attribute) {
    return attribute.equals("sub")
        || attribute.equals("identities")
        || readable
            .map(listed -> listed.contains(attribute))
            .orElse(!attribute.startsWith("custom:"));
  }
}
