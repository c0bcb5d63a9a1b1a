package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Databases of one JVM remember what their tables look like, each its own. */
class TableRequestsTest {
  private static TableRequests withTable(String key) throws Exception {
    TableRequests database = new TableRequests(Optional.empty());
    database.createTable(
        "LOCAL",
        "eu-central-1",
        CreateTableRequest.builder()
            .tableName("Ledger")
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName(key)
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build())
            .build());
    return database;
  }

  private static void keepsItemsBy(String key, TableRequests database) {
    Map<String, AttributeValue> item =
        Map.of(key, AttributeValue.fromS("1"), "name", AttributeValue.fromS("Ada"));
    database.putItem(
        "LOCAL", "eu-central-1", PutItemRequest.builder().tableName("Ledger").item(item).build());
    GetItemRequest same =
        GetItemRequest.builder()
            .tableName("Ledger")
            .key(Map.of(key, AttributeValue.fromS("1")))
            .build();
    assertThat(database.getItem("LOCAL", "eu-central-1", same).item()).isEqualTo(item);
  }

  @Test
  void tablesOfOneNameInTwoDatabasesAreToldApart() throws Exception {
    TableRequests byFirm = withTable("firm");
    TableRequests byInvoice = withTable("invoice");
    for (int time = 1; time <= 2; time++) {
      keepsItemsBy("firm", byFirm);
      keepsItemsBy("invoice", byInvoice);
    }
    byFirm.shutdown();
    byInvoice.shutdown();
  }
}
