package dev.clockbill.local.gateway;

import java.util.Map;

/** Verifies bearer tokens. */
@FunctionalInterface
public interface TokenVerifier {

  /** For an API without an authorizer, where every route is open: refuses every token. */
  TokenVerifier NONE =
      token -> {
        throw new Refused("there is no authorizer");
      };

  /** A token was refused; the message says why, in the words of API Gateway. */
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
   * @throws Refused if its signature, issuer, audience or time is not valid
   */
  Map<String, Object> claims(String token) throws Refused;
}
