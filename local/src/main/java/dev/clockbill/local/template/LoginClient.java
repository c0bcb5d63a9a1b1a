package dev.clockbill.local.template;

import java.util.Set;

/**
 * A client of the user pool.
 *
 * @param clientId its id, as the authorizer's audience and calls of the pool name it
 * @param flows the ways in which it logs users in by the pool's API, such as {@code
 *     ALLOW_ADMIN_USER_PASSWORD_AUTH}
 */
public record LoginClient(String clientId, Set<String> flows) {

  /** Copies the set. */
  public LoginClient {
    flows = Set.copyOf(flows);
  }
}
