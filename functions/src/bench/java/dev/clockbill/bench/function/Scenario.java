package dev.clockbill.bench.function;

import java.util.function.Supplier;

/**
 * What a function is called with.
 *
 * @param function its name in the template
 * @param handler its class
 * @param usual the class that does the same work in the table as it is usually written
 * @param event makes the event of a call
 * @param status what is answered
 */
record Scenario(
    String function, String handler, Class<?> usual, Supplier<String> event, int status) {}
