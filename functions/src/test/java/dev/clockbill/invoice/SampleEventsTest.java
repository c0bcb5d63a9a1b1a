package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEventsTest {

  /** The samples name a firm and an invoice that are not there: nothing is done, nothing fails. */
  @ParameterizedTest
  @CsvSource({
    "SendInvoice, '\"statusCode\":404'",
    "DraftInvoice, '\"state\":\"none\"'",
    "AwaitApproval, ''",
    "NumberInvoice, ''",
    "MailInvoice, '\"state\":\"gone\"'",
    "MarkUndeliverable, '\"state\":\"gone\"'",
    "RemindCustomer, '\"state\":\"gone\"'",
    "ResumeWorkflow, ''",
    "RecordDelivery, ''"
  })
  void aFunctionTakesTheSampleOfItsTrigger(String function, String answer) {
    assertThat(Laptop.invoke(function, Project.read("events/" + function + ".json")))
        .contains(answer);
  }
}
