package dev.clockbill.local.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.LoginEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signs tokens with a key that is kept between runs. */
final class Issuer {
  /** How long tokens and logins are valid. */
  static final Duration VALIDITY = Duration.ofDays(365);

  private static final String KEY = "signing-key";
  private static final int KEY_BITS = 2048;
  private static final JsonMapper JSON = new JsonMapper();

  private final String address;
  private final String audience;
  private final LoginEntry pool;
  private final InstantSource clock;
  private final RSAKey key;

  Issuer(
      String address, String audience, LoginEntry pool, DocumentStore store, InstantSource clock) {
    this.address = address;
    this.audience = audience;
    this.pool = pool;
    this.clock = clock;
    this.key = key(store);
  }

  private static RSAKey key(DocumentStore store) {
    try {
      Optional<JsonNode> kept = store.get(KEY);
      if (kept.isPresent()) {
        return RSAKey.parse(kept.get().toString());
      }
      store.put(KEY, JSON.readTree(NewKey.KEY.toJSONString()));
      return NewKey.KEY;
    } catch (ParseException failed) {
      throw new IllegalStateException("The login's signing key cannot be used.", failed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The key of all new stacks in this JVM: making one takes most of a stack's start. */
  private static final class NewKey {
    private static final RSAKey KEY = made();

    private static RSAKey made() {
      try {
        return new RSAKeyGenerator(KEY_BITS)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .keyID(UUID.randomUUID().toString())
            .generate();
      } catch (JOSEException failed) {
        throw new IllegalStateException("No signing key can be made.", failed);
      }
    }
  }

  /** The value of {@code iss}. */
  String address() {
    return address;
  }

  /** The client that tokens are for. */
  String audience() {
    return audience;
  }

  /** The public half of the key. */
  JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  /**
   * An ID token with every attribute of the user that the client may read as a claim, and their
   * groups.
   *
   * @param nonce becomes a claim, if present
   */
  String idToken(User user, Instant loggedInAt, Optional<String> nonce) {
    return idToken(user, loggedInAt, nonce, audience);
  }

  /** The same for another client. */
  String idToken(User user, Instant loggedInAt, Optional<String> nonce, String client) {
    JWTClaimsSet.Builder claims = claims(user, "id", loggedInAt).audience(client);
    for (Map.Entry<String, String> attribute : user.attributes().entrySet()) {
      if (!pool.client(client).says(attribute.getKey())) {
        continue;
      }
      boolean flag = attribute.getKey().endsWith("_verified");
      claims.claim(
          attribute.getKey(),
          flag ? Boolean.valueOf(attribute.getValue()) : (Object) attribute.getValue());
    }
    nonce.ifPresent(value -> claims.claim("nonce", value));
    return signed(claims.claim("cognito:username", user.username()).build());
  }

  /** An access token: it names the user, but has no attributes. */
  String accessToken(User user, Instant loggedInAt, String scope) {
    return signed(
        claims(user, "access", loggedInAt)
            .claim("client_id", audience)
            .claim("username", user.username())
            .claim("scope", scope)
            .build());
  }

  private JWTClaimsSet.Builder claims(User user, String use, Instant loggedInAt) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(address)
            .subject(user.subject())
            .claim("token_use", use)
            .claim("auth_time", loggedInAt.getEpochSecond())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(VALIDITY)));
    return user.groups().isEmpty() ? claims : claims.claim("cognito:groups", user.groups());
  }

  /** A token that says just this, signed with the key. */
  String signed(Map<String, Object> claims) {
    try {
      return signed(JWTClaimsSet.parse(claims));
    } catch (ParseException wrong) {
      throw new IllegalArgumentException("These are no claims: " + claims, wrong);
    }
  }

  private String signed(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException failed) {
      throw new IllegalStateException("A token cannot be signed.", failed);
    }
  }
}
