package dev.clockbill.local.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * Remembers how DynamoDB Local keeps the items of a table, by the JSON that it has of that. It
 * reads this anew for each item that is read or written, on the one thread that it has for a
 * database: two thirds of what that thread did.
 */
final class KnownSchemas extends JsonDeserializer<TableSchemaInfo> {
  private static final DynamoDbObjectMapper READER = new DynamoDbObjectMapper();

  /** Few, so that comparing with each is quicker than a hash of the whole text. */
  private static final List<Known> KNOWN = new CopyOnWriteArrayList<>();

  private KnownSchemas() {}

  private record Known(byte[] written, TableSchemaInfo schema) {}

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
    for (Known known : KNOWN) {
      if (Arrays.equals(known.written(), written)) {
        return known.schema();
      }
    }
    TableSchemaInfo schema = READER.readValue(written, TableSchemaInfo.class);
    if (areMade(schema.getGsiDescList())) {
      KNOWN.add(new Known(written, schema));
    }
    return schema;
  }

  /**
   * Whether all of a table's indexes are made. From then on it stays as it is: the stack changes no
   * table that it has made.
   *
   * @param indexes null where it has none
   */
  static boolean areMade(List<GlobalSecondaryIndexDescription> indexes) {
    return indexes == null
        || indexes.stream().allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }
}
