package dev.clockbill.local.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * Remembers how DynamoDB Local keeps the items of a table, by the JSON that it has of that. It
 * reads this anew for each item that is read or written, on the one thread that it has for a
 * database: two thirds of what that thread did.
 */
final class KnownSchemas extends StdDeserializer<TableSchemaInfo> {
  private static final long serialVersionUID = 1L;

  private final transient DynamoDbObjectMapper reader = new DynamoDbObjectMapper();
  private final transient Map<ByteBuffer, TableSchemaInfo> known = new ConcurrentHashMap<>();

  private KnownSchemas() {
    super(TableSchemaInfo.class);
  }

  /**
   * Has every database of this JVM remember; to be called before one is opened. There is no other
   * way than through the field of what reads them; a module of one name is taken once.
   */
  static synchronized void remember() {
    try {
      Field field = SQLiteDBAccessJob.class.getDeclaredField("MAPPER");
      field.setAccessible(true);
      DynamoDbObjectMapper mapper = (DynamoDbObjectMapper) field.get(null);
      mapper.getFactory().enable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
      mapper.registerModule(
          new SimpleModule("known schemas")
              .addDeserializer(TableSchemaInfo.class, new KnownSchemas()));
    } catch (ReflectiveOperationException another) {
      throw new IllegalStateException("DynamoDB Local reads schemas in another way.", another);
    }
  }

  @Override
  public TableSchemaInfo deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    byte[] written = (byte[]) parser.currentTokenLocation().contentReference().getRawContent();
    ByteBuffer key = ByteBuffer.wrap(written);
    TableSchemaInfo schema = known.get(key);
    if (schema == null) {
      schema = reader.readValue(written, TableSchemaInfo.class);
      if (isComplete(schema)) {
        known.put(key, schema);
      }
    }
    return schema;
  }

  /** From then on it stays as it is: the stack changes no table that it has made. */
  private static boolean isComplete(TableSchemaInfo schema) {
    return !schema.hasGSIs()
        || schema.getGsiDescList().stream()
            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }
}
