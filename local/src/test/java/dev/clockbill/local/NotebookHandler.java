package dev.clockbill.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Notes every event: its time or its title. It fails if the event says so. */
public final class NotebookHandler implements RequestStreamHandler {
  /** The times of scheduled events and the titles of all others, in order. */
  static final List<String> NOTED = new CopyOnWriteArrayList<>();

  private static final JsonMapper JSON = new JsonMapper();

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Creates a handler with the client of its environment. */
  public NotebookHandler(Map<String, String> environment) {
    this.table = environment.get("TABLE_NAME");
    this.dynamoDb = TestClients.dynamoDb(environment);
  }

  @Override
  public void handleRequest(InputStream stream, OutputStream answer, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(stream);
    JsonNode title = event.path("detail").path("title");
    NOTED.add(title.asText(event.path("time").asText()));
    if (event.path("detail").path("fails").asBoolean()) {
      throw new IllegalStateException("Asked to fail.");
    }
    if (title.isTextual()) {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(
                      Map.of(
                          "shelf",
                              AttributeValue.fromS(event.path("detail").path("shelf").asText()),
                          "title", AttributeValue.fromS(title.asText()))));
    }
    answer.write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
