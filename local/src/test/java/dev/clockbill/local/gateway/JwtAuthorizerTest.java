package dev.clockbill.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.clockbill.local.template.AuthorizerEntry;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JwtAuthorizerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static RSAKey key;
  private static RSAKey other;

  private RSAKey issuers = key;
  private Instant now = NOW;

  private final JwtAuthorizer authorizer =
      new JwtAuthorizer(
          new AuthorizerEntry("https://issuer", List.of("client")),
          () -> new JWKSet(issuers.toPublicJWK()),
          () -> now);

  @BeforeAll
  static void makeKeys() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k").generate();
    other = new RSAKeyGenerator(2048).keyID("k").generate();
  }

  private static JWTClaimsSet.Builder valid() {
    return new JWTClaimsSet.Builder()
        .issuer("https://issuer")
        .audience("client")
        .subject("somebody")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(1)));
  }

  private static String signed(RSAKey by, JWTClaimsSet claims) throws Exception {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  private void refused(String token) {
    assertThatThrownBy(() -> authorizer.claims(token)).isInstanceOf(TokenVerifier.Refused.class);
  }

  @Test
  void theClaimsOfAValidTokenAreTold() throws Exception {
    assertThat(authorizer.claims(signed(key, valid().build()))).containsEntry("sub", "somebody");
  }

  @Test
  void aTokenWithoutAudienceMayNameItsClient() throws Exception {
    JWTClaimsSet claims = valid().audience((String) null).claim("client_id", "client").build();
    assertThat(authorizer.claims(signed(key, claims))).containsEntry("sub", "somebody");
  }

  @Test
  void anotherKeyIssuerAudienceOrTimeIsRefused() throws Exception {
    refused(signed(other, valid().build()));
    refused(signed(key, valid().issuer("https://other").build()));
    refused(signed(key, valid().audience("other").build()));
    refused(signed(key, valid().audience(List.of()).build()));
    refused(signed(key, valid().expirationTime(Date.from(NOW)).build()));
    refused(signed(key, valid().expirationTime(null).build()));
    refused(signed(key, valid().notBeforeTime(Date.from(NOW.plusSeconds(1))).build()));
    refused(signed(key, valid().issueTime(Date.from(NOW.plusSeconds(1))).build()));
  }

  @Test
  void whatIsNoSignedTokenIsRefused() throws Exception {
    String token = signed(key, valid().build());
    refused("");
    refused("a.b.c");
    refused(token.substring(0, token.lastIndexOf('.') + 1));
    // {"alg":"none"}
    refused("eyJhbGciOiJub25lIn0" + token.substring(token.indexOf('.')));
  }

  @Test
  void aTokenThatWasAcceptedIsRefusedOnceItHasExpired() throws Exception {
    String token = signed(key, valid().build());
    assertThat(authorizer.claims(token)).containsEntry("sub", "somebody");
    now = NOW.plusSeconds(1);
    refused(token);
  }

  @Test
  void aTokenThatWasAcceptedIsRefusedOnceTheIssuerHasAnotherKey() throws Exception {
    String token = signed(key, valid().build());
    assertThat(authorizer.claims(token)).containsEntry("sub", "somebody");
    issuers = other;
    refused(token);
  }

  @Test
  void anotherTokenWithTheSignatureOfAnAcceptedOneIsRefused() throws Exception {
    String token = signed(key, valid().build());
    assertThat(authorizer.claims(token)).containsEntry("sub", "somebody");
    String other = signed(key, valid().subject("somebody else").build());
    refused(other.substring(0, other.lastIndexOf('.')) + token.substring(token.lastIndexOf('.')));
  }
}
