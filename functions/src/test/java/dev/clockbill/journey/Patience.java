package dev.clockbill.journey;

import dev.clockbill.Api.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Presses again until it works, as people and their clients do: what fails on the server's side is
 * repeated unchanged a minute later.
 */
final class Patience {
  private static final int TRIES = 40;

  private final Bench bench;

  Patience(Bench bench) {
    this.bench = bench;
  }

  /**
   * Calls until the answer is this one.
   *
   * @param call makes the same request every time
   * @param orAfterTrouble what may be answered instead once a try has failed, since that one may
   *     have taken effect
   */
  Answer until(int status, Supplier<Answer> call, Integer... orAfterTrouble) {
    Answer answer = null;
    for (int tries = 0; tries < TRIES; tries++) {
      answer = call.get();
      if (answer.status() == status) {
        return answer;
      }
      if (tries > 0 && Arrays.asList(orAfterTrouble).contains(answer.status())) {
        return answer;
      }
      boolean later = answer.status() >= 500 || answer.body().contains("request-in-progress");
      if (!later) {
        throw new AssertionError("not " + status + " but " + answer);
      }
      bench.pass(Duration.ofMinutes(1));
    }
    throw new AssertionError("after " + TRIES + " tries still " + answer);
  }
}
