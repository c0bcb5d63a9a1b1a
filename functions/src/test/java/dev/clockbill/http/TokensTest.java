package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.clockbill.Api;
import dev.clockbill.ApiDescription;
import dev.clockbill.Laptop;
import dev.clockbill.Routes;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import io.swagger.v3.oas.models.Operation;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route that needs a token, with every token that is no good. */
@StoppedClock
class TokensTest {
  private static final String NOBODYS_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

  /** What can be wrong with a token, so that it never reaches a function. */
  private enum Wrong {
    NONE,
    EMPTY,
    NO_TOKEN,
    EXPIRED,
    WITHOUT_END,
    NOT_YET_VALID,
    ISSUED_LATER,
    ISSUER,
    AUDIENCE,
    NO_AUDIENCE,
    KEY,
    UNKNOWN_KEY,
    UNSIGNED,
    PUBLIC_KEY_AS_SECRET,
    CUT,
    CLAIMS_CHANGED
  }

  private final TestFirm firm = Laptop.firm();
  private final String good = firm.owner().token().orElseThrow();

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void theGatewayRefusesAWrongTokenOnEveryRoute(Wrong wrong) throws Exception {
    Api api =
        wrong == Wrong.NONE ? Laptop.api() : Laptop.api().with("authorization", bearer(wrong));
    for (String route : Routes.withToken()) {
      Api.Answer refused = called(api, route);
      assertThat(refused.status()).as(route).isEqualTo(401);
      assertThat(refused.body()).as(route).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(refused.header("www-authenticate")).as(route).isPresent();
    }
    assertThat(Routes.withToken()).hasSizeGreaterThan(45);
    assertThat(Laptop.api().as(good).get("/me").status()).isEqualTo(200);
  }

  private String bearer(Wrong wrong) throws Exception {
    long now = Laptop.now().getEpochSecond();
    return switch (wrong) {
      case NONE, EMPTY -> "Bearer ";
      case NO_TOKEN -> "Bearer x.y.z";
      case EXPIRED -> signed(Map.of("exp", now, "iat", now - 3600));
      case WITHOUT_END -> signed(without("exp"));
      case NOT_YET_VALID -> signed(Map.of("nbf", now + 60));
      case ISSUED_LATER -> signed(Map.of("iat", now + 60));
      case ISSUER -> signed(Map.of("iss", "https://cognito-idp.eu-central-1.amazonaws.com/other"));
      case AUDIENCE -> signed(Map.of("aud", "other"));
      case NO_AUDIENCE -> signed(without("aud"));
      case KEY -> by(JWSAlgorithm.RS256, keyId(), new RSASSASigner(anotherKey()));
      case UNKNOWN_KEY -> by(JWSAlgorithm.RS256, "other", new RSASSASigner(anotherKey()));
      case UNSIGNED -> new PlainJWT(JWTClaimsSet.parse(claims())).serialize();
      case PUBLIC_KEY_AS_SECRET ->
          by(
              JWSAlgorithm.HS256,
              keyId(),
              new MACSigner(ourKey().toRSAKey().toPublicKey().getEncoded()));
      case CUT -> good.substring(0, good.lastIndexOf('.') + 1);
      case CLAIMS_CHANGED -> {
        String other = signed(Map.of("custom:firmId", Laptop.firm().firmId()));
        yield other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
      }
    };
  }

  @Test
  void aTokenThatNamesNobodyIsRefusedInWordsOnEveryRoute() throws Exception {
    String email = firm.owner().get("/me").expect(200).path("email").asText();
    String access =
        Laptop.api()
            .post("/_local/token", Api.json("user", email, "use", "access"))
            .expect(200)
            .path("token")
            .asText();
    everyRouteAnswers(access, 401, "wrong-token");
    everyRouteAnswers(signed(without("custom:firmId")), 401, "no-firm");
    everyRouteAnswers(signed(without("custom:staffId")), 401, "no-firm");
  }

  @Test
  void whoBelongsToAnotherFirmOrToNoneAnyMoreIsRefusedOnEveryRoute() throws Exception {
    TestFirm other = Laptop.firm();
    everyRouteAnswers(signed(Map.of("custom:firmId", other.firmId())), 401, "access-ended");
    String staffId = firm.staff().get("/me").expect(200).path("staffId").asText();
    firm.owner().patch("/staff/" + staffId, "{\"active\":false}").expect(200);
    everyRouteAnswers(firm.staff().token().orElseThrow(), 401, "access-ended");
  }

