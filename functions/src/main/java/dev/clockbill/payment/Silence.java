package dev.clockbill.payment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which accounts the processor did not answer for in a run of a schedule. They are not asked about
 * again in that run, and if there are several, the processor is away and nobody is: so whoever does
 * not answer costs a run a few seconds once, and keeps it from nobody else.
 */
public final class Silence {
  /** So many different accounts without an answer: the processor is away. */
  private static final int AWAY = 3;

  private static final ScopedValue<Silence> OF_RUN = ScopedValue.newInstance();

  private final Set<String> accounts = ConcurrentHashMap.newKeySet();

  private Silence() {}

  /** The work of one run on each of several things, in whatever threads. */
  public static <T> Predicate<T> noted(Predicate<T> work) {
    Silence silence = new Silence();
    return each -> ScopedValue.where(OF_RUN, silence).call(() -> work.test(each));
  }

  /** Whether the processor is away, by what this run has seen. */
  static boolean away() {
    return OF_RUN.isBound() && OF_RUN.get().accounts.size() >= AWAY;
  }

  /**
   * Checks that it makes sense to ask.
   *
   * @param account null for our own
   * @throws ProcessorFailed without an answer, if there was none before in this run
   */
  static void check(String account) {
    if (away() || (OF_RUN.isBound() && OF_RUN.get().accounts.contains(name(account)))) {
      throw ProcessorFailed.silent();
    }
  }

  /** There was no answer. */
  static void note(String account) {
    if (OF_RUN.isBound()) {
      OF_RUN.get().accounts.add(name(account));
    }
  }

  private static String name(String account) {
    return account == null ? "" : account;
  }
}
