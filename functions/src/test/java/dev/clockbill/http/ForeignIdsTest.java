package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.ApiDescription;
import dev.clockbill.Laptop;
import dev.clockbill.Partition;
import dev.clockbill.Routes;
import dev.clockbill.StoppedClock;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The ids of another firm's things, wherever a request can hold one: nothing is found, nothing is
 * changed in either firm, and no answer says a name.
 *
 * <p>Routes come from {@code template.yaml}, fields from {@code openapi.yaml}: new ones are tried
 * without a word here.
 */
@StoppedClock
class ForeignIdsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What parameters of queries hold that have to be there. */
  private static final Map<String, String> NEEDED =
      Map.of("from", "2026-01-01", "to", "2026-12-31", "by", "customer");

  private final OneOfEverything theirs = OneOfEverything.of("Quaxonium");
  private final OneOfEverything ours = OneOfEverything.of("Veltorin");
  private final List<Map<String, AttributeValue>> theirItems = items(theirs);
  private final List<Map<String, AttributeValue>> ourItems = items(ours);
  private final String theirMails = mails();
  private final long ourDraftsVersion =
      ours.firm().invoice(ours.ids().get("invoiceId")).path("version").asLong();
  private final List<String> asked = new ArrayList<>();

  private static List<Map<String, AttributeValue>> items(OneOfEverything of) {
    return Partition.of(Laptop.stack(), of.firm().firmId());
  }

  private static String mails() {
    return Laptop.api().get("/_local/mails").expect(200).toString();
  }

  @AfterEach
  void nothingHasChanged() {
    assertThat(theirItems).hasSizeGreaterThan(10);
    assertThat(items(theirs)).isEqualTo(theirItems);
    assertThat(items(ours)).isEqualTo(ourItems);
    assertThat(mails()).isEqualTo(theirMails);
  }

  @Test
  void inThePathTheyAreNotFound() {
    for (String route : Routes.withToken()) {
      if (route.contains("{")) {
        refused(route, theirs.path(route), body(route));
        if (route.contains("{invoiceId}") && !route.contains("{paymentId}")) {
          String sent = route.substring(route.indexOf(' ') + 1);
          refused(route, sent.replace("{invoiceId}", theirs.sent()), body(route));
        }
        if (route.contains("{paymentId}") && route.contains("{invoiceId}")) {
          String theirPayment =
              ours.path(route).replace(ours.ids().get("paymentId"), theirs.ids().get("paymentId"));
          refused(route, theirPayment, body(route));
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(30);
  }

  @Test
  void inTheBodyTheyAreNotFound() {
    for (String route : Routes.withToken()) {
      Operation operation = ApiDescription.OURS.operations().get(route);
      if (!takesJson(operation)) {
        continue;
      }
      Schema<?> schema = ApiDescription.OURS.bodySchema(operation);
      for (Map.Entry<String, ?> property : properties(schema).entrySet()) {
        for (JsonNode foreign : foreign(property.getKey(), (Schema<?>) property.getValue())) {
          ObjectNode body = minimal(schema);
          body.set(property.getKey(), foreign);
          refused(route + " " + property.getKey(), ours.path(route), body.toString());
        }
      }
    }
    assertThat(asked)
        .contains("POST /timers customerId", "POST /invoices timeEntryIds")
        .contains("PATCH /invoices/{invoiceId} lines", "PATCH /customers/{customerId} rates")
        .hasSizeGreaterThan(12);
  }

  @Test
  void inTheQueryTheyFindNothing() {
    for (String route : Routes.withToken()) {
      Operation operation = ApiDescription.OURS.operations().get(route);
      List<Parameter> parameters =
          operation.getParameters() == null ? List.of() : operation.getParameters();
      for (Parameter parameter : parameters) {
        if (parameter.getIn().equals("query") && ids().containsKey(parameter.getName())) {
          String path = ours.path(route) + "?" + parameter.getName() + "=";
          Api.Answer answer = call(route, path + ids().get(parameter.getName()), null);
          assertThat(answer.status()).as(answer::toString).isIn(200, 400, 404);
          answer.json().forEach(part -> assertThat(found(part)).as(answer::toString).isZero());
          asked.add(route + " " + parameter.getName());
        }
      }
      if (parameters.stream().anyMatch(parameter -> parameter.getName().equals("search"))) {
        call(route, ours.path(route) + "?search=" + theirs.word(), null);
      }
    }
    assertThat(asked)
        .contains("GET /time-entries customerId", "GET /time-entries staffId")
        .contains("GET /invoices customerId");
  }

  /** How many things a part of an answer lists or, where it counts them, says that there are. */
  private static int found(JsonNode part) {
    return part.isObject()
        ? part.properties().stream().mapToInt(count -> count.getValue().asInt()).sum()
        : part.size();
  }

  /** The next page of another firm's list is not to be had with its cursor. */
  @Test
  void aCursorOfTheirsLeadsNowhere() {
    for (String route : Routes.withToken()) {
      Operation operation = ApiDescription.OURS.operations().get(route);
      if (operation.getParameters() == null
          || operation.getParameters().stream()
              .noneMatch(parameter -> parameter.getName().equals("cursor"))) {
        continue;
      }
      String required =
          operation.getParameters().stream()
              .filter(one -> Boolean.TRUE.equals(one.getRequired()))
              .filter(one -> one.getIn().equals("query"))
              .map(one -> "&" + one.getName() + "=" + NEEDED.get(one.getName()))
              .collect(Collectors.joining());
      String first = "?limit=1" + required;
      JsonNode next =
          theirs.firm().owner().get(theirs.path(route) + first).expect(200).path("next");
      if (next.isTextual()) {
        Api.Answer answer = call(route, ours.path(route) + first + "&cursor=" + next.asText(), null);
        assertThat(answer.status()).as(answer::toString).isIn(200, 400);
        asked.add(route);
      }
    }
    assertThat(asked).contains("GET /time-entries", "GET /invoices");
  }

  private Map<String, String> ids() {
    return theirs.ids();
  }

  private void refused(String what, String path, String body) {
    Api.Answer answer = call(what, path, body);
    assertThat(answer.status()).as("%s: %s %s", what, body, answer).isIn(400, 404);
    if (answer.status() == 404) {
      assertThat(answer.word()).as(answer::toString).endsWith("-not-found");
    }
    asked.add(what);
  }

  private Api.Answer call(String route, String path, String body) {
    String method = route.substring(0, route.indexOf(' '));
    Api owner = ours.firm().owner();
    Api.Answer answer =
        (method.equals("PATCH") ? owner.ifMatch(ourDraftsVersion) : owner).call(method, path, body);
    assertThat(answer.body().toLowerCase(Locale.ROOT))
        .as(answer::toString)
        .doesNotContain(theirs.word().toLowerCase(Locale.ROOT));
    return answer;
  }

  /** The least that an operation takes, with things of our own; null where it takes nothing. */
  private String body(String route) {
    Operation operation = ApiDescription.OURS.operations().get(route);
    return takesJson(operation)
        ? minimal(ApiDescription.OURS.bodySchema(operation)).toString()
        : null;
  }

  /** What the document describes once for several operations are files, not JSON. */
  private static boolean takesJson(Operation operation) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent() != null
        && operation.getRequestBody().getContent().containsKey("application/json");
  }

  private ObjectNode minimal(Schema<?> schema) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    for (String name : required) {
      body.set(name, value(name, ApiDescription.OURS.resolved(properties(schema).get(name))));
    }
    return body;
  }

  private JsonNode value(String name, Schema<?> schema) {
    if (ours.ids().containsKey(name)) {
      return JSON.valueToTree(ours.ids().get(name));
    }
    String hour = name.equals("startedAt") ? "T09:00:00Z" : "T10:00:00Z";
    return switch (name) {
      case "startedAt", "stoppedAt" ->
          JSON.valueToTree(Laptop.now().minusSeconds(86_400).toString().substring(0, 10) + hour);
      case "receivedOn" -> JSON.valueToTree(Laptop.now().toString().substring(0, 10));
      default -> JSON.valueToTree(schema.getExample());
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // as the library has them
  private static Map<String, Schema<?>> properties(Schema<?> schema) {
    Map<String, Schema<?>> properties = (Map) schema.getProperties();
    return properties == null ? Map.of() : properties;
  }

  /** Each way in which a field can hold ids of theirs; none where it cannot. */
  private List<JsonNode> foreign(String name, Schema<?> written) {
    Schema<?> schema = ApiDescription.OURS.resolved(written);
    String one = name.replaceAll("Ids$", "Id");
    if (ids().containsKey(one)) {
      JsonNode id = JSON.valueToTree(ids().get(one));
      return List.of(name.equals(one) ? id : JSON.createArrayNode().add(id));
    }
    if (name.equals("rates")) {
      return List.of(JSON.createObjectNode().put(ids().get("serviceId"), 1));
    }
    List<JsonNode> found = new ArrayList<>();
    if (schema.getItems() != null) {
      Schema<?> item = ApiDescription.OURS.resolved(schema.getItems());
      for (Map.Entry<String, Schema<?>> each : properties(item).entrySet()) {
        for (JsonNode foreign : foreign(each.getKey(), each.getValue())) {
          ObjectNode element = JSON.createObjectNode().set(each.getKey(), foreign);
          found.add(JSON.createArrayNode().add(element));
        }
      }
    }
    return found;
  }
}
