/**
 * The same functions as they are usually written: the event and its answer as objects, databind,
 * the SDK's default clients.
 */
package dev.clockbill.bench.function.usual;
