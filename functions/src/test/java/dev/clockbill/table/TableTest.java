package dev.clockbill.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Writes whose outcome was not seen, and queues that are worked off.
 *
 * <p>Failure 21: only the id that a write leaves behind shows whether it took effect. Equal content
 * of another write does not count, and a repeated call whose first try took effect is done.
 */
@StoppedClock
class TableTest {
  private static final String FUNCTION = "Timers";
  private static final String KEY = "TEST#1";

  private final Table table = new Table(new Environment(Laptop.stack().environment(FUNCTION)));
  private final String firm = Ids.next();

  @AfterEach
  void noFaultIsLeft() {
    for (String operation : List.of("PutItem", "UpdateItem", "TransactWriteItems")) {
      Laptop.fault(FUNCTION, "dynamodb", operation, "after", 0);
    }
  }

  private Write put() {
    return Write.put(firm, KEY, Map.of("state", "open")).ifAbsent();
  }

  private Write update() {
    return Write.update(firm, KEY).set("state", "closed").ifEquals("state", "open");
  }

  private Write delete() {
    return Write.delete(firm, KEY).ifEquals("state", "open");
  }

  private void transaction() {
    table
        .begin(firm)
        .add(put())
        .add(Write.put(firm, "TEST#2", Map.of("state", "open")).ifAbsent())
        .commit();
  }

  private String state() {
    return table.get(firm, KEY).map(item -> item.text("state")).orElse(null);
  }

  @Test
  void failure21_ofTwoEqualPutsTheSecondFails() {
    table.write(put());
    assertThatThrownBy(() -> table.write(put())).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void failure21_ofTwoEqualUpdatesTheSecondFails() {
    table.write(put());
    table.write(update());
    assertThatThrownBy(() -> table.write(update())).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void failure21_ofTwoEqualDeletesTheSecondFails() {
    table.write(put());
    table.write(delete());
    assertThatThrownBy(() -> table.write(delete())).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void failure21_ofTwoEqualTransactionsTheSecondFails() {
    transaction();
    assertThatThrownBy(this::transaction).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void failure21_aRepeatedPutThatTookEffectIsDone() {
    Laptop.fault(FUNCTION, "dynamodb", "PutItem", "after", 1);
    table.write(put());
    assertThat(state()).isEqualTo("open");
  }

  @Test
  void failure21_aRepeatedUpdateThatTookEffectIsDone() {
    table.write(put());
    Laptop.fault(FUNCTION, "dynamodb", "UpdateItem", "after", 1);
    table.write(update());
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void failure21_aRepeatedDeleteThatTookEffectIsDone() {
    table.write(put());
    Laptop.fault(FUNCTION, "dynamodb", "TransactWriteItems", "after", 1);
    table.write(delete());
    assertThat(state()).isNull();
  }

  private void queue(Table queues, String id, Duration ago) {
    queues.write(
        Write.put(firm, "TEST#" + id, Map.of("state", "open"))
            .due(DueQueue.ACCOUNTS, id, Time.now().minus(ago)));
  }

  /** One shard is full of what came first; the item of another one waits for a turn, no longer. */
  @Test
  void aQueueIsWorkedOffByTurnsEachItemOnceAndInTime() {
    Table queues = new Table(new Environment(Laptop.stack().environment("ResumeWorkflow")));
    String shard = DueQueue.ACCOUNTS.partition("0");
    List<String> full =
        IntStream.range(0, 1_000)
            .mapToObj(Integer::toString)
            .filter(id -> DueQueue.ACCOUNTS.partition(id).equals(shard))
            .limit(5)
            .toList();
    String other =
        IntStream.range(0, 1_000)
            .mapToObj(Integer::toString)
            .filter(id -> !DueQueue.ACCOUNTS.partition(id).equals(shard))
            .findFirst()
            .orElseThrow();
    full.forEach(id -> queue(queues, id, Duration.ofHours(2)));
    queue(queues, other, Duration.ofHours(1));
    List<String> done = new ArrayList<>();
    DueQueue.ACCOUNTS.workOff(
        queues,
        2,
        1,
        Duration.ZERO,
        item -> {
          done.add(item.key());
          if (!item.key().equals("TEST#" + other)) {
            queue(queues, item.key().substring(5), Duration.ofHours(-1));
          }
          return true;
        });
    assertThat(done.subList(0, 2)).contains("TEST#" + other);
    assertThat(done).hasSize(6).doesNotHaveDuplicates();
    done.clear();
    DueQueue.ACCOUNTS.workOff(queues, 2, 1, Duration.ofHours(1), item -> done.add(item.key()));
    assertThat(done).as("without time").isEmpty();
    DueQueue.ACCOUNTS.workOff(queues, 2, 1, Duration.ZERO, item -> !done.add(item.key()));
    assertThat(done).containsExactly("TEST#" + other);
  }

  @Test
  void failure21_aRepeatedTransactionThatTookEffectIsDone() {
    Laptop.fault(FUNCTION, "dynamodb", "TransactWriteItems", "after", 1);
    transaction();
    assertThat(state()).isEqualTo("open");
    assertThat(table.get(firm, "TEST#2")).isPresent();
  }

  @Test
  void theLastThatIsSaidOfAnAttributeIsWritten() {
    table.write(put());
    table.write(
        Write.update(firm, KEY)
            .add("count", 2)
            .set("count", 7)
            .set("state", "closed")
            .remove("state")
            .remove("seen")
            .add("seen", 1)
            .remove("never")
            .remove("never"));
    Item now = table.get(firm, KEY).orElseThrow();
    assertThat(now.number("count")).isEqualTo(7);
    assertThat(now.number("seen")).isEqualTo(1);
    assertThat(state()).isNull();
  }
}
