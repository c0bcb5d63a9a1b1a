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
   * Grants of paths that run only after something else has failed and that no test drives yet: a
   * refused mail's claim given back, an execution found dead, an invitation repeated halfway, an
   * open draft approved. A path that gets its test leaves this list.
   */
  private static final Set<String> NOT_DRIVEN_YET =
      Set.of(
          "CreateFirm cognito-idp:AdminGetUser",
          "MailReceipt dynamodb:DeleteItem",
          "PaymentWebhook states:DescribeExecution",
          "PaymentWebhook states:StartExecution",
          "RemindRunningTimers dynamodb:DeleteItem",
          "SendInvoice dynamodb:DeleteItem",
          "SendInvoice states:DescribeExecution",
          "SendInvoice states:StartExecution");

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
    assertThat(unused).isSubsetOf(NOT_DRIVEN_YET);
  }
}
