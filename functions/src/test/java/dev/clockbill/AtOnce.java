package dev.clockbill;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Calls that are made at the same time. */
public final class AtOnce {
  private AtOnce() {}

  /**
   * Makes them and waits for all answers.
   *
   * @param call what the n-th does, n counting from 0
   */
  public static <T> List<T> all(int times, IntFunction<T> call) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads
          .invokeAll(
              IntStream.range(0, times).<Callable<T>>mapToObj(n -> () -> call.apply(n)).toList())
          .stream()
          .map(Future::resultNow)
          .toList();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
