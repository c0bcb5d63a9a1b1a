package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  @TempDir private Path folder;

  private static TableRequests withTable(String key) throws Exception {
    return withTable(key, new TableRequests(Optional.empty()));
  }

  private static TableRequests withTable(String key, TableRequests database) {
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
    assertThat(itemOf(key, database)).isEqualTo(item);
  }

  private static Map<String, AttributeValue> itemOf(String key, TableRequests database) {
    GetItemRequest same =
        GetItemRequest.builder()
            .tableName("Ledger")
            .key(Map.of(key, AttributeValue.fromS("1")))
            .build();
    return database.getItem("LOCAL", "eu-central-1", same).item();
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

  @Test
  void itemsOnDiskAreThereAgainWhenItIsOpenedAgain() throws Exception {
    TableRequests database = withTable("firm", new TableRequests(Optional.of(folder)));
    keepsItemsBy("firm", database);
    database.shutdown();
    TableRequests again = new TableRequests(Optional.of(folder));
    assertThat(itemOf("firm", again)).containsKey("name");
    again.shutdown();
  }

  @Test
  void whatWasWrittenIsInTheFilesBeforeItIsClosed(@TempDir Path copies) throws Exception {
    TableRequests database = withTable("firm", new TableRequests(Optional.of(folder)));
    keepsItemsBy("firm", database);
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.toList();
    }
    for (Path file : files) {
      Files.copy(file, copies.resolve(file.getFileName()));
    }
    database.shutdown();
    TableRequests after = new TableRequests(Optional.of(copies));
    assertThat(itemOf("firm", after)).containsKey("name");
    after.shutdown();
  }
}
