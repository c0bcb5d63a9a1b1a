package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEventsTest {

  @ParameterizedTest
  @CsvSource({
    "StartTimer, '\"statusCode\":404'",
    "StopTimer, '\"statusCode\":404'",
    "Timers, '\"statusCode\":200'",
    "RemindRunningTimers, ''",
    "TimerLinks, '\"statusCode\":404'"
  })
  void aFunctionTakesTheSampleOfItsTrigger(String function, String answer) {
    assertThat(Laptop.invoke(function, Project.read("events/" + function + ".json")))
        .contains(answer);
  }
}
