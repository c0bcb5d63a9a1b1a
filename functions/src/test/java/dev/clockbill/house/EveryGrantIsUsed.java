package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clockbill.Project;
import dev.clockbill.UsedGrantFiles;
import dev.clockbill.local.template.FunctionEntry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every action that {@code template.yaml} grants was requested by its function in some test: no
 * function may have a permission that no test needs.
 *
 * <p>Maven runs this in a separate step after all other tests, and leaves it out if it runs only a
 * part of them. That is why its name does not end in {@code Test}.
 */
class EveryGrantIsUsed {
  /**
   * Used only where two invite the same address at the same moment, and the one that comes too late
   * takes back what it began: the test of that does not meet the moment every time.
   */
  private static final Set<String> MET_BY_CHANCE = Set.of("Staff dynamodb:DeleteItem");

  @Test
  void noFunctionIsGrantedWhatItDoesNotUse() {
    Optional<Set<String>> used = UsedGrantFiles.read();
    assumeTrue(used.isPresent(), "left out: it needs a run of all tests by Maven before it");
    Set<String> unused = new TreeSet<>();
    for (FunctionEntry function : Project.functions()) {
      function.policy().stream()
          .flatMap(statement -> statement.actions().stream())
          .map(action -> function.logicalId() + " " + action)
          .filter(grant -> !used.get().contains(grant))
          .forEach(unused::add);
    }
    assertThat(unused).isSubsetOf(MET_BY_CHANCE);
  }
}
