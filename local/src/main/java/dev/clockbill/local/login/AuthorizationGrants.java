package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.storage.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clients exchange for tokens: authorization codes, valid once and for five minutes, and
 * refresh tokens, which are kept between runs.
 */
final class AuthorizationGrants {
  private static final Duration CODE_VALIDITY = Duration.ofMinutes(5);
  private static final int RANDOM_BYTES = 32;

  /**
   * A completed login.
   *
   * @param subject who logged in
   * @param loggedInAt when
   * @param scope what the client asked for
   * @param signOuts how often they had been signed out everywhere before
   */
  record Login(String subject, Instant loggedInAt, String scope, long signOuts) {
    /** Whether the user was not signed out everywhere since. */
    boolean goesOnFor(User user) {
      return signOuts == user.signOuts();
    }
  }

  /**
   * The login behind an authorization code.
   *
   * @param redirectUri where the code was sent; the client must repeat it
   * @param challenge the hash of the secret that the client must present
   * @param nonce becomes a claim of the ID token, if present
   */
  record Code(Login login, String redirectUri, String challenge, Optional<String> nonce) {

    /** Whether the client that presents the code is the one that asked for it (RFC 7636, S256). */
    boolean isRedeemedBy(String uri, String verifier) {
      return redirectUri.equals(uri)
          && MessageDigest.isEqual(
              challenge.getBytes(StandardCharsets.US_ASCII),
              challengeOf(verifier).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private record Kept(Code code, Instant expiresAt) {}

  private final DocumentStore refreshTokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Kept> codes = new ConcurrentHashMap<>();

  AuthorizationGrants(DocumentStore refreshTokens, InstantSource clock) {
    this.refreshTokens = refreshTokens;
    this.clock = clock;
  }

  String code(Code code) {
    Instant now = clock.instant();
    codes.values().removeIf(kept -> !kept.expiresAt().isAfter(now));
    String made = random();
    codes.put(made, new Kept(code, now.plus(CODE_VALIDITY)));
    return made;
  }

  Optional<Code> redeem(String code) {
    return Optional.ofNullable(codes.remove(code))
        .filter(kept -> kept.expiresAt().isAfter(clock.instant()))
        .map(Kept::code);
  }

  String refreshToken(Login login) {
    String made = random();
    refreshTokens.put(
        hash(made),
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", login.subject())
            .put("loggedInAt", login.loggedInAt().toString())
            .put("scope", login.scope())
            .put("signOuts", login.signOuts()));
    return made;
  }

  Optional<Login> refresh(String refreshToken) {
    return refreshTokens
        .get(hash(refreshToken))
        .map(AuthorizationGrants::login)
        .filter(login -> login.loggedInAt().plus(Issuer.VALIDITY).isAfter(clock.instant()));
  }

  private static Login login(JsonNode kept) {
    return new Login(
        kept.path("subject").asText(),
        Instant.parse(kept.path("loggedInAt").asText()),
        kept.path("scope").asText(),
        kept.path("signOuts").asLong());
  }

  /** The challenge of a verifier. */
  static String challengeOf(String verifier) {
    return hash(verifier);
  }

  private static String hash(String text) {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return encoded(bytes);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
