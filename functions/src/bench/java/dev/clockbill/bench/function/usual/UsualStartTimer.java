package dev.clockbill.bench.function.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code POST /timers} as it is usually written. */
public final class UsualStartTimer
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ObjectMapper json = new ObjectMapper();
  private final UsualTable table = new UsualTable();

  /** What the body asks for. */
  public record Wanted(String customerId, String serviceId, String note) {}

  /** What is answered. */
  public record Started(
      String timerId, String customerId, String serviceId, String startedAt, String note) {}

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      Map<String, String> claims = event.getRequestContext().getAuthorizer().getJwt().getClaims();
      String firm = claims.get("custom:firmId");
      String staff = claims.get("custom:staffId");
      Wanted wanted = json.readValue(event.getBody(), Wanted.class);
      Map<String, AttributeValue> member = table.member(firm, staff);
      Map<String, Map<String, AttributeValue>> work =
          table.readAll(
              firm,
              List.of("FIRM", "CUSTOMER#" + wanted.customerId(), "SERVICE#" + wanted.serviceId()));
      if (work.size() < 3) {
        return APIGatewayV2HTTPResponse.builder().withStatusCode(404).build();
      }
      Started started =
          new Started(
              UUID.randomUUID().toString(),
              wanted.customerId(),
              wanted.serviceId(),
              Instant.now().toString(),
              wanted.note() == null ? "" : wanted.note());
      Map<String, AttributeValue> timer = new HashMap<>(UsualTable.key(firm, "RUNNING#" + staff));
      timer.put("timerId", AttributeValue.fromS(started.timerId()));
      timer.put("staffName", member.get("name"));
      timer.put("staffEmail", member.get("email"));
      timer.put("customerId", AttributeValue.fromS(started.customerId()));
      timer.put("serviceId", AttributeValue.fromS(started.serviceId()));
      timer.put("startedAt", AttributeValue.fromS(started.startedAt()));
      timer.put("note", AttributeValue.fromS(started.note()));
      timer.put("revision", AttributeValue.fromN("1"));
      table.client.putItem(
          put ->
              put.tableName(table.name)
                  .item(timer)
                  .conditionExpression("attribute_not_exists(#item)")
                  .expressionAttributeNames(Map.of("#item", "item")));
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(201)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(json.writeValueAsString(started))
          .build();
    } catch (JsonProcessingException wrong) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
    }
  }
}
