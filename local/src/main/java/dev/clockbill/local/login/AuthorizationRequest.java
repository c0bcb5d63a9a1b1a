package dev.clockbill.local.login;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client's request to log a user in: the authorization code flow with PKCE, and nothing else.
 *
 * @param redirectUri where the browser goes afterwards; must be on this machine
 * @param scope what the client asks for
 * @param state returned to the client; empty if it sent none
 * @param challenge the S256 challenge
 * @param nonce becomes a claim of the ID token; empty if the client sent none
 */
record AuthorizationRequest(
    URI redirectUri, String scope, String state, String challenge, String nonce) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

  /**
   * Reads the parameters of a request.
   *
   * @throws IllegalArgumentException saying which parameter is wrong
   */
  static AuthorizationRequest of(Map<String, String> parameters, String client) {
    expect(parameters, "response_type", "code");
    expect(parameters, "client_id", client);
    expect(parameters, "code_challenge_method", "S256");
    String challenge = parameters.getOrDefault("code_challenge", "");
    if (challenge.isEmpty()) {
      throw new IllegalArgumentException("code_challenge is missing.");
    }
    return new AuthorizationRequest(
        onThisMachine(parameters.getOrDefault("redirect_uri", "")),
        parameters.getOrDefault("scope", "openid"),
        parameters.getOrDefault("state", ""),
        challenge,
        parameters.getOrDefault("nonce", ""));
  }

  /**
   * Checks an address that the login redirects to.
   *
   * @throws IllegalArgumentException if it is not on this machine
   */
  static URI onThisMachine(String address) {
    try {
      URI uri = new URI(address);
      if ("http".equals(uri.getScheme())
          && uri.getHost() != null
          && THIS_MACHINE.contains(uri.getHost())) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("\"" + address + "\" is no address.", malformed);
    }
    throw new IllegalArgumentException(
        "The login leads to addresses of this machine only, not to \"" + address + "\".");
  }

  private static void expect(Map<String, String> parameters, String name, String value) {
    if (!value.equals(parameters.get(name))) {
      throw new IllegalArgumentException(
          name + " must be \"" + value + "\", not \"" + parameters.getOrDefault(name, "") + "\".");
    }
  }

  Optional<String> expectedNonce() {
    return nonce.isEmpty() ? Optional.empty() : Optional.of(nonce);
  }

  /** Where the browser goes with its code. */
  String answeredWith(String code) {
    String query = "code=" + encode(code) + (state.isEmpty() ? "" : "&state=" + encode(state));
    return redirectUri + (redirectUri.getQuery() == null ? "?" : "&") + query;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
