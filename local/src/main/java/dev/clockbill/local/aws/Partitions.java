package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.template.Wildcards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds each invocation of a function to the partitions of one holder, as session credentials with
 * the condition {@code dynamodb:LeadingKeys} would.
 *
 * <p>The event names the holder. Where it names none, the first partition that the invocation
 * touches and that is not everybody's makes its owner the holder. Instances of functions have
 * session tokens, as on Lambda, and handle one invocation at a time: so the token of a request
 * leads to the invocation that makes it. What an instance does outside an invocation is not held to
 * anything.
 */
public final class Partitions {
  private static final JsonMapper JSON = new JsonMapper();

  private final PartitionRules rules;
  private final Map<String, Invocation> invocations = new ConcurrentHashMap<>();
  private final List<Stray> strays = new ArrayList<>();

  /** A request that touched a partition of somebody else and was refused. */
  public record Stray(String function, String operation, String holder, String partition) {}

  private static final class Invocation {
    private String holder;

    Invocation(String holder) {
      this.holder = holder;
    }

    /** The holder; somebody's first partition makes them the holder. */
    synchronized String holder(String partition) {
      if (holder == null) {
        int end = partition.indexOf('#');
        holder = end < 0 ? partition : partition.substring(0, end);
      }
      return holder;
    }
  }

  /** Holds functions to these rules. */
  public Partitions(PartitionRules rules) {
    this.rules = rules;
  }

  /** Says that an instance begins to handle an event. */
  public void begin(String function, String session, byte[] event) {
    if (!rules.forMany().contains(function)) {
      invocations.put(session, new Invocation(holder(event)));
    }
  }

  /** Says that an instance has handled its event. */
  public void end(String session) {
    invocations.remove(session);
  }

  private String holder(byte[] event) {
    JsonNode read;
    try {
      read = JSON.readTree(event);
    } catch (IOException noJson) {
      return null;
    }
    return rules.holder().stream()
        .map(read::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst()
        .orElse(null);
  }

  /** The first touch that is refused, if any. */
  Optional<Stray> stray(AwsCall call, List<Touch> touched) {
    Optional<String> session = call.http().header("x-amz-security-token");
    Invocation invocation = session.map(invocations::get).orElse(null);
    if (invocation == null) {
      return Optional.empty();
    }
    for (Touch touch : touched) {
      String partition = touch.partition();
      boolean open =
          matches(rules.everybodys(), partition)
              || (touch.use() == Touch.Use.LISTED && matches(rules.queues(), partition));
      if (!open) {
        String holder = partition.equals(Touch.EVERY) ? "nobody" : invocation.holder(partition);
        if (!partition.equals(holder) && !partition.startsWith(holder + "#")) {
          Stray stray = new Stray(call.caller(), call.operation(), holder, partition);
          synchronized (strays) {
            strays.add(stray);
          }
          return Optional.of(stray);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(List<String> patterns, String partition) {
    return patterns.stream().anyMatch(pattern -> Wildcards.match(pattern, partition));
  }

  /** What was refused since this was last asked, and forgets it. */
  public List<Stray> strays() {
    synchronized (strays) {
      List<Stray> all = List.copyOf(strays);
      strays.clear();
      return all;
    }
  }
}
