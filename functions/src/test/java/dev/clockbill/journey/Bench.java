package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.Partition;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A stack of a test's own, beside the one of its class, on which things are let go wrong. */
final class Bench implements AutoCloseable {
  /** How long the product may take to recover by itself: what it repeats least is tried hourly. */
  private static final List<Duration> PATIENCE = patience();

  private final Address address;
  private final Optional<Stack> stack;
  private final boolean own;
  private final AwsService dynamoDb;

  /**
   * Where a stack is.
   *
   * @param base of its API and controls
   * @param tables the endpoint of its DynamoDB
   * @param table the name of its table
   */
  record Address(String base, String tables, String table) {
    static Address of(Stack stack) {
      Map<String, String> environment = stack.environment("Timers");
      return new Address(
          stack.base(),
          environment.get("AWS_ENDPOINT_URL_DYNAMODB"),
          environment.get("TABLE_NAME"));
    }
  }

  private Bench(Address address, Optional<Stack> stack, boolean own) {
    this.address = address;
    this.stack = stack;
    this.own = own;
    this.dynamoDb = Partition.service(address.tables());
  }

  /** Starts a stack in memory whose time stands. */
  static Bench open() {
    Stack stack = Stack.start(Laptop.settings());
    stack.clock().stop(true);
    return new Bench(Address.of(stack), Optional.of(stack), true);
  }

  /** Starts a stack in memory whose time passes. */
  static Bench running() {
    Stack stack = Stack.start(Laptop.settings());
    return new Bench(Address.of(stack), Optional.of(stack), true);
  }

  /** Looks into the stack of the test class, which stays. */
  static Bench ofClass() {
    return new Bench(Address.of(Laptop.stack()), Optional.of(Laptop.stack()), false);
  }

  /** Looks into a stack that somebody else has started, and ends. */
  static Bench at(Address address) {
    return new Bench(address, Optional.empty(), false);
  }

  private static List<Duration> patience() {
    List<Duration> waits = new ArrayList<>();
    for (int at = 0; at < 12; at++) {
      waits.add(Duration.ofMinutes(5));
    }
    for (int at = 0; at < 24; at++) {
      waits.add(Duration.ofMinutes(30));
    }
    return waits;
  }

  /** The requests that the stack's functions make, and those that are to fail. */
  Faults faults() {
    return stack.orElseThrow().faults();
  }

  /** Its API, without a token. */
  Api api() {
    return Api.at(address.base());
  }

  TestFirm firm(String settings) {
    return TestFirm.at(address.base(), settings);
  }

  /** What time it is there, in whole seconds. */
  Instant now() {
    return clock("{}");
  }

  private Instant clock(String body) {
    return Instant.parse(api().post("/_local/clock", body).expect(200).path("now").asText());
  }

  /** Moves time on, through everything that is due. */
  void pass(Duration time) {
    clock(Api.json("advance", time.toString()));
  }

  /** Moves time on to a moment; schedules run in the last hour only. */
  void skipTo(Instant then) {
    Duration asleep = Duration.between(now(), then).minusHours(1);
    if (asleep.isPositive()) {
      passAsleep(asleep);
    }
    pass(Duration.between(now(), then));
  }

  /** Moves time on while schedules sleep. */
  void passAsleep(Duration time) {
    clock(Api.json("advance", time.toString(), "schedules", false));
  }

  /**
   * Looks until it is as it should be, and lets time pass in between, as long as the product may
   * take to recover by itself.
   *
   * @throws AssertionError with what was seen last
   */
  <T> T until(String what, Supplier<T> look, Predicate<T> good) {
    pass(Duration.ZERO);
    T seen = look.get();
    for (Duration wait : PATIENCE) {
      if (good.test(seen)) {
        return seen;
      }
      pass(wait);
      seen = look.get();
    }
    throw new AssertionError("after half a day there is still not " + what + " but " + seen);
  }

  /** All mails that were sent, newest first. */
  List<JsonNode> mails() {
    return list(api().get("/_local/mails").expect(200).path("mails"));
  }

  /** A firm's mails of one kind about an invoice or a timer, newest first. */
  List<JsonNode> mails(String kind, String about) {
    return mails().stream()
        .filter(mail -> mail.path("tags").path("kind").asText().equals(kind))
        .filter(
            mail ->
                mail.path("tags").path("invoiceId").asText().equals(about)
                    || mail.path("tags").path("timerId").asText().equals(about))
        .toList();
  }

  /** All executions of the workflow. */
  List<JsonNode> executions() {
    return list(api().get("/_local/executions").expect(200).path("executions"));
  }

  /** All checkouts at the processor. */
  List<JsonNode> checkouts() {
    return list(api().get("/_processor/checkout").expect(200).path("sessions"));
  }

  /** Everything in the table. */
  List<Item> items() {
    List<Item> items = new ArrayList<>();
    Map<String, Object> scan = Json.object("TableName", address.table(), "ConsistentRead", true);
    do {
      Map<String, Object> answer = dynamoDb.call("Scan", scan);
      Json.objects(answer, "Items").stream().map(Item::new).forEach(items::add);
      scan.put("ExclusiveStartKey", answer.get("LastEvaluatedKey"));
    } while (scan.get("ExclusiveStartKey") != null);
    return items;
  }

  /** Everything that there is outside the API, at one moment. */
  record Look(
      Instant now,
      List<JsonNode> mails,
      List<JsonNode> executions,
      List<JsonNode> checkouts,
      List<Item> items) {}

  /** Looks at everything. */
  Look look() {
    return new Look(now(), mails(), executions(), checkouts(), items());
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    if (own) {
      stack.ifPresent(Stack::close);
    }
  }
}
