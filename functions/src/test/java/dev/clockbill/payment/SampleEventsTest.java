package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEventsTest {

  /** The samples name an invoice that is not there, and nobody has signed the callback. */
  @ParameterizedTest
  @CsvSource({
    "PayPage, '\"statusCode\":404'",
    "PaymentWebhook, '\"statusCode\":400'",
    "AwaitPayment, ''",
    "MailReceipt, '\"state\":\"gone\"'"
  })
  void aFunctionTakesTheSampleOfItsTrigger(String function, String answer) {
    assertThat(Laptop.invoke(function, Project.read("events/" + function + ".json")))
        .contains(answer);
  }
}
