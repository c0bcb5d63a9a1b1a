/** How fast functions start and answer, each in a JVM of its own as on Lambda. */
package dev.clockbill.bench.function;
