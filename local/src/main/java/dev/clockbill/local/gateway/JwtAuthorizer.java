package dev.clockbill.local.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.clockbill.local.template.AuthorizerEntry;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The JWT authorizer of API Gateway: checks RS256 signature, issuer, audience and times. */
public final class JwtAuthorizer implements TokenVerifier {
  private static final int REMEMBERED = 1_000;

  private final AuthorizerEntry expected;
  private final Supplier<JWKSet> keys;
  private final InstantSource clock;

  /** Signatures that were found valid: proving one takes longer than all else that a call needs. */
  private final Set<Proven> proven = ConcurrentHashMap.newKeySet();

  /** A token whose signature fits a key: it will always do. */
  private record Proven(String token, JWK key) {}

  /**
   * Creates an authorizer.
   *
   * @param expected issuer and audience
   * @param keys gives the issuer's current public keys
   */
  public JwtAuthorizer(AuthorizerEntry expected, Supplier<JWKSet> keys, InstantSource clock) {
    this.expected = expected;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> claims(String token) throws Refused {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
        throw new Refused("the signing method is not allowed");
      }
      JWK key = keys.get().getKeyByKeyId(jwt.getHeader().getKeyID());
      if (key == null || !isSignedBy(key, token, jwt)) {
        throw new Refused("signature is invalid");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      check(claims);
      return jwt.getPayload().toJSONObject();
    } catch (ParseException | IllegalArgumentException | JOSEException malformed) {
      throw new Refused("the token is malformed");
    }
  }

  private boolean isSignedBy(JWK key, String token, SignedJWT jwt) throws JOSEException {
    Proven signature = new Proven(token, key);
    if (proven.contains(signature)) {
      return true;
    }
    boolean valid = jwt.verify(new RSASSAVerifier(key.toRSAKey()));
    if (valid) {
      if (proven.size() >= REMEMBERED) {
        proven.clear();
      }
      proven.add(signature);
    }
    return valid;
  }

  private void check(JWTClaimsSet claims) throws Refused, ParseException {
    Instant now = clock.instant();
    if (!expected.issuer().equals(claims.getIssuer())) {
      throw new Refused("the issuer is not the expected one");
    }
    List<String> audience =
        claims.getAudience().isEmpty()
            ? Collections.singletonList(claims.getStringClaim("client_id"))
            : claims.getAudience();
    if (audience.stream().filter(Objects::nonNull).noneMatch(expected.audience()::contains)) {
      throw new Refused("the token is for another audience");
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || !expires.toInstant().isAfter(now)) {
      throw new Refused("the token has expired");
    }
    if (isLater(claims.getNotBeforeTime(), now) || isLater(claims.getIssueTime(), now)) {
      throw new Refused("the token is not yet valid");
    }
  }

  private static boolean isLater(Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now);
  }
}
