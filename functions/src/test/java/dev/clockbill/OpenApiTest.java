package dev.clockbill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Route;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code openapi.yaml} against {@code template.yaml} and against itself. */
class OpenApiTest {
  private static final Map<String, Operation> OPERATIONS = ApiDescription.OURS.operations();

  @Test
  void everyRouteOfTheTemplateIsDescribedAndNoOther() {
    assertThat(OPERATIONS.keySet()).isEqualTo(routes().keySet());
  }

  @Test
  void anOperationIsOpenExactlyWhereItsRouteIs() {
    Map<String, Boolean> described = new TreeMap<>();
    OPERATIONS.forEach(
        (route, operation) ->
            described.put(
                route, operation.getSecurity() != null && operation.getSecurity().isEmpty()));
    Map<String, Boolean> written = new TreeMap<>();
    for (FunctionEntry function : Project.functions()) {
      for (Route route : function.routes()) {
        written.put(route.method() + " " + route.path(), route.open());
      }
    }
    assertThat(described).isEqualTo(written);
  }

  @Test
  void anOperationIsTaggedWithItsFunctionAndItsIdBeginsWithIt() {
    routes()
        .forEach(
            (route, function) -> {
              Operation operation = OPERATIONS.get(route);
              assertThat(operation.getTags()).as(route).containsExactly(function);
              assertThat(operation.getOperationId()).as(route).startsWith(function);
            });
    assertThat(OPERATIONS.values()).extracting(Operation::getOperationId).doesNotHaveDuplicates();
    assertThat(ApiDescription.OURS.document().getTags())
        .extracting(Tag::getName)
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(routes().values()));
  }

  @Test
  void aRouteWithATokenListsWhatHappensWithoutOne() {
    OPERATIONS.forEach(
        (route, operation) ->
            assertThat(operation.getResponses().containsKey("401"))
                .as(route)
                .isEqualTo(operation.getSecurity() == null));
  }

  @Test
  void aRouteThatLooksAnIdUpListsThatItMayNotBeFound() {
    OPERATIONS.forEach(
        (route, operation) -> {
          if (route.contains("{")) {
            assertThat(operation.getResponses()).as(route).containsKey("404");
          }
        });
  }

  @Test
  void everythingThatIsDefinedIsUsed() {
    String text = Project.read("functions/src/main/resources/openapi.yaml");
    Set<String> used =
        Pattern.compile("#/components/(\\w+)/(\\w+)")
            .matcher(text)
            .results()
            .map(found -> found.group(1) + "/" + found.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(defined(text)).isEqualTo(used);
  }

  private static Set<String> defined(String text) {
    Set<String> defined = new TreeSet<>();
    String kind = "";
    String components = text.substring(text.indexOf("\ncomponents:"));
    Pattern key = Pattern.compile("^(?:  |    )(\\w+):(?: .*)?$", Pattern.MULTILINE);
    for (MatchResult found : key.matcher(components).results().toList()) {
      if (found.group().startsWith("    ")) {
        defined.add(kind + "/" + found.group(1));
      } else {
        kind = found.group(1);
      }
    }
    defined.removeIf(each -> each.startsWith("securitySchemes/"));
    return defined;
  }

  @Test
  void whatARequestMayHoldIsSaidToTheLastField() {
    List<String> open =
        OPERATIONS.entrySet().stream()
            .filter(each -> takesJson(each.getValue()))
            .filter(each -> !each.getKey().equals("POST /webhooks/payments"))
            .filter(
                each ->
                    !Boolean.FALSE.equals(
                        ApiDescription.OURS.bodySchema(each.getValue()).getAdditionalProperties()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(open).isEmpty();
  }

  /** What takes a file has its body described elsewhere in the document. */
  private static boolean takesJson(Operation operation) {
    RequestBody body = operation.getRequestBody();
    return body != null
        && body.getContent() != null
        && body.getContent().containsKey("application/json");
  }

  private static Map<String, String> routes() {
    Map<String, String> routes = new TreeMap<>();
    for (FunctionEntry function : Project.functions()) {
      for (Route route : function.routes()) {
        routes.put(route.method() + " " + route.path(), function.logicalId());
      }
    }
    return routes;
  }
}
