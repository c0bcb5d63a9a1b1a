package dev.clockbill.shared;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Works on several things at a time: most of such work is waiting for others. */
public final class SeveralAtOnce {
  private SeveralAtOnce() {}

  /**
   * Works on things in their order, so many at a time, each within the {@linkplain TimeLeft time}
   * of the invocation.
   *
   * @param work false if it makes no sense to go on: then nothing more is begun
   * @return whether all was done
   * @throws RuntimeException what one of them threw, once all that were begun have ended
   */
  public static <T> boolean all(List<T> things, int atOnce, Predicate<T> work) {
    Rest<T> rest = new Rest<>(things.iterator(), new AtomicBoolean(true));
    int threads = Math.min(atOnce, things.size());
    if (threads <= 1) {
      rest.work(work);
    } else {
      inThreads(threads, TimeLeft.here(() -> rest.work(work)));
    }
    return rest.goesOn().get();
  }

  private static void inThreads(int threads, Callable<Void> worker) {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> workers =
          Stream.generate(() -> each.submit(worker)).limit(threads).toList();
      for (Future<Void> ended : workers) {
        ended.get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while others work", interrupted);
    }
  }

  /** What no thread has begun with. */
  private record Rest<T>(Iterator<T> things, AtomicBoolean goesOn) {
    Void work(Predicate<T> work) {
      T next = next();
      while (next != null) {
        done(next, work);
        next = next();
      }
      return null;
    }

    private void done(T thing, Predicate<T> work) {
      boolean well = false;
      try {
        well = work.test(thing);
      } finally {
        if (!well) {
          goesOn.set(false);
        }
      }
    }

    private synchronized T next() {
      return goesOn.get() && things.hasNext() ? things.next() : null;
    }
  }
}
