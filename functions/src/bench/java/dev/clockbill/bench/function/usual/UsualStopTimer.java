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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sfn.SfnClient;

/** {@code POST /timers/{timerId}/stop} as it is usually written. */
public final class UsualStopTimer
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final ObjectMapper json = new ObjectMapper();
  private final UsualTable table = new UsualTable();
  private final SfnClient stepFunctions = SfnClient.create();

  /** What is answered. */
  public record Entry(String timeEntryId, String startedAt, String stoppedAt, long minutes) {}

  /** What the workflow begins with. */
  public record Input(String firmId, String timeEntryId) {}

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Map<String, String> claims = event.getRequestContext().getAuthorizer().getJwt().getClaims();
    String firm = claims.get("custom:firmId");
    String staff = claims.get("custom:staffId");
    String timerId = event.getPathParameters().get("timerId");
    table.member(firm, staff);
    Map<String, AttributeValue> timer =
        table.readAll(firm, List.of("TIME#" + timerId, "RUNNING#" + staff)).get("RUNNING#" + staff);
    if (timer == null) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(404).build();
    }
    Map<String, Map<String, AttributeValue>> work =
        table.readAll(
            firm,
            List.of(
                "FIRM",
                "CUSTOMER#" + timer.get("customerId").s(),
                "SERVICE#" + timer.get("serviceId").s()));
    Instant started = Instant.parse(timer.get("startedAt").s());
    Instant now = Instant.now();
    Entry entry =
        new Entry(
            timerId,
            started.toString(),
            now.toString(),
            Math.max(1, Duration.between(started, now).toMinutes()));
    Map<String, AttributeValue> item = new HashMap<>(timer);
    item.putAll(UsualTable.key(firm, "TIME#" + timerId));
    item.put("stoppedAt", AttributeValue.fromS(entry.stoppedAt()));
    item.put("minutes", AttributeValue.fromN(Long.toString(entry.minutes())));
    item.put("hourlyRate", work.get("SERVICE#" + timer.get("serviceId").s()).get("hourlyRate"));
    table.client.transactWriteItems(
        transaction -> transaction.transactItems(ended(firm, staff, timerId), table.put(item)));
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

  private TransactWriteItem ended(String firm, String staff, String timerId) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table.name)
                    .key(UsualTable.key(firm, "RUNNING#" + staff))
                    .conditionExpression("#timerId = :timerId")
                    .expressionAttributeNames(Map.of("#timerId", "timerId"))
                    .expressionAttributeValues(Map.of(":timerId", AttributeValue.fromS(timerId))))
        .build();
  }
}
