package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Databases of one JVM remember what their tables look like, each its own, and answer each request
 * at one go.
 */
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
  void whoAsksWaitsForTheWholeRequestAndNotForEachStatement() throws Exception {
    TableRequests database = withTable("firm");
    database.transactWriteItems("LOCAL", "eu-central-1", eightItems());
    long before = timesWaited();
    for (int request = 0; request < 10; request++) {
      database.transactWriteItems("LOCAL", "eu-central-1", eightItems());
    }
    // Eight items take some twenty statements.
    assertThat(timesWaited() - before).isLessThanOrEqualTo(2 * 10);
    database.shutdown();
  }

  private static long timesWaited() {
    return ManagementFactory.getThreadMXBean()
        .getThreadInfo(Thread.currentThread().threadId())
        .getWaitedCount();
  }

  private static TransactWriteItemsRequest eightItems() {
    return TransactWriteItemsRequest.builder()
        .transactItems(
            IntStream.range(0, 8)
                .mapToObj(
                    number ->
                        Put.builder()
                            .tableName("Ledger")
                            .item(Map.of("firm", AttributeValue.fromS("item " + number)))
                            .build())
                .map(put -> TransactWriteItem.builder().put(put).build())
                .toList())
        .build();
  }

  @Test
  void aRequestThatIsRefusedSaysWhy() throws Exception {
    TableRequests database = withTable("firm");
    keepsItemsBy("firm", database);
    PutItemRequest first =
        PutItemRequest.builder()
            .tableName("Ledger")
            .item(Map.of("firm", AttributeValue.fromS("1")))
            .conditionExpression("attribute_not_exists(firm)")
            .build();
    assertThatThrownBy(() -> database.putItem("LOCAL", "eu-central-1", first))
        .hasMessageContaining("The conditional request failed");
    assertThat(itemOf("firm", database)).containsKey("name");
    database.shutdown();
  }

  @Test
  @Timeout(10)
  void whatComesAfterItIsClosedIsRefused() throws Exception {
    TableRequests database = withTable("firm");
    database.shutdown();
    assertThatThrownBy(() -> itemOf("firm", database)).hasMessage("The database is closed.");
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
