package dev.clockbill.local.gateway;

import java.util.Map;

/** Checks bearer tokens. */
@FunctionalInterface
public interface Tokens {

  /** Takes no token: of an API without an authorizer, on which every route is open. */
  Tokens NONE =
      token -> {
        throw new Refused("there is no authorizer");
      };

  /** A token that is not taken; the message says why, as API Gateway does. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    /** A refusal with its reason. */
    public Refused(String reason) {
      super(reason);
    }
  }

  /**
   * The claims of a token.
   *
   * @throws Refused if its signature, issuer, audience or time does not hold
   */
  Map<String, Object> claims(String token) throws Refused;
}
