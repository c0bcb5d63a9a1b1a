/**
 * Step Functions: a small interpreter of the Amazon States Language (JSONata, Standard workflows)
 * and the {@code states} API. A definition is checked when the stack starts, and an execution that
 * waits uses no thread.
 */
package dev.clockbill.local.states;
