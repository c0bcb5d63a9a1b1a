package dev.clockbill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.aws.Faults.Call;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@Tag("stack")
class StackTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = Stack.start(TestStack.settings());
    // However long a test takes, no schedule is noted that it did not wait for.
    stack.clock().stop(true);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void forget() {
    NotebookHandler.NOTED.clear();
  }

  @Test
  void everyScheduledRunHappensWhileTimeIsMoved() throws Exception {
    HttpResponse<String> answer =
        TestStack.send(stack, "POST", "/_local/clock", "{\"advance\":\"PT1H\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(NotebookHandler.NOTED).hasSize(12).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anEventThatFitsReachesTheFunctionAndOneThatDoesNotDoesNot() {
    put("below", "ignored", false);
    put("top left", "kept", false);
    stack.clock().settle();
    assertThat(NotebookHandler.NOTED).containsExactly("kept");
  }

  @Test
  void aFailedDeliveryIsTriedAgainAfterOneAndTwoMinutes() {
    put("top", "fails", true);
    stack.clock().settle();
    assertThat(NotebookHandler.NOTED).hasSize(1);
    stack.clock().advance(Duration.ofMinutes(1));
    assertThat(NotebookHandler.NOTED).hasSize(2);
    stack.clock().advance(Duration.ofMinutes(2));
    assertThat(NotebookHandler.NOTED).hasSize(3);
    stack.clock().advance(Duration.ofMinutes(1));
    assertThat(NotebookHandler.NOTED).hasSize(3);
  }

  @Test
  void aCallThatThePolicyDoesNotGrantIsRefused() {
    try (DynamoDbClient client = TestClients.dynamoDb(stack.environment("Notebook"))) {
      Map<String, AttributeValue> key =
          Map.of("shelf", AttributeValue.fromS("a"), "title", AttributeValue.fromS("b"));
      client.putItem(put -> put.tableName("Notes").item(key));
      assertThat(client.getItem(get -> get.tableName("Notes").key(key)).item()).isEqualTo(key);
      assertThatThrownBy(() -> client.deleteItem(delete -> delete.tableName("Notes").key(key)))
          .isInstanceOfSatisfying(
              DynamoDbException.class,
              refused ->
                  assertThat(refused.awsErrorDetails().errorCode())
                      .isEqualTo("AccessDeniedException"))
          .hasMessageContaining("dynamodb:DeleteItem");
    }
  }

  @Test
  void aScheduledFunctionRunsWhenItIsAskedTo() throws Exception {
    assertThat(schedule("Notebook")).isEqualTo(200);
    assertThat(NotebookHandler.NOTED).hasSize(1);
    assertThat(schedule("Echo")).as("no schedule").isEqualTo(404);
    assertThat(schedule("Nobody")).isEqualTo(404);
  }

  private static int schedule(String function) throws Exception {
    return TestStack.send(stack, "POST", "/_local/schedules/" + function, "").statusCode();
  }

  @Test
  void aCallIsLetFailBeforeOrAfterItsEffect() throws Exception {
    try (DynamoDbClient client = TestClients.dynamoDb(stack.environment("Notebook"))) {
      assertThat(fails(client, "before")).isFalse();
      assertThat(fails(client, "after")).isTrue();
    }
  }

  /** Lets a put of an item fail, and says whether the item is there nevertheless. */
  private static boolean fails(DynamoDbClient client, String when) throws Exception {
    Map<String, AttributeValue> key =
        Map.of("shelf", AttributeValue.fromS("faults"), "title", AttributeValue.fromS(when));
    String fault =
        """
        {"function": "Notebook", "service": "dynamodb", "operation": "PutItem", "when": "%s"}
        """
            .formatted(when);
    assertThat(TestStack.send(stack, "POST", "/_local/faults", fault).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> client.putItem(put -> put.tableName("Notes").item(key)))
        .isInstanceOfSatisfying(
            DynamoDbException.class, failed -> assertThat(failed.statusCode()).isEqualTo(500));
    return client.getItem(get -> get.tableName("Notes").key(key)).hasItem();
  }

  @Test
  void aCallIsLeftUnansweredOrThrottled() {
    Call put = new Call("Notebook", "dynamodb", "PutItem");
    Call transaction = new Call("Notebook", "dynamodb", "TransactWriteItems");
    Map<String, AttributeValue> key =
        Map.of("shelf", AttributeValue.fromS("faults"), "title", AttributeValue.fromS("silent"));
    TransactWriteItem write =
        TransactWriteItem.builder().put(item -> item.tableName("Notes").item(key)).build();
    try (DynamoDbClient client = TestClients.dynamoDb(stack.environment("Notebook"))) {
      stack.faults().add(put, "before", "throttle", 1);
      assertThatThrownBy(() -> client.putItem(item -> item.tableName("Notes").item(key)))
          .isInstanceOfSatisfying(
              AwsServiceException.class, busy -> assertThat(busy.isThrottlingException()).isTrue());
      stack.faults().add(transaction, "before", "throttle", 1);
      assertThatThrownBy(() -> client.transactWriteItems(all -> all.transactItems(write)))
          .isInstanceOfSatisfying(
              TransactionCanceledException.class,
              cancelled ->
                  assertThat(cancelled.cancellationReasons().getFirst().code())
                      .isEqualTo("ThrottlingError"));
      stack.faults().add(put, "before", "timeout", 1);
      assertThatThrownBy(() -> client.putItem(item -> item.tableName("Notes").item(key)))
          .isInstanceOf(SdkClientException.class);
      assertThat(client.getItem(get -> get.tableName("Notes").key(key)).hasItem()).isFalse();
      stack.faults().add(put, "after", "timeout", 1);
      assertThatThrownBy(() -> client.putItem(item -> item.tableName("Notes").item(key)))
          .isInstanceOf(SdkClientException.class);
      assertThat(client.getItem(get -> get.tableName("Notes").key(key)).hasItem()).isTrue();
    }
    assertThat(stack.faults().left()).isZero();
    assertThat(stack.faults().seen()).contains(put, transaction);
    assertThat(stack.faults().seen()).isEmpty();
  }

  @Test
  void aWholeServiceIsAwayUntilItIsTakenBack() throws Exception {
    String away =
        """
        {"function": "*", "service": "dynamodb", "operation": "*", "when": "before", "times": %d}
        """;
    Map<String, AttributeValue> key =
        Map.of("shelf", AttributeValue.fromS("faults"), "title", AttributeValue.fromS("away"));
    try (DynamoDbClient client = TestClients.dynamoDb(stack.environment("Notebook"))) {
      assertThat(
              TestStack.send(stack, "POST", "/_local/faults", away.formatted(1_000)).statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> client.putItem(item -> item.tableName("Notes").item(key)))
          .isInstanceOf(DynamoDbException.class);
      assertThatThrownBy(() -> client.getItem(get -> get.tableName("Notes").key(key)))
          .isInstanceOf(DynamoDbException.class);
      TestStack.send(stack, "POST", "/_local/faults", away.formatted(0));
      assertThat(client.getItem(get -> get.tableName("Notes").key(key)).hasItem()).isFalse();
    }
  }

  @Test
  void aFaultThatCannotBeMeantIsRefused() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"function\":\"Nobody\",\"service\":\"ses\",\"operation\":\"A\",\"when\":\"after\"}",
            "{\"function\":\"Echo\",\"service\":\"sqs\",\"operation\":\"A\",\"when\":\"after\"}",
            "{\"function\":\"Echo\",\"service\":\"ses\",\"operation\":\"A\",\"when\":\"during\"}",
            "{\"function\":\"Echo\",\"service\":\"ses\",\"operation\":\"A\",\"when\":\"after\",\"times\":-1}",
            "{\"function\":\"Echo\",\"service\":\"ses\",\"operation\":\"A\",\"when\":\"before\",\"with\":\"luck\"}",
            "{\"function\":\"Echo\",\"service\":\"ses\",\"operation\":\"A\",\"when\":\"after\",\"with\":\"throttle\"}")) {
      var answer = TestStack.send(stack, "POST", "/_local/faults", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("message");
    }
  }

  @Test
  void theStartPageTakesTheRootWhereTheTemplateHasNone() throws Exception {
    var page = TestStack.send(stack, "GET", "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/_local/inbox").doesNotContain("<script");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(TestStack.send(stack, "GET", "/_local/style.css", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aControlSaysWhatIsWrongWithItsInput() throws Exception {
    for (String body :
        List.of("{", "[]", "{\"advance\":\"-PT1S\"}", "{\"advance\":1}", "{\"foo\":1}")) {
      assertThat(TestStack.send(stack, "POST", "/_local/clock", body).statusCode())
          .as(body)
          .isEqualTo(400);
    }
  }

  @Test
  void dataAndTimeOutliveARestart(@TempDir Path folder) throws Exception {
    Stack first = Stack.start(TestStack.settings().keptIn(folder));
    first.clock().stop(true);
    first.clock().advance(Duration.ofDays(2));
    var then = first.clock().instant();
    Map<String, AttributeValue> key =
        Map.of("shelf", AttributeValue.fromS("a"), "title", AttributeValue.fromS("b"));
    try (DynamoDbClient client = TestClients.dynamoDb(first.environment("Notebook"))) {
      client.putItem(put -> put.tableName("Notes").item(key));
    }
    try (Stack second = first.restart();
        DynamoDbClient client = TestClients.dynamoDb(second.environment("Notebook"))) {
      assertThat(second.base()).isEqualTo(first.base());
      assertThat(second.clock().instant()).isEqualTo(then);
      assertThat(client.getItem(get -> get.tableName("Notes").key(key)).item()).isEqualTo(key);
    }
  }

  @Test
  void aDeliveryThatIsToBeTriedAgainOutlivesARestart(@TempDir Path folder) {
    Stack first = Stack.start(TestStack.settings().keptIn(folder));
    first.clock().stop(true);
    put(first, "top", "fails", true);
    first.clock().settle();
    assertThat(NotebookHandler.NOTED).containsExactly("fails");
    try (Stack second = first.restart()) {
      second.clock().advance(Duration.ofMinutes(1));
      assertThat(NotebookHandler.NOTED).containsExactly("fails", "fails");
      second.clock().advance(Duration.ofMinutes(4));
      assertThat(NotebookHandler.NOTED.stream().filter("fails"::equals)).hasSize(3);
    }
    NotebookHandler.NOTED.clear();
    try (Stack third = Stack.start(TestStack.settings().keptIn(folder))) {
      third.clock().settle();
      assertThat(NotebookHandler.NOTED).as("given up").isEmpty();
    }
  }

  @Test
  void aTakenPortIsNamedWithTheOptionThatChangesIt() {
    int port = java.net.URI.create(stack.base()).getPort();
    assertThatThrownBy(() -> Stack.start(TestStack.settings().onPort(port)))
        .hasMessageContaining("Port " + port)
        .hasMessageContaining("-Dport=");
  }

  @Test
  void theGatewayHandsARequestOnInPayloadFormatTwo() throws Exception {
    var answer = TestStack.send(stack, "POST", "/echo/a%20b?x=1&x=2", "{\"hello\":1}");
    var event = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(event.path("routeKey").asText()).isEqualTo("POST /echo/{word}");
    assertThat(event.path("pathParameters").path("word").asText()).isEqualTo("a b");
    assertThat(event.path("queryStringParameters").path("x").asText()).isEqualTo("1,2");
    assertThat(event.path("body").asText()).isEqualTo("{\"hello\":1}");
    assertThat(TestStack.send(stack, "GET", "/guarded", "").statusCode()).isEqualTo(401);
    assertThat(TestStack.send(stack, "GET", "/nowhere", "").statusCode()).isEqualTo(404);
    var noPath = TestStack.send(stack, "GET", "/echo/%00", "");
    assertThat(noPath.statusCode()).isEqualTo(400);
    assertThat(noPath.body()).isEqualTo("{\"message\":\"Bad Request\"}");
  }

  private static void put(String store, String title, boolean fails) {
    put(stack, store, title, fails);
  }

  private static void put(Stack stack, String store, String title, boolean fails) {
    stack
        .events()
        .put(
            "test.notes",
            "Noted",
            JsonNodeFactory.instance
                .objectNode()
                .put("shelf", store)
                .put("title", title)
                .put("fails", fails));
  }
}
