package dev.clockbill.local.http;

/** Answers HTTP requests. Must be safe for many threads. */
@FunctionalInterface
public interface HttpHandler {
  /** Answers one request; an exception is printed and becomes a 500. */
  Response answer(Request request) throws Exception;
}
