package dev.clockbill.local.login;

import dev.clockbill.local.template.LoginEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Logins by OpenID Connect in place of a password.
 *
 * <p>Whoever logs in so for the first time is the user that was linked to them before; the user's
 * status stays what it was. Who is linked to nobody becomes a new user, without groups and without
 * attributes but those that the provider fills ("Linking federated users to an existing user
 * profile" in Cognito's developer guide). What the provider says replaces those attributes each
 * time; an address is verified only if the provider says so ("Mapping IdP attributes to profiles
 * and tokens").
 */
final class Providers {
  private final Users users;
  private final LoginEntry pool;
  private final InstantSource clock;

  Providers(Users users, LoginEntry pool, InstantSource clock) {
    this.users = users;
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Who logs in where a provider says that somebody has this address.
   *
   * @throws IllegalArgumentException if the client does not offer this provider
   */
  User loggedIn(String provider, String email) {
    Map<String, String> mapping = pool.providers().get(provider);
    if (mapping == null) {
      throw new IllegalArgumentException("There is no login by \"" + provider + "\".");
    }
    Map<String, String> claims =
        Map.of("sub", "sub-of-" + email, "email", email, "email_verified", "true");
    Map<String, String> filled = new LinkedHashMap<>();
    if (mapping.containsKey("email")) {
      filled.put("email_verified", "false");
    }
    mapping.forEach((attribute, claim) -> filled.put(attribute, claims.getOrDefault(claim, "")));
    Identity subject = new Identity(provider, Identity.SUBJECT, claims.get("sub"));
    Instant now = clock.instant();
    User user =
        users
            .linked(subject)
            .or(
                () ->
                    filled.entrySet().stream()
                        .map(each -> new Identity(provider, each.getKey(), each.getValue()))
                        .flatMap(identity -> users.linked(identity).stream())
                        .findFirst())
            .orElseGet(() -> stranger(subject, now));
    return users.change(user.username(), found -> found.withAttributes(filled, now)).orElseThrow();
  }

  /** A pool that does not tell cases apart makes such names in lower case. */
  private String name(String username) {
    return pool.caseSensitive() ? username : username.toLowerCase(Locale.ROOT);
  }

  private User stranger(Identity subject, Instant now) {
    User stranger =
        UserBuilder.builder()
            .username(name(subject.provider() + "_" + subject.value()))
            .attributes(Map.of("sub", UUID.randomUUID().toString()))
            .groups(List.of())
            .enabled(true)
            .external(true)
            .identities(List.of(subject))
            .createdAt(now)
            .modifiedAt(now)
            .build();
    users.add(stranger);
    return stranger;
  }
}
