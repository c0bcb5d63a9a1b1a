package dev.clockbill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Eventually;
import dev.clockbill.OnStack;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How long a run of 500 customers takes on a laptop; it tells, and fails only if it is lost. */
@OnStack
@EnabledIfSystemProperty(named = "long.form", matches = "true")
class ManyDraftsTest {
  private static final int CUSTOMERS = 500;

  @Test
  void fiveHundredDraftsAreMadeInUnderAMinute() {
    Runs runs = new Runs();
    for (int n = 0; n < CUSTOMERS; n++) {
      String customer = runs.firm.customer("Customer", "customer" + n + "@many.example");
      runs.hour(customer, n + 1L);
    }
    Instant begun = Instant.now();
    String runId = runs.begin();
    JsonNode run =
        Eventually.get(
            "a run that is ready",
            () -> runs.run(runId),
            now -> now.path("state").asText().equals("ready"));
    Duration took = Duration.between(begun, Instant.now());
    System.out.println(CUSTOMERS + " drafts in " + took.toMillis() + " ms");
    assertThat(Runs.invoices(run)).hasSize(CUSTOMERS).doesNotHaveDuplicates();
    assertThat(took).isLessThan(Duration.ofMinutes(1));
  }
}
