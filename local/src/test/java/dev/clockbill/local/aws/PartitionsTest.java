package dev.clockbill.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.aws.Touch.Use;
import dev.clockbill.local.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private final Partitions partitions =
      new Partitions(
          new PartitionRules(
              List.of(JsonPointer.compile("/claims/house"), JsonPointer.compile("/house")),
              List.of("LEAD#*"),
              List.of("QUEUE#*"),
              Set.of("Sweeper")));

  private Optional<String> refused(String session, String partition, Use use) {
    Request http =
        new Request("POST", "/", "", Map.of("x-amz-security-token", List.of(session)), new byte[0]);
    AwsCall call =
        new AwsCall("Porter", "dynamodb", "GetItem", JsonNodeFactory.instance.objectNode(), http);
    return partitions
        .stray(call, List.of(new Touch(partition, use)))
        .map(Partitions.Stray::partition);
  }

  private void begin(String function, String event) {
    partitions.begin(function, "one", event.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void anInvocationKeepsToTheHolderThatItsEventNames() {
    begin("Porter", "{'claims': {'house': 'A'}, 'house': 'B'}");
    assertThat(refused("one", "A", Use.KEY)).isEmpty();
    assertThat(refused("one", "A#LIST", Use.INDEX)).isEmpty();
    assertThat(refused("one", "LEAD#x", Use.KEY)).isEmpty();
    assertThat(refused("one", "B", Use.KEY)).contains("B");
    assertThat(refused("one", "B#LIST", Use.INDEX)).contains("B#LIST");
    assertThat(refused("one", "B#LIST", Use.LISTED)).contains("B#LIST");
    assertThat(refused("one", "AB", Use.KEY)).contains("AB");
    assertThat(refused("one", Touch.EVERY, Use.KEY)).contains(Touch.EVERY);
    assertThat(partitions.strays()).hasSize(5);
    assertThat(partitions.strays()).isEmpty();
  }

  @Test
  void itsItemsMayWaitInAQueueThatItMayNotRead() {
    begin("Porter", "{'house': 'A'}");
    assertThat(refused("one", "QUEUE#1", Use.LISTED)).isEmpty();
    assertThat(refused("one", "QUEUE#1", Use.INDEX)).contains("QUEUE#1");
  }

  @Test
  void whoeverIsTouchedFirstIsTheHolderWhereTheEventNamesNone() {
    begin("Porter", "{}");
    assertThat(refused("one", "LEAD#x", Use.KEY)).isEmpty();
    assertThat(refused("one", "B#LIST", Use.INDEX)).isEmpty();
    assertThat(refused("one", "B", Use.KEY)).isEmpty();
    assertThat(refused("one", "A", Use.KEY)).contains("A");
    begin("Porter", "{}");
    assertThat(refused("one", Touch.EVERY, Use.KEY)).contains(Touch.EVERY);
    assertThat(refused("one", "A", Use.KEY)).isEmpty();
  }

  @Test
  void nothingIsAskedOutsideAnInvocationAndOfFunctionsThatWorkForMany() {
    assertThat(refused("one", "B", Use.KEY)).isEmpty();
    begin("Sweeper", "{'house': 'A'}");
    assertThat(refused("one", "B", Use.KEY)).isEmpty();
    begin("Porter", "{'house': 'A'}");
    partitions.end("one");
    assertThat(refused("one", "B", Use.KEY)).isEmpty();
  }
}
