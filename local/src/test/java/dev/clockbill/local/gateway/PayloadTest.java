package dev.clockbill.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.template.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-03-12T19:03:58.390Z");

  private static JsonNode event(Request request, Optional<Map<String, Object>> claims) {
    Route route = new Route("POST", "/pets", false);
    return Payload.event(request, new RouteTable.Match(route, "Pets", Map.of()), claims, NOW);
  }

  private static Request call(String contentType, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("host", List.of("localhost:8080"));
    headers.put("x-many", List.of("a", "b"));
    headers.put("cookie", List.of("one=1; two=2"));
    headers.put("content-type", List.of(contentType));
    return new Request("POST", "/pets", "q=a%20b&q=c&empty=", headers, body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anEventHasTheShapeOfTheFormat() throws Exception {
    JsonNode event = event(call("application/json", bytes("{}")), Optional.empty());
    ((com.fasterxml.jackson.databind.node.ObjectNode) event.path("requestContext"))
        .remove("requestId");
    JsonNode expected =
        JSON.readTree(
            """
            {
              "version": "2.0",
              "routeKey": "POST /pets",
              "rawPath": "/pets",
              "rawQueryString": "q=a%20b&q=c&empty=",
              "cookies": ["one=1", "two=2"],
              "headers": {
                "host": "localhost:8080",
                "x-many": "a,b",
                "content-type": "application/json"
              },
              "queryStringParameters": {"q": "a b,c", "empty": ""},
              "requestContext": {
                "accountId": "000000000000",
                "apiId": "local",
                "domainName": "localhost",
                "domainPrefix": "localhost",
                "http": {
                  "method": "POST",
                  "path": "/pets",
                  "protocol": "HTTP/1.1",
                  "sourceIp": "127.0.0.1",
                  "userAgent": ""
                },
                "routeKey": "POST /pets",
                "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1773342238390
              },
              "body": "{}",
              "isBase64Encoded": false
            }
            """);
    assertThat(JSON.readTree(event.toString())).isEqualTo(expected);
  }

  /** As measured on AWS: see {@link Payload}. */
  @Test
  void whatIsNotPlainTextArrivesAsBase64() {
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "application/merge-patch+json; charset=utf-8",
            "text/csv; charset=windows-1250",
            "text/plain;charset=iso-8859-1")) {
      JsonNode event = event(call(type, bytes("a=b")), Optional.empty());
      assertThat(event.path("body").asText()).as(type).isEqualTo("YT1i");
      assertThat(event.path("isBase64Encoded").asBoolean()).as(type).isTrue();
    }
    for (String type :
        List.of("text/csv", "text/plain; charset=utf-8", "application/json;charset=\"UTF-8\"")) {
      JsonNode event = event(call(type, bytes("a=b")), Optional.empty());
      assertThat(event.path("body").asText()).as(type).isEqualTo("a=b");
      assertThat(event.path("isBase64Encoded").asBoolean()).as(type).isFalse();
    }
  }

  @Test
  void everyClaimArrivesAsText() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "s");
    claims.put("exp", 1773342238L);
    claims.put("email_verified", true);
    claims.put("cognito:groups", List.of("a", "b"));
    JsonNode jwt =
        event(call("application/json", new byte[0]), Optional.of(claims))
            .path("requestContext")
            .path("authorizer")
            .path("jwt");
    assertThat(jwt.toString())
        .isEqualTo(
            "{\"claims\":{\"sub\":\"s\",\"exp\":\"1773342238\",\"email_verified\":\"true\","
                + "\"cognito:groups\":\"[a b]\"},\"scopes\":null}");
  }
}
