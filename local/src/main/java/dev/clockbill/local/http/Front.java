package dev.clockbill.local.http;

/** Answers HTTP calls. Called by many threads at once. */
@FunctionalInterface
public interface Front {
  /** Answers one call; what it throws becomes a 500 and is printed. */
  Answer answer(Call call) throws Exception;
}
