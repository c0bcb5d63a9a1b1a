package dev.clockbill.local.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.AwsCall;
import dev.clockbill.local.aws.AwsService;
import dev.clockbill.local.aws.JsonProtocol;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.aws.Touch;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.template.TableEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB: hands requests on to DynamoDB Local, which runs in this JVM and listens nowhere. */
public final class DynamoDb implements AwsService, AutoCloseable {
  private static final String TARGET = "DynamoDB_20120810";
  private static final JsonProtocol PROTOCOL =
      new JsonProtocol("1.0", TARGET, DynamoDbPermissions.OPERATIONS);
  private static final JsonMapper JSON = new JsonMapper();
  // DynamoDB Local separates tables by key id and region; in the stack all functions share them.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=LOCAL/20200101/eu-central-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=none";
  // In a field, because a logger without a reference loses its level.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final Consumption consumption = new Consumption();
  private final LocalDynamoDBServerHandler handler;
  private volatile List<TableEntry> tables = List.of();
  private volatile TouchedPartitions touched = new TouchedPartitions(List.of());

  /**
   * Starts DynamoDB Local.
   *
   * @param folder keeps the data; empty to keep it in memory
   */
  public DynamoDb(Optional<Path> folder) {
    SQLITE.setLevel(Level.SEVERE);
    try {
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      // Only the request handler is started, not the part that sends telemetry.
      this.handler = new LocalDynamoDBServerHandler(new TableRequests(folder), null);
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not start.", failed);
    }
  }

  /** Creates missing tables with their indexes. */
  public void create(List<TableEntry> missing) {
    tables = List.copyOf(missing);
    touched = new TouchedPartitions(missing);
    missing.forEach(table -> create(table, table.name()));
  }

  private void create(TableEntry table, String name) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
    for (String property : List.of("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")) {
      if (table.properties().has(property)) {
        wanted.set(property, table.properties().get(property));
      }
    }
    Response response = send("CreateTable", wanted.toString().getBytes(UTF_8));
    boolean there = new String(response.body(), UTF_8).contains("ResourceInUseException");
    if (response.status() != 200 && !there) {
      throw new IllegalStateException(
          "The table " + name + ": " + new String(response.body(), UTF_8));
    }
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public String operation(Request request) {
    return PROTOCOL.operation(request);
  }

  @Override
  public List<RequiredPermission> needs(AwsCall call) {
    return DynamoDbPermissions.needs(call.operation(), call.body());
  }

  @Override
  public List<Touch> touches(AwsCall call) {
    return touched.by(call.operation(), call.body());
  }

  /** The capacity that functions consume. */
  public Consumption consumption() {
    return consumption;
  }

  @Override
  public Response answer(AwsCall call) {
    return consumption.noting() ? noted(call) : send(call.operation(), call.http().body());
  }

  /** Asks DynamoDB to report the consumed capacity as well. */
  private Response noted(AwsCall call) {
    return call.operation().equals(TransactionUnits.OPERATION)
        ? notedTransaction(call)
        : notedRequest(call);
  }

  private Response notedRequest(AwsCall call) {
    ObjectNode asked = call.body().deepCopy();
    asked.put("ReturnConsumedCapacity", "INDEXES");
    Response response = send(call.operation(), asked.toString().getBytes(UTF_8));
    consumption.note(call, json(response).path("ConsumedCapacity"));
    return response;
  }

  /** One after the other, since each is looked at before and after. */
  private synchronized Response notedTransaction(AwsCall call) {
    tables.forEach(table -> create(table, TransactionUnits.counted(table.name())));
    TransactionUnits.Before before =
        new TransactionUnits(
                tables, (operation, body) -> json(send(operation, body.toString().getBytes(UTF_8))))
            .before(call.body());
    Response response = send(call.operation(), call.http().body());
    if (response.status() == 200) {
      consumption.note(call, before.consumed());
    }
    return response;
  }

  private static JsonNode json(Response response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  @Override
  public Response error(int status, String code, String message) {
    return PROTOCOL.error(status, code, message);
  }

  private Response send(String operation, byte[] body) {
    try {
      return DirectExchange.post(
          handler,
          Map.of("X-Amz-Target", TARGET + "." + operation, "Authorization", AUTHORIZATION),
          body);
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local fails.", failed);
    }
  }

  @Override
  public void close() {
    handler.close();
  }
}
