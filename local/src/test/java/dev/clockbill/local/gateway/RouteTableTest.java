package dev.clockbill.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.template.AsyncEntry;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private final RouteTable table =
      table(
          "ANY /{proxy+}",
          "GET /pets/{proxy+}",
          "GET /pets/{petId}",
          "GET /pets/dog",
          "POST /pets",
          "ANY /pets/dog/owner",
          "DELETE /pets/dog/owner");

  private static RouteTable table(String... routes) {
    return new RouteTable(
        List.of(
            new FunctionEntry(
                "Pets",
                "Pets",
                Map.of(),
                Duration.ofSeconds(3),
                List.of(),
                List.of(routes).stream()
                    .map(route -> route.split(" "))
                    .map(parts -> new Route(parts[0], parts[1], true))
                    .toList(),
                List.of(),
                List.of(),
                List.of(),
                AsyncEntry.STANDARD,
                "arn")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /pets/dog, GET /pets/dog",
    "GET, /pets/cat, GET /pets/{petId}",
    "GET, /pets/cat/tail, GET /pets/{proxy+}",
    "POST, /pets/cat, ANY /{proxy+}",
    "GET, /pets, ANY /{proxy+}",
    "PUT, /pets/dog/owner, ANY /pets/dog/owner",
    "DELETE, /pets/dog/owner, DELETE /pets/dog/owner",
  })
  void theMostExactRouteWins(String method, String path, String key) {
    assertThat(table.match(method, path)).map(RouteTable.Match::key).contains(key);
  }

  @Test
  void whatVariesIsDecoded() {
    assertThat(table.match("GET", "/pets/a%20b+c").orElseThrow().parameters())
        .isEqualTo(Map.of("petId", "a b+c"));
    assertThat(table.match("GET", "/pets/a/b%2Fc").orElseThrow().parameters())
        .isEqualTo(Map.of("proxy", "a/b/c"));
  }

  @Test
  void anUnknownPathOrMethodHasNoRoute() {
    RouteTable one = table("GET /pets/{petId}");
    assertThat(one.match("GET", "/pets")).isEmpty();
    assertThat(one.match("GET", "/pets/")).isEmpty();
    assertThat(one.match("GET", "/pets/1/2")).isEmpty();
    assertThat(one.match("POST", "/pets/1")).isEmpty();
    assertThat(one.match("HEAD", "/pets/1")).isEmpty();
  }

  @Test
  void theDefaultRouteTakesTheRest() {
    RouteTable some = table("ANY $default", "GET /pets");
    assertThat(some.match("GET", "/pets").orElseThrow().key()).isEqualTo("GET /pets");
    assertThat(some.match("PUT", "/pets").orElseThrow().key()).isEqualTo("$default");
  }
}
