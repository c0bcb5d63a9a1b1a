package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.aws.Touch;
import dev.clockbill.local.aws.Touch.Use;
import dev.clockbill.local.template.TableEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedPartitionsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TouchedPartitions TOUCHED =
      new TouchedPartitions(
          List.of(
              new TableEntry(
                  "Books",
                  "books",
                  json(
                      """
                      {'KeySchema': [{'AttributeName': 'shelf', 'KeyType': 'HASH'},
                          {'AttributeName': 'book', 'KeyType': 'RANGE'}],
                        'GlobalSecondaryIndexes': [{'IndexName': 'ByAuthor',
                          'KeySchema': [{'AttributeName': 'author', 'KeyType': 'HASH'}]}]}
                      """))));

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  private static List<Touch> touches(String operation, String body) {
    return TOUCHED.by(operation, json(body));
  }

  @ParameterizedTest
  @CsvSource({"GetItem,Key", "DeleteItem,Key", "UpdateItem,Key", "PutItem,Item"})
  void aRequestAboutAnItemTouchesItsPartition(String operation, String member) {
    assertThat(
            touches(
                operation,
                "{'TableName': 'books', '%s': {'shelf': {'S': 'A'}, 'book': {'S': '1'}}}"
                    .formatted(member)))
        .containsExactly(new Touch("A", Use.KEY));
  }

  @Test
  void aTableMayBeNamedByItsArn() {
    assertThat(
            touches(
                "GetItem",
                "{'TableName': 'arn:aws:dynamodb:eu-central-1:000000000000:table/books',"
                    + " 'Key': {'shelf': {'S': 'A'}}}"))
        .containsExactly(new Touch("A", Use.KEY));
  }

  @Test
  void whatIsWrittenIsListedInIndexes() {
    assertThat(
            touches(
                "PutItem",
                "{'TableName': 'books', 'Item': {'shelf': {'S': 'A'}, 'author': {'S': 'Ada'}}}"))
        .containsExactly(new Touch("A", Use.KEY), new Touch("Ada", Use.LISTED));
    assertThat(
            touches(
                "UpdateItem",
                """
                {'TableName': 'books', 'Key': {'shelf': {'S': 'A'}},
                  'UpdateExpression': 'SET #n = :n, #author = :a REMOVE #x',
                  'ExpressionAttributeNames': {'#n': 'name', '#author': 'author', '#x': 'x'},
                  'ExpressionAttributeValues': {':n': {'S': 'B'}, ':a': {'S': 'Ada'}}}
                """))
        .containsExactly(new Touch("A", Use.KEY), new Touch("Ada", Use.LISTED));
  }

  @Test
  void aTransactionTouchesThePartitionsOfItsParts() {
    assertThat(
            touches(
                "TransactWriteItems",
                """
                {'TransactItems': [
                  {'Put': {'TableName': 'books', 'Item': {'shelf': {'S': 'A'}}}},
                  {'Update': {'TableName': 'books', 'Key': {'shelf': {'S': 'B'}}}},
                  {'Delete': {'TableName': 'books', 'Key': {'shelf': {'S': 'C'}}}},
                  {'ConditionCheck': {'TableName': 'books', 'Key': {'shelf': {'S': 'D'}}}}]}
                """))
        .extracting(Touch::partition)
        .containsExactly("A", "B", "C", "D");
    assertThat(
            touches(
                "TransactGetItems",
                "{'TransactItems': [{'Get': {'TableName': 'books', 'Key': {'shelf': {'S':"
                    + " 'A'}}}}]}"))
        .extracting(Touch::partition)
        .containsExactly("A");
  }

  @Test
  void aBatchTouchesThePartitionsOfItsKeys() {
    assertThat(
            touches(
                "BatchGetItem",
                "{'RequestItems': {'books': {'Keys': [{'shelf': {'S': 'A'}}, {'shelf': {'S':"
                    + " 'B'}}]}}}"))
        .extracting(Touch::partition)
        .containsExactly("A", "B");
    assertThat(
            touches(
                "BatchWriteItem",
                """
                {'RequestItems': {'books': [
                  {'PutRequest': {'Item': {'shelf': {'S': 'A'}}}},
                  {'DeleteRequest': {'Key': {'shelf': {'S': 'B'}}}}]}}
                """))
        .extracting(Touch::partition)
        .containsExactly("A", "B");
  }

  @Test
  void aQueryTouchesThePartitionThatItNames() {
    String query =
        "{'TableName': 'books', %s 'KeyConditionExpression': '%s',"
            + " 'ExpressionAttributeNames': {'#p': '%s'},"
            + " 'ExpressionAttributeValues': {':p': {'S': 'A'}, ':x': {'S': 'x'}}}";
    assertThat(touches("Query", query.formatted("", "#p = :p AND begins_with(book, :x)", "shelf")))
        .containsExactly(new Touch("A", Use.KEY));
    assertThat(touches("Query", query.formatted("'IndexName': 'ByAuthor',", "#p = :p", "author")))
        .containsExactly(new Touch("A", Use.INDEX));
    assertThat(touches("Query", query.formatted("", "shelf = :p", "author")))
        .containsExactly(new Touch("A", Use.KEY));
  }

  @Test
  void whatIsNotUnderstoodAndAScanTouchEveryPartition() {
    assertThat(touches("Query", "{'TableName': 'books', 'KeyConditions': {}}"))
        .containsExactly(new Touch(Touch.EVERY, Use.KEY));
    assertThat(touches("Scan", "{'TableName': 'books'}"))
        .containsExactly(new Touch(Touch.EVERY, Use.KEY));
  }
}
