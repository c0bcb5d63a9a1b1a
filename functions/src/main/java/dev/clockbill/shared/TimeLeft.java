package dev.clockbill.shared;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How long the present invocation may still wait for others: one budget for all of its calls, so
 * that it answers in words before the gateway or Lambda ends it without any.
 *
 * <p>It is measured by the JVM's own clock, since it is about real waiting.
 */
public final class TimeLeft {
  /** What remains after the waiting: to write, and to answer. */
  private static final Duration RESERVE = Duration.ofSeconds(2);

  /** For code that runs outside an invocation. */
  private static final Duration UNBOUND = Duration.ofSeconds(8);

  private static final ScopedValue<Long> ENDS = ScopedValue.newInstance();

  private TimeLeft() {}

  /** What an invocation does. */
  @FunctionalInterface
  public interface Work<X extends Exception> {
    /** Does it. */
    void run() throws X;
  }

  /**
   * Does the work of an invocation, which waits for others no longer than this and than Lambda
   * gives it.
   */
  public static <X extends Exception> void within(Duration most, Context context, Work<X> work)
      throws X {
    long given = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE).toNanos();
    long ends = System.nanoTime() + Math.min(given, most.toNanos());
    bound(ends, work);
  }

  private static <X extends Exception> void bound(long ends, Work<X> work) throws X {
    ScopedValue.where(ENDS, ends)
        .<Void, X>call(
            () -> {
              work.run();
              return null;
            });
  }

  /** Does a part of the work, which waits for others no longer than this and than the whole. */
  public static <X extends Exception> void atMost(Duration most, Work<X> work) throws X {
    long ends = System.nanoTime() + Math.min(now().toNanos(), most.toNanos());
    bound(ends, work);
  }

  /** The same part of the work for another thread: with as much time as there is here. */
  public static <T> Callable<T> here(Callable<T> work) {
    if (!ENDS.isBound()) {
      return work;
    }
    long ends = ENDS.get();
    return () -> ScopedValue.where(ENDS, ends).call(work::call);
  }

  /** How long the invocation may still wait; zero if it may not. */
  public static Duration now() {
    if (!ENDS.isBound()) {
      return UNBOUND;
    }
    return Duration.ofNanos(Math.max(0, ENDS.get() - System.nanoTime()));
  }
}
