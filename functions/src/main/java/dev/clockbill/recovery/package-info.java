/** Starts again whatever has stopped: lost executions and everything that waits for a push. */
package dev.clockbill.recovery;
