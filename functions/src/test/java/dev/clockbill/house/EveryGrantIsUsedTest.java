package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clockbill.Laptop;
import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * After all other tests have run, every action that {@code template.yaml} grants has been asked for
 * by its function: what no test needs, no function is to have.
 */
@Order(Integer.MAX_VALUE)
class EveryGrantIsUsedTest {
  /**
   * Used only where two invite the same address at the same moment, and the one that comes too late
   * takes back what it began: the test of that does not meet the moment every time.
   */
  private static final Set<String> MET_BY_CHANCE = Set.of("Staff dynamodb:DeleteItem");

  @Test
  void noFunctionIsGrantedWhatItDoesNotUse() {
    assumeTrue(System.getProperty("test") == null, "left out: it speaks of a run of all tests");
    Set<String> used =
        Laptop.stack().used().uses().stream()
            .map(use -> use.function() + " " + use.action())
            .collect(Collectors.toSet());
    Set<String> unused = new TreeSet<>();
    for (FunctionEntry function : Project.functions()) {
      function.policy().stream()
          .flatMap(statement -> statement.actions().stream())
          .map(action -> function.logicalId() + " " + action)
          .filter(grant -> !used.contains(grant))
          .forEach(unused::add);
    }
    assertThat(unused).isSubsetOf(MET_BY_CHANCE);
  }
}