  /** The group in a token makes nobody an owner whom the firm does not call one. */
  @Test
  void staffWhoseTokenSaysOwnerDoNoMoreThanStaffMay() throws Exception {
    Map<String, Object> claims = claims(firm.staff().token().orElseThrow());
    claims.put("cognito:groups", List.of("owner"));
    assertThat(ownerOnly(Laptop.api().as(Laptop.stack().login().signed(claims)))).isNotEmpty();
  }

  @Test
  void staffAreRefusedWhereverOnlyOwnersMay() {
    assertThat(ownerOnly(firm.staff()))
        .contains("PATCH /firm", "POST /services", "POST /staff", "POST /payments/setup")
        .contains("DELETE /timers/{timerId}", "PATCH /time-entries/{timeEntryId}");
  }

  /**
   * Calls every operation that the API's description lets answer 403, with an owner's own things
   * and where owners keep to themselves what they may, and expects that answer.
   */
  private List<String> ownerOnly(Api staff) {
    String kept = "{\"permissions\":{\"staffSend\":false,\"staffReports\":false}}";
    firm.owner().patch("/firm", kept).expect(200);
    String customer = firm.customer("Ada Lovelace");
    String service = firm.service("Tax Resolution", 25_000);
    Map<String, String> ids =
        Map.of(
            "customerId", customer,
            "serviceId", service,
            "staffId", firm.owner().get("/me").expect(200).path("staffId").asText(),
            "timeEntryId", firm.time(customer, service, 60).path("timeEntryId").asText(),
            "timerId", firm.start(customer, service));
    List<String> asked = new ArrayList<>();
    for (Map.Entry<String, Operation> each : ApiDescription.OURS.operations().entrySet()) {
      if (each.getValue().getResponses().containsKey("403")) {
        Api.Answer refused = called(staff.ifMatch(1), each.getKey(), ids);
        assertThat(refused.status()).as(refused::toString).isEqualTo(403);
        assertThat(refused.word()).as(refused::toString).isEqualTo("owner-only");
        asked.add(each.getKey());
      }
    }
    return asked;
  }

  private static void everyRouteAnswers(String token, int status, String word) {
    Api api = Laptop.api().as(token.replace("Bearer ", ""));
    for (String route : Routes.withToken()) {
      Api.Answer refused = called(api, route);
      assertThat(refused.status()).as(refused::toString).isEqualTo(status);
      assertThat(refused.word()).as(refused::toString).isEqualTo(word);
    }
  }

  private static Api.Answer called(Api api, String route) {
    return called(api, route, Map.of());
  }

  /** What only an owner may ask of operations that everybody may call with other fields. */
  private static final Map<String, String> OWNERS_FIELDS =
      Map.of(
          "POST /customers",
          "{\"name\":\"Ada\",\"email\":\"ada@clients.example\",\"sendAutomatically\":true}",
          "PATCH /customers/{customerId}",
          "{\"sendAutomatically\":true}");

  private static Api.Answer called(Api api, String route, Map<String, String> ids) {
    String[] parts = route.split(" ");
    String path = parts[1];
    for (Map.Entry<String, String> id : ids.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    boolean body = !List.of("GET", "DELETE").contains(parts[0]);
    return api.call(
        parts[0],
        path.replaceAll("\\{[^}]+}", NOBODYS_ID),
        body ? OWNERS_FIELDS.getOrDefault(route, "{}") : null);
  }

  private Map<String, Object> claims() throws ParseException {
    return claims(good);
  }

  private static Map<String, Object> claims(String token) throws ParseException {
    return new HashMap<>(((SignedJWT) JWTParser.parse(token)).getPayload().toJSONObject());
  }

  private Map<String, Object> without(String claim) {
    Map<String, Object> change = new HashMap<>();
    change.put(claim, null);
    return change;
  }

  /** The good token with other claims; null takes one away. */
  private String signed(Map<String, Object> changes) throws ParseException {
    Map<String, Object> claims = claims();
    claims.putAll(changes);
    claims.values().removeIf(value -> value == null);
    return "Bearer " + Laptop.stack().login().signed(claims);
  }

  private String by(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(keyId).build(), JWTClaimsSet.parse(claims()));
    token.sign(signer);
    return "Bearer " + token.serialize();
  }

  private static RSAKey anotherKey() throws JOSEException {
    return new RSAKeyGenerator(2048).generate();
  }

  private static JWK ourKey() {
    return Laptop.stack().login().keys().getKeys().getFirst();
  }

  private static String keyId() {
    return ourKey().getKeyID();
  }
}
