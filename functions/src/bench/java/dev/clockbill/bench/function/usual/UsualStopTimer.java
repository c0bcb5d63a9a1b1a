package dev.clockbill.bench.function.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sfn.SfnClient;

/** {@code POST /timers/{timerId}/stop} as it is usually written. */
public final class UsualStopTimer
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ObjectMapper json = new ObjectMapper();
  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final SfnClient stepFunctions = SfnClient.create();
  private final String table = System.getenv("TABLE_NAME");

  /** What is answered. */
  public record Entry(String timeEntryId, String startedAt, String stoppedAt, long minutes) {}

  /** What the workflow begins with. */
  public record Input(String firmId, String timeEntryId) {}

  static KeysAndAttributes consistently(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().consistentRead(true).keys(keys).build();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Map<String, String> claims = event.getRequestContext().getAuthorizer().getJwt().getClaims();
    String firm = claims.get("custom:firmId");
    String staff = claims.get("custom:staffId");
    String timerId = event.getPathParameters().get("timerId");
    dynamoDb.getItem(get -> get.tableName(table).key(Keys.of(firm, "STAFF#" + staff)));
    Map<String, AttributeValue> timer =
        read(List.of(Keys.of(firm, "TIME#" + timerId), Keys.of(firm, "RUNNING#" + staff)))
            .get("RUNNING#" + staff);
    if (timer == null) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(404).build();
    }
    Map<String, Map<String, AttributeValue>> work =
        read(
            List.of(
                Keys.of(firm, "FIRM"),
                Keys.of(firm, "CUSTOMER#" + timer.get("customerId").s()),
                Keys.of(firm, "SERVICE#" + timer.get("serviceId").s())));
    Instant started = Instant.parse(timer.get("startedAt").s());
    Instant now = Instant.now();
    Entry entry =
        new Entry(
            timerId,
            started.toString(),
            now.toString(),
            Math.max(1, Duration.between(started, now).toMinutes()));
    Map<String, AttributeValue> item = new HashMap<>(timer);
    item.putAll(Keys.of(firm, "TIME#" + timerId));
    item.put("stoppedAt", AttributeValue.fromS(entry.stoppedAt()));
    item.put("minutes", AttributeValue.fromN(Long.toString(entry.minutes())));
    item.put("hourlyRate", work.get("SERVICE#" + timer.get("serviceId").s()).get("hourlyRate"));
    dynamoDb.transactWriteItems(
        transaction -> transaction.transactItems(ended(firm, staff, timerId), logged(item)));
    try {
      String input = json.writeValueAsString(new Input(firm, timerId));
      stepFunctions.startExecution(
          start ->
              start
                  .stateMachineArn(System.getenv("STATE_MACHINE_ARN"))
                  .name("timer-" + timerId)
                  .input(input));
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(json.writeValueAsString(Map.of("timeEntry", entry)))
          .build();
    } catch (JsonProcessingException wrong) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
    }
  }

  private Map<String, Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items =
        dynamoDb
            .batchGetItem(batch -> batch.requestItems(Map.of(table, consistently(keys))))
            .responses()
            .get(table);
    return items.stream()
        .collect(Collectors.toMap(item -> item.get("item").s(), Function.identity()));
  }

  private TransactWriteItem ended(String firm, String staff, String timerId) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(Keys.of(firm, "RUNNING#" + staff))
                    .conditionExpression("#timerId = :timerId")
                    .expressionAttributeNames(Map.of("#timerId", "timerId"))
                    .expressionAttributeValues(Map.of(":timerId", AttributeValue.fromS(timerId))))
        .build();
  }

  private TransactWriteItem logged(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#item)")
                    .expressionAttributeNames(Map.of("#item", "item")))
        .build();
  }
}
